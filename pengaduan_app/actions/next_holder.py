"""Whose the next step is when a complaint moves: nobody's, unless it comes back to somebody."""

from __future__ import annotations

from datetime import datetime

from .. import permissions
from ..models import Complaint, StepRecord
from ..permissions import Staff
from ..procedure import Action, Step, sop

# After these a step is again whose it was.
COMES_BACK = frozenset({Action.SEND_BACK, Action.UNDO})


def settle(complaint: Complaint, action: Action, opened: StepRecord | None, at: datetime) -> None:
    """An assignment ends with its step. A5 is the official's in charge, and what is sent back
    or undone is again whose it was, if they still have the role."""
    assignee = _who_had(complaint, opened) if opened and action in COMES_BACK else None
    complaint.assignee, before = assignee, complaint.assignee_id
    since = at if opened and complaint.holder_key(Step(opened.step)) else None
    if (before, complaint.assigned_at) != (complaint.assignee_id, since):
        complaint.assigned_at = since
        complaint.save(update_fields=["assignee", "assigned_at"])


def _who_had(complaint: Complaint, opened: StepRecord) -> Staff | None:
    """Whose the step was when it ended the last time."""
    if opened.step == Step.A5:
        return None
    rows = complaint.steps.closed().filter(step=opened.step, agency=opened.agency_id)
    last = rows.select_related("assigned_to").first()
    person = last.assigned_to if last else None
    role = sop.STEPS[Step(opened.step)].role
    return person if person and permissions.acts_as(person, role, opened.agency_id) else None
