"""What staff are told of an end: that it can be undone for a while, and who carries it on."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from ...models import Complaint, UndoableEnd
from ...presentation import moment_today
from .complaint_facts import state_now


def undo_note(complaint: Complaint) -> str:
    """Until when an end can be undone, and what ends it sooner; empty once it stands."""
    end = UndoableEnd.objects.still().filter(complaint=complaint).first()
    if end is None:
        return ""
    return _(
        "Nobody has been told yet. It can be undone until %(time)s, unless the reporter looks at "
        "the tracking page before."
    ) % {"time": moment_today(end.until, timezone.now())}


def ended(complaint: Complaint) -> str:
    """Where an ending has brought the complaint, and that it can be undone."""
    return f"{state_now(complaint)} {undo_note(complaint)}".strip()


def joined(complaint: Complaint) -> str:
    """Which complaint it follows now, and that this can be undone."""
    words = _("%(ticket)s was joined with %(original)s.") % {
        "ticket": complaint.ticket,
        "original": complaint.duplicate_of,
    }
    return f"{words} {undo_note(complaint)}".strip()


def undone(complaint: Complaint) -> str:
    """Where the complaint stands again."""
    return _("%(state)s Its reporter is told nothing.") % {"state": state_now(complaint)}


def sheet_label(complaint: Complaint) -> str:
    """What the sheet is called: a referred complaint is carried to the inspectorate with it."""
    if complaint.is_referred:
        return _("Print the referral sheet")
    return _("Print the disposition sheet")
