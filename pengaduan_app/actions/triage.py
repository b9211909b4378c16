"""The operator's desk and the administrator's: A1 to A4, C2, and the side exits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from .. import permissions
from ..models import Agency, Complaint, blanks_message
from ..permissions import Staff
from ..privacy import redaction
from ..procedure import Action, Ground, Role, sop
from ..text import kept
from . import drafts
from .core import NotNow, require_text, transition


def verify(complaint_id: int, user: Staff, note: str = "", *, seen: int | None = None) -> Complaint:
    """SOP A1: the operator has read it and it is a complaint that can be handled."""
    with transition(complaint_id, Action.VERIFY, user, seen=seen) as move:
        move.note = note
    return move.complaint


def forward(
    complaint_id: int, user: Staff, official: Staff, note: str = "", *, seen: int | None = None
) -> Complaint:
    """SOP A2: to the official in charge; the page's draft and its workflow begin.

    Raises NotNow when `official` is not an official of the complaint's agency.
    """
    with transition(complaint_id, Action.FORWARD, user, seen=seen) as move:
        if not permissions.acts_as(official, Role.OFFICIAL, move.complaint.agency_id):
            raise NotNow(_("Choose an official of the agency that has this complaint."))
        move.set(official=official)
        move.note = note
        drafts.start_workflow(drafts.ensure_draft(move.complaint), user)
    return move.complaint


def verify_and_forward(
    complaint_id: int, user: Staff, official: Staff, note: str = "", *, seen: int | None = None
) -> Complaint:
    """SOP A1 and A2 by one operator in one go: both or neither.

    Each has its row in the ledger, with its own time, and is judged by its own limit; the note
    is the second one's, for the official. Raises NotNow as `forward` does.
    """
    with transaction.atomic():
        with transition(complaint_id, Action.VERIFY, user, seen=seen) as move:
            move.goes_on = True
        return forward(complaint_id, user, official, note)


def answer(
    complaint_id: int, user: Staff, answer: str, note: str = "", *, seen: int | None = None
) -> Complaint:
    """SOP A4: urgent and of a general kind, so the operator answers at once.

    `answer` is the HTML of the page's answer; it goes straight to the editor (B1).
    """
    require_text(redaction.plain(answer), _("Write the answer first."))
    if message := blanks_message(answer):
        raise NotNow(message)
    with transition(complaint_id, Action.ANSWER, user, seen=seen) as move:
        move.note = note
        drafts.start_workflow(drafts.ensure_draft(move.complaint, answer), user)
    return move.complaint


def misrouted(
    complaint_id: int,
    user: Staff,
    reason: str,
    agency: Agency | None = None,
    *,
    seen: int | None = None,
) -> Complaint:
    """SOP A3: outside the agency's remit; `agency` is where it seems to belong."""
    require_text(reason, _("Say why this complaint is outside your agency's remit."))
    with transition(complaint_id, Action.MISROUTED, user, seen=seen) as move:
        move.note = f"{agency.short_name}: {reason}" if agency else reason
        move.set(suggested_agency=agency)
        if move.rule.source in sop.WORKFLOW_STATES:
            drafts.stop_workflow(move.complaint, user)
    return move.complaint


def transfer(
    complaint_id: int, user: Staff, agency: Agency, reason: str = "", *, seen: int | None = None
) -> Complaint:
    """SOP C2: to the right agency, where it starts again at A1."""
    if not agency.active:
        raise NotNow(
            _("%(agency)s takes no complaints now. Choose another one.") % {"agency": agency}
        )
    with transition(complaint_id, Action.TRANSFER, user, seen=seen) as move:
        complaint = move.complaint
        bounced = complaint.agency_id is not None
        move.note = reason
        move.set(agency=agency, official=None, bounces=complaint.bounces + bounced)
        drafts.move_to_section(complaint)
    return move.complaint


def decline(
    complaint_id: int, user: Staff, ground: Ground, message: str = "", *, seen: int | None = None
) -> Complaint:
    """Declined on one of the SOP's three grounds; the reporter is told which."""
    with transition(complaint_id, Action.DECLINE, user, seen=seen) as move:
        move.set(ground=Ground(ground).value, message=kept(message))
    return move.complaint


def refer(
    complaint_id: int, user: Staff, message: str = "", *, seen: int | None = None
) -> Complaint:
    """It has a supervisory element, so the inspectorate handles it; the reporter is told."""
    with transition(complaint_id, Action.REFER, user, seen=seen) as move:
        move.set(message=kept(message))
    return move.complaint


def duplicate(
    complaint_id: int, user: Staff, original: Complaint, *, seen: int | None = None
) -> Complaint:
    """Join with an earlier complaint, whose answer this one's reporter follows from now on.

    Raises NotNow when the other one is the same, itself joined, confidential, ended
    without an answer, or another agency's.
    """
    with (
        _both_locked(complaint_id, original),
        transition(complaint_id, Action.DUPLICATE, user, seen=seen) as move,
    ):
        original.refresh_from_db()
        _check_original(move.complaint, original, user)
        # Complaints joined with this one follow the original now: never a chain.
        move.followers = list(move.complaint.duplicates.values_list("pk", flat=True))
        move.complaint.duplicates.update(duplicate_of=original)
        move.set(duplicate_of=original)
    return move.complaint


@contextmanager
def _both_locked(complaint_id: int, original: Complaint) -> Iterator[None]:
    """Lock both rows, always in the same order: two complaints joined with each other at
    the same moment would leave both without an answer."""
    with transaction.atomic():
        rows = Complaint.locked.filter(pk__in=[complaint_id, original.pk])
        list(rows.order_by("pk"))
        yield


def _check_original(complaint: Complaint, original: Complaint, user: Staff) -> None:
    # Seeing it is not enough: an agency called to coordinate sees another's complaint for a day.
    own = permissions.acts_as(user, Role.OPERATOR, original.agency_id)
    if original.pk == complaint.pk or not own:
        raise NotNow(_("Choose another complaint that your agency has."))
    if original.is_confidential:
        raise NotNow(_("A confidential complaint can't be joined: its answer is for one person."))
    if original.state not in sop.JOINABLE_STATES:
        raise NotNow(_("That complaint ended without an answer. Choose one that has or gets one."))
