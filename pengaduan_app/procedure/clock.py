"""Deadline arithmetic. Pure: no Django, no database, no "now" of its own.

Office hours and days off are passed in as a `Calendar`, in WIB (western Indonesia time), which
has no summer time. Moments are aware; those computed from a calendar are in WIB.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

# By name, because databases truncate moments to days only in a zone that they know. Its offset
# has been +07:00 since 1964, so wall-clock arithmetic in it is exact for every complaint.
WIB = ZoneInfo("Asia/Jakarta")
DAY = timedelta(days=1)
# More closed days in a row than any holiday has: nobody maintains the calendar.
LONGEST_CLOSURE = 400


class ClockKind(StrEnum):
    """When a step's time runs; chosen per step in the admin."""

    # Day and night: "30 minutes" and "1 × 24 hours", as the SOP is written.
    ELAPSED = "elapsed"
    # Minutes and hours run only while the office is open.
    SERVICE_HOURS = "service_hours"
    # Whole days of 24 hours; days off don't count.
    SERVICE_DAYS = "service_days"


class NeverOpens(ValueError):
    """The calendar has no opening for LONGEST_CLOSURE days, so time would never run."""


@dataclass(frozen=True)
class Span:
    """A stretch of a day, from `opens` up to `closes`, both counted from midnight.

    Midnight at the day's end is 24 hours, so that a whole day loses no minute.
    """

    opens: timedelta
    closes: timedelta

    def __post_init__(self) -> None:
        if not timedelta(0) <= self.opens < self.closes <= DAY:
            raise ValueError(f"An office opens before it closes, on one day: {self}.")


Hours = tuple[Span, ...]
Week = tuple[Hours, ...]
WHOLE_DAY: Hours = (Span(timedelta(0), DAY),)


def check_week(week: Week) -> None:
    """Raise ValueError unless there are seven days, each with its spans in order."""
    if len(week) != 7:
        raise ValueError("A week has seven days, Monday first.")
    for hours in week:
        if any(earlier.closes > later.opens for earlier, later in pairwise(hours)):
            raise ValueError("The spans of a day come in order and don't overlap.")


@dataclass(frozen=True)
class Period:
    """A range of dates, both included, with opening hours of its own, such as Ramadan."""

    first: date
    last: date
    week: Week

    def __post_init__(self) -> None:
        check_week(self.week)


@dataclass(frozen=True)
class Calendar:
    """When an office is open. `week` begins with Monday; the first matching period applies."""

    week: Week
    periods: tuple[Period, ...] = ()
    days_off: frozenset[date] = frozenset()
    # Hospital, fire brigade: no hours, no breaks, no days off.
    around_the_clock: bool = False

    def __post_init__(self) -> None:
        check_week(self.week)

    def hours_of(self, day: date) -> Hours:
        """The open spans of that date, in order; none on a day off."""
        if self.around_the_clock:
            return WHOLE_DAY
        if day in self.days_off:
            return ()
        week = next((p.week for p in self.periods if p.first <= day <= p.last), self.week)
        return week[day.weekday()]


def due_at(
    started: datetime,
    limit: timedelta,
    kind: ClockKind = ClockKind.ELAPSED,
    calendar: Calendar | None = None,
) -> datetime:
    """When a step that began at `started` is due.

    The SOP says only "30 minutes" or "1 × 24 hours", so by default time runs day and night.
    On the service clocks it runs while the calendar is open (service hours) or on days that
    have opening hours (service days); a step whose time is up exactly at closing time is due
    then, not at the next opening. `started` must be aware (any time zone). Raises ValueError
    if it is naive, the limit is negative or the calendar is missing, and NeverOpens if the
    calendar never opens.
    """
    _must_be_aware(started)
    if limit < timedelta(0):
        raise ValueError("A time limit can't be negative.")
    if kind == ClockKind.ELAPSED:
        # Through UTC: adding to a wall clock would be wrong across a change of summer time.
        return (started.astimezone(UTC) + limit).astimezone(started.tzinfo)
    if calendar is None:
        raise ValueError(f"The clock “{kind}” needs a calendar.")
    stretches = _stretches(started, kind, calendar)
    start, end = next(stretches)
    while limit > end - start:
        limit -= end - start
        start, end = next(stretches)
    return start + limit


def is_late(finished: datetime, due: datetime) -> bool:
    """True if the step ended after its due time; at the due instant it is still in time."""
    return finished > due


def is_open(moment: datetime, calendar: Calendar) -> bool:
    """True while the office is open; at the closing instant it is closed."""
    _must_be_aware(moment)
    local = moment.astimezone(WIB)
    since_midnight = local - datetime.combine(local.date(), time.min, WIB)
    return any(
        span.opens <= since_midnight < span.closes for span in calendar.hours_of(local.date())
    )


def next_opening(moment: datetime, calendar: Calendar) -> datetime:
    """The first moment from `moment` on at which the office is open. Raises NeverOpens if there
    is none."""
    _must_be_aware(moment)
    start, _end = next(_stretches(moment, ClockKind.SERVICE_HOURS, calendar))
    return start


def _stretches(
    moment: datetime, kind: ClockKind, calendar: Calendar
) -> Iterator[tuple[datetime, datetime]]:
    """The stretches in which that clock runs, from `moment` on, endlessly. Raises NeverOpens."""
    local = moment.astimezone(WIB)
    midnight = datetime.combine(local.date(), time.min, WIB)
    closed = 0
    while closed < LONGEST_CLOSURE:
        hours = calendar.hours_of(midnight.date())
        closed = 0 if hours else closed + 1
        for span in WHOLE_DAY if hours and kind == ClockKind.SERVICE_DAYS else hours:
            if midnight + span.closes > local:
                yield max(local, midnight + span.opens), midnight + span.closes
        midnight += DAY
    raise NeverOpens(f"The office never opens in the {LONGEST_CLOSURE} days to {midnight:%F}.")


def _must_be_aware(moment: datetime) -> None:
    if moment.tzinfo is None:
        raise ValueError("A step's start needs a time zone; pass an aware datetime.")
