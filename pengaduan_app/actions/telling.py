"""Who knows of an end: until its reporter does, it can be undone (undoing.py)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from ..models import Complaint, StepRecord, UndoableEnd
from ..procedure import transitions


def remember_end(complaint: Complaint, closed: StepRecord, followers: Iterable[int]) -> None:
    """The complaint has ended with this ledger row, and nobody has been told.

    Forgets the ends whose time is over as well, so that there are never many.
    """
    ended_at = closed.finished_at
    assert ended_at, "The row has just been closed."
    UndoableEnd.objects.filter(Q(until__lt=ended_at) | Q(complaint=complaint)).delete()
    end = UndoableEnd.objects.create(
        complaint=complaint, step=closed, until=ended_at + transitions.UNDO_FOR
    )
    end.followers.set(followers)


def shown_to_reporter(complaint: Complaint) -> Complaint:
    """The complaint as its reporter may be shown it: what is shown is told, so its end, and the
    end of what it is joined with, stands from now on.

    The rows are locked, as an action locks them: whoever looks in the moment of an undoing sees
    what came of it.
    """
    if complaint.state not in transitions.UNDOABLE_STATES:
        return complaint
    with transaction.atomic():
        rows = Complaint.locked.filter(Q(pk=complaint.pk) | Q(pk=complaint.duplicate_of_id))
        list(rows.order_by("pk").values_list("pk"))
        known = Q(complaint=complaint) | Q(followers=complaint)
        ends = UndoableEnd.objects.filter(known).values_list("pk", flat=True)
        UndoableEnd.objects.filter(pk__in=list(ends)).delete()
        return Complaint.objects.select_related("agency", "duplicate_of").get(pk=complaint.pk)
