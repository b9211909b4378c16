"""The receipt of a complaint that staff entered: shown once, to be printed or read aloud.

It has no word of the complaint and nothing of the reporter, for it is handed over a counter or goes
by post. The code is stored nowhere: it waits encrypted in the session of whoever entered it until
the page is opened, and the page carries it sealed for the same receipt as a PDF.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

import segno
from cryptography.fernet import InvalidToken
from django.contrib.sessions.backends.base import SessionBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ...actions import Receipt
from ...citizen import upcoming_steps
from ...deadlines import limits
from ...models import Arrival, Complaint, Letterhead, Reporter
from ...permissions import Staff
from ...vault import cipher

ENTERED = "pengaduan_entered"
# How long after it was entered the receipt of a complaint can be had.
LIFE = 15 * 60  # seconds


@dataclass(frozen=True, repr=False)
class Shown:
    """A complaint with its code, on its way to the printer."""

    complaint: Complaint
    code: str

    @property
    def spoken(self) -> list[tuple[str, list[str]]]:
        """Number and code in groups, with a space after each sign, to be read aloud."""
        called = ((_("Ticket number"), self.complaint.ticket), (_("Secret code"), self.code))
        return [(name, [" ".join(part) for part in text.split("-")]) for name, text in called]


def is_fresh(receipt: Receipt) -> bool:
    """Whether its code is still shown: after a double click, and no form of yesterday's."""
    age = timezone.now() - receipt.complaint.created_at
    return receipt.is_new or age.total_seconds() <= LIFE


def keep(session: SessionBase, receipt: Receipt, user: Staff) -> None:
    """For the page that shows it next."""
    session[ENTERED] = seal(Shown(receipt.complaint, receipt.code), user)


def take(session: SessionBase, user: Staff) -> Shown | None:
    """The receipt that waits in this session, the first time that it is asked for."""
    return unsealed(session.pop(ENTERED, ""), user)


def seal(shown: Shown, user: Staff) -> str:
    """Number and code as only this person can have them opened here."""
    content = json.dumps([user.pk, shown.complaint.pk, shown.code])
    return cipher().encrypt(content.encode()).decode("ascii")


def unsealed(sealed: str, user: Staff) -> Shown | None:
    """What was sealed for this person in the last quarter of an hour, or None."""
    try:
        content = cipher().decrypt(sealed.encode(), ttl=LIFE)
    except InvalidToken:
        return None
    person, complaint, code = json.loads(content)
    if person != user.pk:
        return None
    found = Complaint.objects.select_related("agency", "arrival").filter(pk=complaint).first()
    return Shown(found, code) if found else None


def context_of(shown: Shown, absolute: Callable[[str], str]) -> dict[str, object]:
    """What the receipt shows. `absolute` turns a path into the full address."""
    complaint = shown.complaint
    track_url = absolute(reverse("pengaduan:track"))
    with_ticket = f"{track_url}?ticket={complaint.ticket}"
    return {
        "complaint": complaint,
        "code": shown.code,
        "arrival": Arrival.of(complaint),
        "is_anonymous": Reporter.is_unknown(complaint.pk),
        "letterhead": Letterhead.current(),
        "due_at": complaint.steps.open().values_list("due_at", flat=True).first(),
        "upcoming": upcoming_steps(complaint, limits.current_limits()),
        "track_url": track_url,
        "qr_svg": segno.make(with_ticket, error="m").svg_inline(scale=3, border=1, omitsize=True),
        "printed_at": timezone.now(),
    }
