"""A slip of the operator's is taken back: declined, referred or joined, and nobody knows of it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ..messaging import notifications
from ..models import Complaint, UndoableEnd
from ..permissions import Staff
from ..procedure import Action, transitions
from .core import NotNow, transition


def undo(complaint_id: int, user: Staff, *, seen: int | None = None) -> Complaint:
    """The complaint stands again where it stood, and its step goes on by the same clock.

    The message to the reporter goes in the same transaction. Raises NotNow once ten minutes are
    over or the reporter knows: told, or shown it on the tracking page.
    """
    with transition(complaint_id, Action.UNDO, user, seen=seen) as move:
        complaint = move.complaint
        end = UndoableEnd.objects.select_related("step").get(complaint=complaint)
        followers = list(end.followers.values_list("pk", flat=True))
        # Who follows a joined complaint isn't told of the joining.
        told = [complaint.pk] if complaint.duplicate_of_id else [complaint.pk, *followers]
        before = move.rule.source
        ended_at = end.until - transitions.UNDO_FOR
        if not notifications.take_back(told, followers, before, since=ended_at):
            raise NotNow(_("The reporter has been told already, so this can't be undone any more."))
        # They followed this complaint to the one that it was joined with.
        if complaint.duplicate_of_id:
            moved = Complaint.objects.filter(pk__in=followers)
            moved.filter(duplicate_of=complaint.duplicate_of_id).update(duplicate_of=complaint)
        move.set(duplicate_of=None, ground="", message="")
        move.resumed = end.step
        end.delete()
    return move.complaint
