"""The two service clocks by rows of dates. 2026-01-05 is a Monday."""

from datetime import timedelta

import pytest

from pengaduan_app.procedure import clock
from tests.support.calendar_dates import (
    CITY,
    DAY_AND_NIGHT,
    DAYS,
    HOSPITAL,
    HOURS,
    MONDAYS_ONLY,
    wib,
)

# Start, limit in minutes, due; on the city's calendar.
SERVICE_HOURS = [
    # Within an ordinary day.
    ("2026-01-05 07:30", 30, "2026-01-05 08:00"),
    ("2026-01-05 09:00", 60, "2026-01-05 10:00"),
    ("2026-01-05 07:30", 450, "2026-01-05 16:00"),
    # Before opening: time begins to run at 07:30.
    ("2026-01-05 00:00", 30, "2026-01-05 08:00"),
    ("2026-01-05 06:00", 30, "2026-01-05 08:00"),
    ("2026-01-05 07:29", 30, "2026-01-05 08:00"),
    # Around the break.
    ("2026-01-05 11:30", 30, "2026-01-05 12:00"),
    ("2026-01-05 11:45", 30, "2026-01-05 13:15"),
    ("2026-01-05 12:00", 30, "2026-01-05 13:30"),
    ("2026-01-05 12:30", 30, "2026-01-05 13:30"),
    ("2026-01-05 12:59", 30, "2026-01-05 13:30"),
    ("2026-01-05 13:00", 30, "2026-01-05 13:30"),
    ("2026-01-05 12:30", 0, "2026-01-05 13:00"),
    # Around closing: exactly at closing time is due then, a minute more is next morning.
    ("2026-01-05 15:30", 30, "2026-01-05 16:00"),
    ("2026-01-05 15:31", 30, "2026-01-06 07:31"),
    ("2026-01-05 15:59", 30, "2026-01-06 07:59"),
    ("2026-01-05 16:00", 30, "2026-01-06 08:00"),
    ("2026-01-05 23:59", 30, "2026-01-06 08:00"),
    ("2026-01-05 07:30", 451, "2026-01-06 07:31"),
    # The SOP's longer limits: 120 minutes, 12 hours, 24 hours, and a whole week.
    ("2026-01-05 15:00", 120, "2026-01-06 08:30"),
    ("2026-01-05 08:00", 720, "2026-01-06 13:30"),
    ("2026-01-05 08:00", 1440, "2026-01-08 09:30"),
    ("2026-01-05 07:30", 2250, "2026-01-09 16:30"),
    ("2026-01-05 07:30", 2251, "2026-01-12 07:31"),
    # Friday: the longer break, the later closing, the weekend behind it.
    ("2026-01-09 11:15", 30, "2026-01-09 13:15"),
    ("2026-01-09 11:30", 30, "2026-01-09 13:30"),
    ("2026-01-09 12:00", 30, "2026-01-09 13:30"),
    ("2026-01-09 16:00", 30, "2026-01-09 16:30"),
    ("2026-01-09 16:15", 30, "2026-01-12 07:45"),
    ("2026-01-09 16:30", 120, "2026-01-12 09:30"),
    ("2026-01-09 12:15", 1440, "2026-01-14 14:00"),
    # Days without opening hours.
    ("2026-01-10 10:00", 15, "2026-01-12 07:45"),
    ("2026-01-11 23:59", 15, "2026-01-12 07:45"),
    # A holiday, and its eve.
    ("2026-01-15 15:30", 30, "2026-01-15 16:00"),
    ("2026-01-15 15:45", 30, "2026-01-19 07:45"),
    ("2026-01-16 09:00", 60, "2026-01-19 08:30"),
    # Two holidays in a row, before a weekend and before a working Friday.
    ("2026-05-13 15:45", 30, "2026-05-18 07:45"),
    ("2026-05-13 16:00", 120, "2026-05-18 09:30"),
    ("2026-05-14 09:00", 60, "2026-05-18 08:30"),
    ("2026-05-26 15:50", 60, "2026-05-29 08:20"),
    # A weekend and a holiday on Monday.
    ("2026-05-29 16:20", 60, "2026-06-02 08:20"),
    ("2026-02-13 16:00", 60, "2026-02-18 08:00"),
    # Christmas and the turn of the year.
    ("2026-12-23 15:30", 60, "2026-12-28 08:00"),
    ("2026-12-31 15:45", 15, "2026-12-31 16:00"),
    ("2026-12-31 15:45", 30, "2027-01-04 07:45"),
    ("2026-12-31 23:59", 30, "2027-01-04 08:00"),
    # A leap day.
    ("2028-02-28 15:45", 30, "2028-02-29 07:45"),
    # Ramadan's hours begin, and end, at midnight.
    ("2026-02-18 15:45", 30, "2026-02-19 08:15"),
    ("2026-02-18 23:50", 30, "2026-02-19 08:30"),
    ("2026-02-19 00:10", 30, "2026-02-19 08:30"),
    ("2026-02-19 07:30", 30, "2026-02-19 08:30"),
    ("2026-02-19 11:45", 30, "2026-02-19 12:45"),
    ("2026-02-19 15:00", 30, "2026-02-20 08:30"),
    ("2026-02-20 11:15", 30, "2026-02-20 12:45"),
    ("2026-02-20 15:30", 60, "2026-02-23 09:00"),
    ("2026-02-23 08:00", 1950, "2026-02-27 15:30"),
    ("2026-03-17 14:45", 30, "2026-03-25 07:45"),
]
SERVICE_DAYS = [
    # Day and night, breaks and closing time play no part.
    ("2026-01-05 08:00", 1440, "2026-01-06 08:00"),
    ("2026-01-05 12:30", 120, "2026-01-05 14:30"),
    ("2026-01-05 23:59", 30, "2026-01-06 00:29"),
    ("2026-01-08 08:00", 1440, "2026-01-09 08:00"),
    # The weekend doesn't count; a day that is full is due at its midnight.
    ("2026-01-09 16:00", 480, "2026-01-10 00:00"),
    ("2026-01-09 16:00", 481, "2026-01-12 00:01"),
    ("2026-01-09 16:00", 1440, "2026-01-12 16:00"),
    ("2026-01-09 12:00", 720, "2026-01-10 00:00"),
    ("2026-01-10 10:00", 1440, "2026-01-13 00:00"),
    ("2026-01-11 23:59", 30, "2026-01-12 00:30"),
    # Holidays, their eves, and two in a row.
    ("2026-01-15 09:00", 1440, "2026-01-19 09:00"),
    ("2026-01-16 09:00", 60, "2026-01-19 01:00"),
    ("2026-05-13 10:00", 1440, "2026-05-18 10:00"),
    ("2026-05-26 12:00", 1440, "2026-05-29 12:00"),
    ("2026-05-26 12:00", 2880, "2026-06-02 12:00"),
    ("2026-02-13 09:00", 1440, "2026-02-18 09:00"),
    ("2026-08-14 17:00", 1440, "2026-08-18 17:00"),
    ("2026-08-24 09:00", 1440, "2026-08-26 09:00"),
    ("2026-12-23 12:00", 1440, "2026-12-28 12:00"),
    ("2026-12-31 18:00", 720, "2027-01-04 06:00"),
    # Ramadan's shorter hours don't shorten a day.
    ("2026-02-18 20:00", 1440, "2026-02-19 20:00"),
    ("2026-03-17 09:00", 1440, "2026-03-25 09:00"),
]
# The hospital and a calendar of seven whole days lose no minute on any clock.
NEVER_CLOSED = [
    ("2026-01-05 12:00", 30, "2026-01-05 12:30"),
    ("2026-01-09 16:15", 30, "2026-01-09 16:45"),
    ("2026-01-11 23:59", 2, "2026-01-12 00:01"),
    ("2026-05-14 09:00", 1440, "2026-05-15 09:00"),
    ("2026-12-31 23:45", 30, "2027-01-01 00:15"),
    ("2026-02-18 23:59", 525600, "2027-02-18 23:59"),
]


def due(started: str, minutes: int, kind, calendar):
    return clock.due_at(wib(started), timedelta(minutes=minutes), kind, calendar)


@pytest.mark.parametrize(("started", "minutes", "expected"), SERVICE_HOURS)
def test_service_hours_run_while_the_office_is_open(started, minutes, expected):
    assert due(started, minutes, HOURS, CITY) == wib(expected)


@pytest.mark.parametrize(("started", "minutes", "expected"), SERVICE_DAYS)
def test_service_days_run_day_and_night_but_not_on_days_off(started, minutes, expected):
    assert due(started, minutes, DAYS, CITY) == wib(expected)


@pytest.mark.parametrize("kind", [HOURS, DAYS])
@pytest.mark.parametrize("calendar", [HOSPITAL, DAY_AND_NIGHT])
@pytest.mark.parametrize(("started", "minutes", "expected"), NEVER_CLOSED)
def test_an_office_that_never_closes_loses_no_minute(kind, calendar, started, minutes, expected):
    assert due(started, minutes, kind, calendar) == wib(expected)


def test_the_table_is_as_long_as_it_should_be():
    assert len(SERVICE_HOURS) + len(SERVICE_DAYS) + len(NEVER_CLOSED) >= 80


@pytest.mark.parametrize(
    ("started", "minutes", "expected"),
    [
        ("2026-01-05 09:30", 30, "2026-01-05 10:00"),
        ("2026-01-05 09:30", 31, "2026-01-12 09:01"),
        ("2026-01-05 10:00", 60, "2026-01-12 10:00"),
        ("2026-01-06 09:30", 180, "2026-01-26 10:00"),
        # A hundred Mondays: closed days count towards "never open" only in a row.
        ("2026-01-05 09:00", 6000, "2027-11-29 10:00"),
    ],
)
def test_six_days_a_week_without_opening_hours_are_passed_over(started, minutes, expected):
    assert due(started, minutes, HOURS, MONDAYS_ONLY) == wib(expected)


def test_the_last_day_of_a_period_still_has_its_hours():
    without_holidays = clock.Calendar(CITY.week, CITY.periods)
    assert due("2026-03-20 15:00", 60, HOURS, without_holidays) == wib("2026-03-23 08:00")


@pytest.mark.parametrize("kind", [HOURS, DAYS])
def test_a_holiday_declared_after_the_step_began_moves_its_due_time(kind):
    """The start stays; what is computed again counts the new day off."""
    started = "2026-01-06 15:00"
    declared = clock.Calendar(
        CITY.week, CITY.periods, CITY.days_off | {wib("2026-01-07 00:00").date()}
    )
    before, after = due(started, 1440, kind, CITY), due(started, 1440, kind, declared)
    assert (before, after) == {
        HOURS: (wib("2026-01-12 08:00"), wib("2026-01-13 08:00")),
        DAYS: (wib("2026-01-07 15:00"), wib("2026-01-08 15:00")),
    }[kind]
