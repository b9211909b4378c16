"""Deadline arithmetic. Pure: no Django, no database, no "now" of its own.

Office hours and days off are passed in as a `Calendar`, in WIB, which knows no summer
time. Moments are aware; those that come back from a calendar are in WIB.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from itertools import pairwise

WIB = timezone(timedelta(hours=7), "WIB")
DAY = timedelta(days=1)
# So many closed days in a row mean that nobody keeps the calendar, not a long holiday.
LONGEST_CLOSURE = 400


class ClockKind(StrEnum):
    """How a step's time runs; chosen per step in the admin."""

    # Day and night: "30 minutes" and "1 × 24 hours", as the SOP is written.
    ELAPSED = "elapsed"
    # Minutes and hours run only while the office is open.
    SERVICE_HOURS = "service_hours"
    # 24 hours count, days off don't.
    SERVICE_DAYS = "service_days"


class NeverOpens(ValueError):
    """The calendar has no opening for LONGEST_CLOSURE days, so no time would ever run."""


@dataclass(frozen=True)
class Span:
    """An open stretch of a day, from `opens` up to `closes`, both counted from midnight.

    Midnight at the day's end is 24 hours, so that a whole day loses no minute.
    """

    opens: timedelta
    closes: timedelta

    def __post_init__(self):
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
    """Dates, both included, with a week of their own: Ramadan, for instance."""

    first: date
    last: date
    week: Week

    def __post_init__(self):
        check_week(self.week)


@dataclass(frozen=True)
class Calendar:
    """When an office is open. `week` begins with Monday; the first period that fits counts."""

    week: Week
    periods: tuple[Period, ...] = ()
    days_off: frozenset[date] = frozenset()
    # Hospital, fire brigade: no hours, no breaks, no days off.
    around_the_clock: bool = False

    def __post_init__(self):
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

    The SOP says "30 minutes" and "1 × 24 hours" and no more, so by default time runs day
    and night. On the service clocks it runs while the calendar is open (service hours)
    or on days that have opening hours (service days); a step whose time is up exactly at
    closing time is due then, and not at the next opening. `started` must be aware (any
    time zone). Raises ValueError when it is naive, the limit negative or the calendar
    missing, and NeverOpens when the calendar never opens.
    """
    _must_be_aware(started)
    if limit < timedelta(0):
        raise ValueError("A time limit can't be negative.")
    if kind == ClockKind.ELAPSED:
        # By way of UTC: adding to a wall clock would be wrong where summer time begins.
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
    """True when the step ended after its due time; the due instant itself is in time."""
    return finished > due


def is_open(moment: datetime, calendar: Calendar) -> bool:
    """True while the office is open; at the instant of closing it no longer is."""
    _must_be_aware(moment)
    local = moment.astimezone(WIB)
    since_midnight = local - datetime.combine(local.date(), time.min, WIB)
    return any(
        span.opens <= since_midnight < span.closes for span in calendar.hours_of(local.date())
    )


def next_opening(moment: datetime, calendar: Calendar) -> datetime:
    """The first moment from then on at which the office is open; that moment itself when
    it is open. Raises NeverOpens when there is none."""
    _must_be_aware(moment)
    start, _end = next(_stretches(moment, ClockKind.SERVICE_HOURS, calendar))
    return start


def _stretches(
    moment: datetime, kind: ClockKind, calendar: Calendar
) -> Iterator[tuple[datetime, datetime]]:
    """The stretches in which that clock runs, from `moment` on; without end."""
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
    raise NeverOpens(f"The office isn't open once in the {LONGEST_CLOSURE} days to {midnight:%F}.")


def _must_be_aware(moment: datetime) -> None:
    if moment.tzinfo is None:
        raise ValueError("A step's start needs a time zone; pass an aware datetime.")
