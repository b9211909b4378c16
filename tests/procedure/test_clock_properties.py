"""What holds for every start, limit and calendar, and not only for the rows of the tables."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pengaduan_app.procedure import clock
from pengaduan_app.procedure.clock import DAY, WHOLE_DAY, Calendar, Period, Span
from tests.support.calendar_dates import CITY, DAYS, ELAPSED, HOURS, WIB

# No deadline: a slow machine isn't a wrong clock. No database: nothing is left in the folder.
settings.register_profile("clock", deadline=None, database=None)
settings.load_profile("clock")

FIRST = date(2026, 1, 1)
MINUTE = timedelta(minutes=1)
clocks = st.sampled_from([HOURS, DAYS])
days = st.integers(0, 420).map(lambda number: FIRST + timedelta(days=number))
limits = st.integers(1, 3000).map(lambda minutes: timedelta(minutes=minutes))
starts = st.datetimes(
    datetime(2026, 1, 1), datetime(2027, 2, 1), timezones=st.sampled_from([WIB, UTC])
)


@st.composite
def hours_of_a_day(draw):
    """Up to three spans that don't overlap, on quarters of an hour."""
    marks = draw(st.lists(st.integers(0, 96), max_size=6, unique=True).map(sorted))
    moments = [timedelta(minutes=15 * mark) for mark in marks]
    return tuple(Span(*moments[at : at + 2]) for at in range(0, len(moments) - 1, 2))


weeks = st.tuples(*[hours_of_a_day()] * 7)


@st.composite
def calendars(draw):
    """A calendar with at least one open weekday outside of its period."""
    week = draw(weeks)
    assume(any(week))
    first = draw(days)
    period = Period(first, first + timedelta(days=draw(st.integers(0, 40))), draw(weeks))
    return Calendar(week, (period,), frozenset(draw(st.sets(days, max_size=30))))


any_calendar = st.one_of(calendars(), st.just(CITY))


def minutes_run(start, end, kind, calendar):
    """Recount: each minute between the two, asked on its own whether the clock ran."""
    total, moment = 0, start.astimezone(WIB)
    while moment < end:
        hours = calendar.hours_of(moment.date())
        since = timedelta(hours=moment.hour, minutes=moment.minute)
        inside = any(span.opens <= since < span.closes for span in hours)
        total += inside if kind == HOURS else bool(hours)
        moment += MINUTE
    return total * MINUTE


@given(starts, st.integers(0, 20_000), limits, clocks, any_calendar)
def test_a_later_start_never_has_an_earlier_due(start, minutes_later, limit, kind, calendar):
    later = start + timedelta(minutes=minutes_later)
    due = clock.due_at(start, limit, kind, calendar)
    assert due <= clock.due_at(later, limit, kind, calendar)


@settings(max_examples=60)
@given(starts, st.integers(1, 900), clocks, any_calendar)
def test_what_elapsed_within_open_hours_equals_the_limit(start, minutes, kind, calendar):
    start = start.replace(second=0, microsecond=0)
    limit = timedelta(minutes=minutes)
    due = clock.due_at(start, limit, kind, calendar)
    assume(due - start < timedelta(days=60))
    assert minutes_run(start, due, kind, calendar) == limit
    # And not a minute later than needed.
    assert minutes_run(start, due - MINUTE, kind, calendar) < limit


@given(starts, limits, clocks, any_calendar, days)
def test_adding_a_holiday_never_makes_a_due_earlier(start, limit, kind, calendar, holiday):
    more = replace(calendar, days_off=calendar.days_off | {holiday})
    before = clock.due_at(start, limit, kind, calendar)
    after = clock.due_at(start, limit, kind, more)
    assert after >= before
    if not start.astimezone(WIB).date() <= holiday <= before.astimezone(WIB).date():
        assert after == before


@given(starts, limits, any_calendar)
def test_each_clock_is_as_slow_as_the_one_before_or_slower(start, limit, calendar):
    elapsed, whole_days, hours = (
        clock.due_at(start, limit, kind, calendar) for kind in (ELAPSED, DAYS, HOURS)
    )
    assert elapsed <= whole_days <= hours


@given(starts, limits, limits, clocks, any_calendar)
def test_a_longer_limit_is_due_later(start, limit, more, kind, calendar):
    due = clock.due_at(start, limit, kind, calendar)
    assert clock.due_at(start, limit + more, kind, calendar) >= due + more


@given(starts, limits, limits, clocks, any_calendar)
def test_a_limit_in_two_parts_is_due_when_the_whole_is(start, first, second, kind, calendar):
    """Reminders come at shares of the limit; the last share is the due time."""
    half_way = clock.due_at(start, first, kind, calendar)
    assert clock.due_at(half_way, second, kind, calendar) == clock.due_at(
        start, first + second, kind, calendar
    )


@given(starts, limits, any_calendar)
def test_service_hours_are_due_in_open_hours_or_at_closing(start, limit, calendar):
    due = clock.due_at(start, limit, HOURS, calendar)
    assert clock.is_open(due, calendar) or clock.is_open(due - timedelta.resolution, calendar)


@given(starts, any_calendar)
def test_the_next_opening_is_open_and_nothing_before_it_is(start, calendar):
    opening = clock.next_opening(start, calendar)
    assert opening >= start
    assert clock.is_open(opening, calendar)
    assert (opening == start) is clock.is_open(start, calendar)
    assert opening == start or not clock.is_open(opening - timedelta.resolution, calendar)


@given(starts, limits, clocks)
def test_seven_whole_days_are_the_elapsed_clock(start, limit, kind):
    assert clock.due_at(start, limit, kind, Calendar((WHOLE_DAY,) * 7)) == start + limit
    around = replace(CITY, around_the_clock=True)
    assert clock.due_at(start, limit, kind, around) == start + limit


@given(starts, st.integers(1, 20), any_calendar)
def test_so_many_service_days_pass_over_so_many_working_days(start, number, calendar):
    """Twenty-four hours at a time: a due time lies on a working day, or at its midnight."""
    due = clock.due_at(start, number * DAY, DAYS, calendar).astimezone(WIB)
    assert calendar.hours_of((due - timedelta.resolution).date())
