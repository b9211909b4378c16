"""Opens and closes the rows of the ledger; only the actions call it."""

from __future__ import annotations

from datetime import datetime

from .. import clock
from ..limits import limit_of, of_record, office_of
from ..models import Complaint, StepRecord
from ..sop import Step, Transition

# What `set_times` sets.
TIME_FIELDS = ("due_at",)


def open_step(complaint: Complaint, at: datetime) -> StepRecord:
    """Start the step that the complaint now waits for."""
    step = complaint.open_step
    limit = limit_of(step, at)
    record = StepRecord(
        complaint=complaint,
        step=step.value,
        agency_id=complaint.agency_id,
        started_at=at,
        limit_minutes=limit.minutes,
        clock=limit.clock.value,
    )
    set_times(record)
    record.save()
    return record


def set_times(record: StepRecord) -> None:
    """Reckon every time of an open row (TIME_FIELDS) by the limit and the clock that it was
    opened under; the one place for it. The caller saves."""
    office = office_of(Step(record.step), record.agency_id)
    record.due_at = of_record(record).due_at(record.started_at, office)


def close(complaint: Complaint, user, rule: Transition, at: datetime, note: str) -> StepRecord:
    """End the open step. A3 and A4 are judged by their own limits (SOP A3, A4)."""
    record = StepRecord.objects.open().exclude(step=Step.C1).get(complaint=complaint)
    record.judged_as = rule.judged_as.value if rule.judged_as else record.step
    record.judged_due_at = record.due_at
    if rule.judged_as:
        limit = limit_of(rule.judged_as, record.started_at)
        office = office_of(rule.judged_as, record.agency_id)
        record.judged_due_at = limit.due_at(record.started_at, office)
    record.late = clock.is_late(at, record.judged_due_at)
    record.seconds = int((at - record.started_at).total_seconds())
    record.finished_at = at
    record.finished_by = user
    record.outcome = rule.outcome.value
    record.note = note
    record.save()
    return record
