"""When the office may be disturbed: the one place that knows about quiet hours."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

OPENS, CLOSES = time(7, 30), time(15, 30)
FRIDAY = 4


def release(at: datetime, quiet: bool, agency_id: int | None = None) -> datetime:
    """The moment from `at` on at which a reminder may go out: `at` itself, unless the site
    is `quiet` and that agency's office is closed then. Any time zone in, WIB out."""
    if not quiet:
        return at
    moment = timezone.localtime(at)
    while moment.weekday() > FRIDAY or moment.time() >= CLOSES:
        tomorrow = moment.date() + timedelta(days=1)
        moment = datetime.combine(tomorrow, OPENS, moment.tzinfo)
    if moment.time() < OPENS:
        moment = datetime.combine(moment.date(), OPENS, moment.tzinfo)
    return moment
