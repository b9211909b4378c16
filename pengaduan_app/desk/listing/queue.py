"""The queue: which open steps wait for whom, and in which order. Nothing else decides that.

Home, list, the complaint's page and what opens after an action all ask here, so that they agree.
"""

from __future__ import annotations

from django.db.models import Count, Q
from django.utils import timezone

from ... import permissions
from ...models import Complaint, StepRecord, StepRecordQuerySet
from ...permissions import Staff
from ...procedure import Step, sop


def sees_all(user: Staff) -> bool:
    """True for a superuser without a role, who acts in no step and watches all of them."""
    return user.is_superuser and not permissions.roles_of(user)


def in_order(records: StepRecordQuerySet) -> StepRecordQuerySet:
    """Soonest due first; of two with the same due time the one that was opened first."""
    return records.order_by("due_at", "pk")


def steps_of(user: Staff) -> StepRecordQuerySet:
    """The open steps that wait for the user, soonest due first; all open steps for a
    superuser, whom none waits for."""
    records = StepRecord.objects.open()
    if sees_all(user):
        return in_order(records)
    condition = Q(pk__in=[])
    for step in (*dict.fromkeys(sop.OPEN_STEP.values()), Step.C1):
        role = sop.STEPS[step].role
        if role not in permissions.roles_of(user):
            continue
        mine = Q(step=step.value)
        if role in sop.AGENCY_ROLES:
            mine &= Q(agency__in=permissions.agency_ids_of(user))
        condition |= mine
    return in_order(records.filter(condition))


def turn_of(user: Staff, complaint: Complaint) -> StepRecord | None:
    """The complaint's step that waits for the user; None if it is somebody else's turn, and for
    whoever only watches."""
    return None if sees_all(user) else steps_of(user).filter(complaint=complaint).first()


def counts_by_step(records: StepRecordQuerySet) -> dict[Step, tuple[int, int]]:
    """How many of these steps there are of each kind, and how many of them are overdue; in the
    order of the SOP. One query."""
    late = Count("pk", filter=Q(due_at__lt=timezone.now()))
    rows = records.order_by("step").values_list("step").annotate(count=Count("pk"), late=late)
    return {Step(step): (count, overdue) for step, count, overdue in rows}
