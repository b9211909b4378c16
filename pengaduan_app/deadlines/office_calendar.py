"""The office calendars that deadlines are computed with, read from the models and cached.

A batch computes hundreds of due times, so each process caches the calendars for MAX_AGE
seconds. A change made in this process takes effect at once (see `calendar_changed`), one
made in another process after MAX_AGE seconds; `actions.recompute_due_times`, which also
runs every few minutes, corrects what was computed in between.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import transaction

from ..models import Agency, DayOff, HoursPeriod, OfficeHours, PeriodHours
from ..procedure import Calendar, Hours, Period, Week
from ..process_cache import ProcessCache

MAX_AGE = 5.0


@dataclass(frozen=True)
class _Calendars:
    office: Calendar
    around_the_clock: Calendar
    # The agencies that work around the clock.
    exceptions: frozenset[int]


_cache = ProcessCache(MAX_AGE)


def calendar_of(agency_id: int | None = None) -> Calendar:
    """The calendar of an agency; without one, that of the city's offices (Humas and the
    complaint administrator). Four queries, or none within MAX_AGE seconds."""
    calendars = _cache.get_or_set("calendars", _load)
    return calendars.around_the_clock if agency_id in calendars.exceptions else calendars.office


def forget_calendar() -> None:
    """Invalidate the cached calendars; the next caller reads them from the database."""
    _cache.clear()


def _load() -> _Calendars:
    office = Calendar(
        week=_week(OfficeHours.objects.all()),
        periods=tuple(
            Period(period.first_day, period.last_day, _week(period.hours.all()))
            for period in HoursPeriod.objects.prefetch_related("hours")
        ),
        days_off=frozenset(DayOff.objects.active().values_list("date", flat=True)),
    )
    return _Calendars(
        office=office,
        around_the_clock=replace(office, around_the_clock=True),
        exceptions=frozenset(
            Agency.objects.filter(around_the_clock=True).values_list("pk", flat=True)
        ),
    )


def _week(rows: Iterable[OfficeHours | PeriodHours]) -> Week:
    days: list[Hours] = [()] * 7
    for row in rows:
        days[row.weekday] = row.spans()
    return tuple(days)


def calendar_changed(sender: object, **kwargs: object) -> None:
    """Signal receiver: invalidates now for this transaction, and again once it is committed,
    because another thread may have cached the old rows meanwhile."""
    forget_calendar()
    transaction.on_commit(forget_calendar)
