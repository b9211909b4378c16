"""How a complaint that staff enter is received: who may enter one, and when its clock starts.

The SOP's A1 reads: the operator "receives the complaint and verifies it: 30 minutes". It names
the website and SMS, where sending and receiving are one moment. What comes by telephone, letter,
counter or social media is received twice: by the office, and by the procedure.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum

from .enums import Channel, Role

# Citizens send these themselves; staff enter the others for them.
CITIZENS_CHANNELS = frozenset({Channel.WEB, Channel.SMS})
STAFF_CHANNELS = tuple(channel for channel in Channel if channel not in CITIZENS_CHANNELS)
# Whoever receives complaints (SOP A1), and the front desk of the city (SOP C2).
ENTERING_ROLES = frozenset({Role.OPERATOR, Role.ADMIN})
# The oldest paper that may still be entered. A letter that lay longer is answered as a letter:
# figures and limits of a quarter that is over would no longer be true.
OLDEST = timedelta(days=90)


class DateFault(StrEnum):
    """Why a complaint can't have been received on that date."""

    AHEAD = "ahead"
    TOO_OLD = "too_old"


def date_fault(received_on: date, today: date) -> DateFault | None:
    """What is wrong with the date on which the office received it; None if nothing is."""
    if received_on > today:
        return DateFault.AHEAD
    return DateFault.TOO_OLD if today - received_on > OLDEST else None


def clock_starts(entered_at: datetime, received_on: date | None = None) -> datetime:
    """When A1 begins: when the complaint is entered, whatever the date on the paper.

    The 30 minutes measure the operator's work, and nobody could verify what wasn't here yet: a
    letter of yesterday would be late before anybody saw it, and a date that somebody types would
    decide who was in time. `received_on` stays a fact of its own beside it, so that a letter that
    lay in a tray is seen.
    """
    return entered_at
