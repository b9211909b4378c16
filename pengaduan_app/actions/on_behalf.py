"""What staff add to a complaint that they enter for somebody, and what is checked of it.

The complaint itself comes in as any other does (intake.submit); its first step belongs to the
agency that it is addressed to, whoever entered it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from .. import permissions
from ..models import Agency, Arrival, Complaint, Reporter, known_names
from ..permissions import Staff
from ..privacy import redaction
from ..procedure import Channel, receiving
from ..text import one_line
from .core import NotNow, NotYours

if TYPE_CHECKING:
    from .intake import Identity

ENTERED = "pengaduan_app.enter"


@dataclass(frozen=True, repr=False)
class Entered:
    """Who enters it, and how the office received it. Of a letter also its number and date."""

    by: Staff
    received_on: date
    letter_number: str = ""
    letter_date: date | None = None


def check(entered: Entered | None, channel: Channel, identity: Identity, to: Agency | None) -> None:
    """Raises NotYours for whoever may not enter complaints, and NotNow for what doesn't fit;
    ValueError where a citizen's form names a channel of the staff."""
    if entered is None:
        if channel not in receiving.CITIZENS_CHANNELS:
            raise ValueError("Staff enter what came this way: say who did (Entered).")
        return
    if not permissions.may_enter(entered.by):
        raise NotYours(
            _("Operators and the complaint administrator enter complaints for somebody.")
        )
    for refusal in _refusals(entered, channel, identity, to):
        raise NotNow(refusal)


def _refusals(
    entered: Entered, channel: Channel, identity: Identity, to: Agency | None
) -> Iterator[str]:
    if channel in receiving.CITIZENS_CHANNELS:
        yield _("Choose how it came: by telephone, letter, counter or social media.")
    if to and not to.active:
        yield _("This agency takes no complaints at present. Choose another one, or none.")
    yield from date_refusals(entered.received_on)
    if entered.letter_date and entered.letter_date > entered.received_on:
        yield _("The letter can't be dated after the day on which it was received.")
    if names_somebody(entered.letter_number, identity.name):
        yield _("Leave names and e-mail addresses out of the letter's number.")
    if identity.link and not is_web_address(identity.link):
        yield _("Write the whole address of the post. It begins with https:// or http://.")


def date_refusals(received_on: date) -> Iterator[str]:
    """What is wrong with the day on which the office received it."""
    fault = receiving.date_fault(received_on, timezone.localdate())
    if fault == receiving.DateFault.AHEAD:
        yield _("This day is still to come. Write the day on which it was received.")
    elif fault:
        yield _(
            "This is more than %(days)d days ago. Answer it by letter, or enter it with the day "
            "on which somebody asked about it again."
        ) % {"days": receiving.OLDEST.days}


def names_somebody(text: str, name: str) -> bool:
    """Whether a fact that colleagues read holds a name or an e-mail address. A letter's number
    may look like a telephone number, so that digits say nothing here."""
    found = redaction.find_personal_data(text, name, known=known_names())
    return any(each.kind in (redaction.Found.NAME, redaction.Found.EMAIL) for each in found)


def is_web_address(link: str) -> bool:
    """Whether it leads to a page, and to nothing that a browser would run."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def marks(entered: Entered | None, channel: Channel, identity: Identity) -> tuple[object, ...]:
    """What tells two sendings of a form of the staff apart, besides the words; nothing of a
    citizen's."""
    if entered is None:
        return ()
    letter = (one_line(entered.letter_number), entered.letter_date)
    return (channel, entered.received_on, *letter, identity.link, identity.consent)


def record(complaint: Complaint, reporter: Reporter, entered: Entered) -> None:
    """Store how it came, and who entered it, in the complaint's own transaction."""
    Arrival.objects.create(
        complaint=complaint,
        received_on=entered.received_on,
        letter_number=one_line(entered.letter_number),
        letter_date=entered.letter_date,
        entered_by=entered.by,
    )
    log(
        instance=complaint,
        action=ENTERED,
        user=entered.by,
        data={
            "channel": complaint.channel,
            "received_on": entered.received_on.isoformat(),
            "consent": reporter.consent_how,
            "anonymous": reporter.is_anonymous,
        },
    )
