"""The office's calendar as the clock wants it, read from the models and kept for a moment.

Batches reckon hundreds of due times, so the calendar stays in the process for MAX_AGE
seconds. A change made here is seen at once (signal_handlers call `forget`); one made by
another process is seen after that time, and `actions.recompute_due_times`, which runs
every few minutes too, sets right what was reckoned in between.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from django.db import transaction

from ..models import Agency, DayOff, HoursPeriod, OfficeHours
from ..procedure import Calendar, Hours, Period, Week

MAX_AGE = 5.0


@dataclass(frozen=True)
class _Loaded:
    office: Calendar
    around_the_clock: Calendar
    exceptions: frozenset[int]
    at: float


_kept: _Loaded | None = None


def calendar_of(agency_id: int | None = None) -> Calendar:
    """The calendar of an agency; without one, that of the city's offices (Humas and the
    complaint administrator). Four queries, or none within MAX_AGE seconds."""
    global _kept
    loaded = _kept
    if loaded is None or not 0 <= time.monotonic() - loaded.at < MAX_AGE:
        _kept = loaded = _load()
    return loaded.around_the_clock if agency_id in loaded.exceptions else loaded.office


def forget() -> None:
    """Read the calendar anew the next time that somebody asks."""
    global _kept
    _kept = None


def _load() -> _Loaded:
    office = Calendar(
        week=_week(OfficeHours.objects.all()),
        periods=tuple(
            Period(period.first_day, period.last_day, _week(period.hours.all()))
            for period in HoursPeriod.objects.prefetch_related("hours")
        ),
        days_off=frozenset(DayOff.objects.active().values_list("date", flat=True)),
    )
    return _Loaded(
        office=office,
        around_the_clock=replace(office, around_the_clock=True),
        exceptions=frozenset(
            Agency.objects.filter(around_the_clock=True).values_list("pk", flat=True)
        ),
        at=time.monotonic(),
    )


def _week(rows) -> Week:
    days: list[Hours] = [()] * 7
    for row in rows:
        days[row.weekday] = row.spans()
    return tuple(days)


def forget_calendar(sender, **kwargs):
    """At once for this transaction, and again after it for what others read meanwhile."""
    forget()
    transaction.on_commit(forget)
