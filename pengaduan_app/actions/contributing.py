"""SOP A7 on the called agency's side: its part of the answer is done."""

from __future__ import annotations

from django.utils.translation import gettext as _

from .. import permissions
from ..messaging import notifications
from ..models import Complaint, Contribution
from ..permissions import Staff
from ..procedure import Action
from ..text import kept
from .core import NotNow, require_no_personal_data, require_text, transition


def contribute(complaint_id: int, user: Staff, note: str, *, seen: int | None = None) -> Complaint:
    """An official of a called agency says what it found; the head is told.

    The head sees who has answered, and goes on when they like, before all have too. Raises
    NotNow for an agency that has answered already.
    """
    require_text(note, _("Say what your agency found or did."))
    with transition(complaint_id, Action.CONTRIBUTE, user, seen=seen) as move:
        require_no_personal_data(move.complaint, note)
        row, theirs = move.complaint.coordination_row, permissions.agency_ids_of(user)
        waiting = list(move.complaint.silent_agencies.filter(pk__in=theirs))
        if row is None or not waiting:
            raise NotNow(_("Your agency has said already that its part is done."))
        for agency in waiting:
            contribution = Contribution.objects.create(
                step=row,
                agency=agency,
                author=user,
                note=kept(note),
                created_at=move.at,
            )
            notifications.after_contribution(contribution)
    return move.complaint
