"""When an office may be disturbed: the only place that knows about quiet hours."""

from __future__ import annotations

from datetime import datetime

from ..procedure import clock
from . import office_calendar


def earliest_delivery(at: datetime, quiet: bool, office: int | None = None) -> datetime:
    """The first moment from `at` on at which a reminder may be sent: `at` itself, unless the site
    is `quiet` and the office (an agency's key, or None for the city's offices) is closed then.

    If the calendar never opens, nothing is held back; the check W001 warns of it.
    """
    if not quiet:
        return at
    try:
        return clock.next_opening(at, office_calendar.calendar_of(office))
    except ValueError:
        return at
