"""The elapsed clock by rows of dates, as the SOP writes it; opening; what is refused."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pengaduan_app.procedure import clock, sop
from pengaduan_app.procedure.clock import Calendar, Period, Span
from tests.support.calendar_dates import (
    CITY,
    DAY_AND_NIGHT,
    DAYS,
    ELAPSED,
    HOSPITAL,
    HOURS,
    NEVER,
    ORDINARY,
    span,
    wib,
)


@pytest.mark.parametrize(
    ("step", "started", "due"),
    [
        ("A1", "2026-02-23 07:30", "2026-02-23 08:00"),
        ("A1", "2026-02-23 23:45", "2026-02-24 00:15"),
        # Friday evening: the SOP's clock knows no weekend and no holiday.
        ("A2", "2026-02-20 16:00", "2026-02-21 16:00"),
        ("A3", "2026-01-16 23:30", "2026-01-17 00:30"),
        ("A4", "2026-05-14 12:00", "2026-05-14 14:00"),
        ("A5", "2026-12-24 09:00", "2026-12-25 09:00"),
        ("A6", "2026-12-31 18:00", "2027-01-01 06:00"),
        ("A7", "2028-02-28 12:00", "2028-02-29 12:00"),
        ("A8", "2026-01-09 16:15", "2026-01-09 17:15"),
        ("B1", "2026-01-05 23:00", "2026-01-06 01:00"),
        ("B2", "2028-02-28 23:50", "2028-02-29 00:05"),
        ("C1", "2026-01-10 10:00", "2026-01-10 12:00"),
        ("C2", "2026-03-19 12:00", "2026-03-19 13:00"),
    ],
)
def test_a_step_is_due_when_its_limit_has_elapsed(step, started, due):
    limit = sop.STEPS[sop.Step(step)].limit
    assert clock.due_at(wib(started), limit) == wib(due)
    # The calendar plays no part in it.
    assert clock.due_at(wib(started), limit, ELAPSED, CITY) == wib(due)


@pytest.mark.parametrize("kind", [ELAPSED, HOURS, DAYS])
def test_time_zones_agree_on_the_instant(kind):
    in_utc = datetime(2026, 1, 5, 0, 30, tzinfo=UTC)
    due = clock.due_at(in_utc, timedelta(minutes=30), kind, CITY)
    assert due == wib("2026-01-05 08:00")
    assert due.tzinfo is not None


@pytest.mark.parametrize("kind", [ELAPSED, HOURS, DAYS])
def test_an_hour_is_an_hour_where_summer_time_begins(kind):
    """The server may keep such a zone; on 29 March 2026 02:00 is 03:00 there."""
    started = datetime(2026, 3, 29, 1, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
    due = clock.due_at(started, timedelta(hours=2), kind, DAY_AND_NIGHT)
    assert due.astimezone(UTC) - started.astimezone(UTC) == timedelta(hours=2)


def test_seconds_are_kept():
    assert clock.due_at(wib("2026-01-05 15:59:30"), timedelta(minutes=1), HOURS, CITY) == wib(
        "2026-01-06 07:30:30"
    )


@pytest.mark.parametrize(
    ("finished", "late"),
    [
        ("2026-02-23 07:59:59", False),
        ("2026-02-23 08:00:00", False),
        ("2026-02-23 08:00:01", True),
    ],
)
def test_the_due_instant_itself_is_still_in_time(finished, late):
    assert clock.is_late(wib(finished), wib("2026-02-23 08:00:00")) is late


# Opening, for reminders that keep quiet outside office hours.


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        # Midnight is no time for a reminder.
        ("2026-01-06 00:00", "2026-01-06 07:30"),
        ("2026-01-06 07:29:59", "2026-01-06 07:30"),
        ("2026-01-06 07:30", "2026-01-06 07:30"),
        ("2026-01-06 11:59:59", "2026-01-06 11:59:59"),
        ("2026-01-06 12:00", "2026-01-06 13:00"),
        ("2026-01-06 15:59:59", "2026-01-06 15:59:59"),
        ("2026-01-06 16:00", "2026-01-07 07:30"),
        ("2026-01-09 16:30", "2026-01-12 07:30"),
        ("2026-01-16 10:00", "2026-01-19 07:30"),
        ("2026-02-18 23:59", "2026-02-19 08:00"),
        ("2026-12-31 16:00", "2027-01-04 07:30"),
    ],
)
def test_the_office_next_opens(moment, opening):
    assert clock.next_opening(wib(moment), CITY) == wib(opening)
    assert clock.is_open(wib(moment), CITY) is (moment == opening or wib(moment) == wib(opening))


@pytest.mark.parametrize("moment", ["2026-01-06 00:00", "2026-01-10 12:00", "2026-12-31 23:59:59"])
@pytest.mark.parametrize("calendar", [HOSPITAL, DAY_AND_NIGHT])
def test_a_hospital_is_always_open(moment, calendar):
    assert clock.is_open(wib(moment), calendar)
    assert clock.next_opening(wib(moment), calendar) == wib(moment)


# What makes no sense is refused in words.


@pytest.mark.parametrize("kind", [ELAPSED, HOURS, DAYS])
def test_a_start_without_a_time_zone_is_refused(kind):
    with pytest.raises(ValueError, match="aware"):
        clock.due_at(datetime(2026, 2, 23, 7, 30), timedelta(minutes=30), kind, CITY)  # noqa: DTZ001


@pytest.mark.parametrize("ask", [clock.is_open, clock.next_opening])
def test_a_moment_without_a_time_zone_is_refused(ask):
    with pytest.raises(ValueError, match="aware"):
        ask(datetime(2026, 2, 23, 7, 30), CITY)  # noqa: DTZ001


def test_a_negative_limit_is_refused():
    with pytest.raises(ValueError, match="negative"):
        clock.due_at(wib("2026-01-05 09:00"), timedelta(minutes=-1), HOURS, CITY)


def test_a_service_clock_without_a_calendar_is_refused():
    with pytest.raises(ValueError, match="needs a calendar"):
        clock.due_at(wib("2026-01-05 09:00"), timedelta(minutes=1), HOURS)


@pytest.mark.parametrize("kind", [HOURS, DAYS])
def test_an_office_that_never_opens_is_refused_and_not_looked_for_for_ever(kind):
    with pytest.raises(clock.NeverOpens, match="never opens"):
        clock.due_at(wib("2026-01-05 09:00"), timedelta(minutes=1), kind, NEVER)
    assert not clock.is_open(wib("2026-01-05 09:00"), NEVER)


def test_a_long_closure_is_passed_over():
    year_off = Period(date(2026, 1, 6), date(2026, 12, 31), NEVER.week)
    due = clock.due_at(
        wib("2026-01-05 15:45"), timedelta(minutes=30), HOURS, Calendar(ORDINARY, (year_off,))
    )
    assert due == wib("2027-01-01 07:45")


@pytest.mark.parametrize(("opens", "closes"), [("16:00", "07:30"), ("08:00", "08:00")])
def test_an_office_opens_before_it_closes(opens, closes):
    with pytest.raises(ValueError, match="before it closes"):
        span(opens, closes)


def test_an_office_closes_at_midnight_at_the_latest():
    with pytest.raises(ValueError, match="on one day"):
        Span(timedelta(hours=20), timedelta(hours=25))


@pytest.mark.parametrize(
    ("week", "reason"),
    [
        (ORDINARY[:5], "seven days"),
        (((span("13:00", "16:00"), span("08:00", "12:00")),) * 7, "in order"),
        (((span("08:00", "12:00"), span("11:00", "16:00")),) * 7, "overlap"),
    ],
)
def test_a_week_that_makes_no_sense_is_refused(week, reason):
    with pytest.raises(ValueError, match=reason):
        Calendar(week)
    with pytest.raises(ValueError, match=reason):
        Period(date(2026, 1, 1), date(2026, 1, 2), week)
