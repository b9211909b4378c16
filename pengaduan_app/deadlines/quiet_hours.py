"""When the office may be disturbed: the one place that knows about quiet hours."""

from __future__ import annotations

from datetime import datetime

from ..procedure import clock
from . import office_calendar


def earliest_delivery(at: datetime, quiet: bool, office: int | None = None) -> datetime:
    """The moment from `at` on at which a reminder may go out: `at` itself, unless the site
    is `quiet` and that office (an agency, or None for the city's) is closed then.

    Under a calendar that never opens, nothing is held back: checks.py warns of it.
    """
    if not quiet:
        return at
    try:
        return clock.next_opening(at, office_calendar.calendar_of(office))
    except ValueError:
        return at
