"""Reports at their edges: the midnight that ends a month, few cases, ties, and what is offered."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import RequestFactory

from pengaduan_app import actions
from pengaduan_app.models import StepRecord
from pengaduan_app.procedure.sop import State, Step
from pengaduan_app.reports import figures
from pengaduan_app.reports.catalogue import REPORTS
from pengaduan_app.reports.filters import MonthFilterSet, ReportFilterSet
from pengaduan_app.reports.period import Period, month_of, quarter_of, year_of
from pengaduan_app.reports.scope import Scope, scope_for
from tests.support.process import Office

# The last second of February and the first of March, in the city.
FEBRUARY, MARCH = month_of(date(2026, 2, 1)), month_of(date(2026, 3, 1))
LAST_SECOND = datetime(2026, 2, 28, 16, 59, 59, tzinfo=UTC)
MIDNIGHT = datetime(2026, 2, 28, 17, tzinfo=UTC)
NOON = datetime(2026, 3, 10, 5, tzinfo=UTC)


def table(name: str, key: str, scope: Scope):
    return next(t for t in REPORTS[name].build(scope).tables if t.key == key)


def column(found, key: str) -> list:
    return [row[key] for row in found.rows]


# A month ends at midnight in the city.


@pytest.mark.parametrize(("moment", "month"), [(LAST_SECOND, FEBRUARY), (MIDNIGHT, MARCH)])
def test_what_comes_in_belongs_to_the_month_of_the_citys_calendar(office, moment, month):
    with time_machine.travel(moment, tick=False):
        office.complaint()
        other = MARCH if month == FEBRUARY else FEBRUARY
        assert sum(figures.volume(Scope(month))["kind"].values()) == 1
        assert sum(figures.volume(Scope(other))["kind"].values()) == 0
        received = figures.flow_by_agency(Scope(month))[office.agency.pk].received
        assert received == 1


@pytest.mark.parametrize(("moment", "month"), [(LAST_SECOND, FEBRUARY), (MIDNIGHT, MARCH)])
def test_a_step_counts_in_the_month_in_which_it_was_finished(office, moment, month):
    with time_machine.travel(LAST_SECOND - timedelta(minutes=5), tick=False) as clock:
        complaint = office.complaint()
        clock.move_to(moment)
        actions.verify(complaint.pk, office.operator)
        for period in (FEBRUARY, MARCH):
            found = figures.punctuality(Scope(period))
            finished = sum(row.count for row in found.values())
            assert finished == (1 if period == month else 0)


@pytest.mark.parametrize(("moment", "left"), [(LAST_SECOND, 0), (MIDNIGHT, 1)])
def test_what_was_closed_before_midnight_is_not_open_at_the_end(office, moment, left):
    with time_machine.travel(LAST_SECOND - timedelta(hours=1), tick=False) as clock:
        complaint = office.complaint()
        clock.move_to(moment)
        office.advance(complaint, State.DECLINED)
    flow = figures.flow_by_agency(Scope(FEBRUARY))[office.agency.pk]
    assert (flow.received, flow.open_at_end, flow.unanswered) == (1, left, 1 - left)


def test_what_came_in_after_the_month_was_not_open_at_its_end(office):
    with time_machine.travel(MIDNIGHT, tick=False):
        office.complaint()
        assert office.agency.pk not in figures.flow_by_agency(Scope(FEBRUARY))


# How a period is called.


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Period(date(2026, 2, 1), date(2026, 2, 28)), "Februari 2026"),
        (Period(date(2028, 2, 1), date(2028, 2, 28)), "1 Februari 2028 sampai 28 Februari 2028"),
        (Period(date(2026, 1, 1), date(2026, 12, 31)), "2026"),
        (Period(date(2026, 1, 1), date(2026, 1, 1)), "1 Januari 2026"),
        (Period(date(2026, 1, 1), date(2026, 12, 30)), "1 Januari 2026 sampai 30 Desember 2026"),
    ],
)
def test_a_whole_month_and_a_whole_year_have_names(period, words):
    assert str(period) == words


@pytest.mark.parametrize(
    ("today", "running"),
    [
        (date(2026, 1, 31), False),
        (date(2026, 2, 1), True),
        (date(2026, 2, 28), True),
        (date(2026, 3, 1), False),
    ],
)
def test_a_month_is_provisional_from_its_first_day_to_its_last(today, running):
    assert FEBRUARY.is_running(today) == running
    assert ("sementara" in FEBRUARY.in_words(today)) == running


@pytest.mark.parametrize(
    ("days", "labels"),
    [
        (31, ["1/1", "2/1"]),
        # A chart has no room for the days of more than a month.
        (32, ["Jan 26", "Feb 26"]),
        (730, ["Jan 26", "Feb 26"]),
        (733, ["2026", "2027"]),
    ],
)
def test_a_chart_has_days_then_months_then_years(days, labels):
    first = date(2026, 1, 1)
    found = Period(first, first + timedelta(days=days - 1)).parts()
    assert [label for label, _part in found[:2]] == labels


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 3, 31), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 4, 1), date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 9, 30), date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_a_quarter_is_of_three_whole_months(day, first, last):
    assert quarter_of(day) == Period(first, last)
    assert year_of(day) == Period(date(2026, 1, 1), date(2026, 12, 31))


# What a reader may ask for.


def asked(user, filters=ReportFilterSet, **query):
    request = RequestFactory().get("/", query)
    request.user = user
    return filters(request.GET, queryset=StepRecord.objects.all(), request=request)


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ({}, date(2026, 3, 1), date(2026, 3, 31)),
        ({"preset": "last_month"}, date(2026, 2, 1), date(2026, 2, 28)),
        ({"dates_from": "2026-02-05"}, date(2026, 2, 5), date(2026, 3, 10)),
        (
            {"dates_from": "2026-02-05", "dates_to": "2026-02-06"},
            date(2026, 2, 5),
            date(2026, 2, 6),
        ),
        # With a last day alone, from the first of its month.
        ({"dates_to": "2026-02-20"}, date(2026, 2, 1), date(2026, 2, 20)),
        # Days go before a name.
        ({"dates_to": "2026-02-20", "preset": "year"}, date(2026, 2, 1), date(2026, 2, 20)),
    ],
)  # fmt: skip
def test_days_go_before_a_name_and_either_end_may_be_missing(office, query, first, last):
    with time_machine.travel(NOON, tick=False):
        found = asked(office.coordinator, **query)
        assert found.scope.period == Period(first, last)
        assert found.problems == []


@pytest.mark.parametrize(
    "query",
    [
        {"dates_from": "2026-02-06", "dates_to": "2026-02-05"},
        {"dates_from": "1999-12-31", "dates_to": "2026-02-05"},
        {"dates_from": "2026-02-05", "dates_to": "2100-01-02"},
        # Begins tomorrow and has no end: the first day is after the last.
        {"dates_from": "2026-03-11"},
    ],
)
def test_days_that_make_no_sense_are_said_and_the_usual_month_shown(office, query):
    with time_machine.travel(NOON, tick=False):
        found = asked(office.coordinator, **query)
        assert found.scope.period == MARCH
        assert len(found.problems) == 2


@pytest.mark.parametrize("day", ["2000-01-01", "2100-01-01"])
def test_the_first_and_the_last_day_that_can_be_asked_for(office, day):
    with time_machine.travel(NOON, tick=False):
        found = asked(office.coordinator, dates_from=day, dates_to=day)
        assert found.problems == [] and str(found.scope.period.first) == day


def test_three_years_of_months_are_offered_the_newest_first(office):
    with time_machine.travel(NOON, tick=False):
        form = asked(office.coordinator, MonthFilterSet).form
        offered = [key for key, _label in form.fields["month"].choices if key]
    assert (offered[0], offered[-1], len(offered)) == ("2026-03", "2023-04", 36)


@pytest.mark.parametrize(("month", "period"), [("2026-03", MARCH), ("", FEBRUARY)])
def test_the_recap_is_of_the_chosen_month_or_of_the_last_that_is_over(office, month, period):
    with time_machine.travel(NOON, tick=False):
        assert asked(office.coordinator, MonthFilterSet, month=month).scope.period == period


@pytest.mark.parametrize("who", ["operator", "coordinator"])
def test_choosing_an_agency_narrows_and_never_widens(office, other_office, who):
    user = getattr(office, who)
    mine, theirs = office.agency, other_office.agency
    found = {agency: scope_for(user, MARCH, agency).agencies for agency in (None, mine, theirs)}
    whole = who == "coordinator"
    assert found[None] == (None if whole else {mine.pk})
    assert found[mine] == {mine.pk}
    assert found[theirs] == ({theirs.pk} if whole else set())


# The tables.


def finish_a1(offices: list[Office], minutes: list[int]) -> None:
    """One complaint for each of these times; its A1 took so long."""
    with time_machine.travel(NOON - timedelta(days=1), tick=False) as clock:
        for office, taken in zip(offices, minutes, strict=True):
            complaint = office.complaint()
            clock.shift(timedelta(minutes=taken))
            actions.verify(complaint.pk, office.operator)


def test_a_step_at_the_very_end_of_its_time_is_in_time(office):
    finish_a1([office] * 3, [29, 30, 31])
    with time_machine.travel(NOON - timedelta(days=1, hours=-2), tick=False):
        row = figures.punctuality(Scope(MARCH))[office.agency.pk, Step.A1]
    assert (row.count, row.in_time, row.late) == (3, 2, 1)


def test_agencies_are_compared_by_the_median_the_quickest_first(office, other_office):
    finish_a1([office, other_office, other_office], [20, 10, 15])
    third = Office()
    finish_a1([third], [10])
    tables = REPORTS["step-times"].build(Scope(MARCH), step=Step.A1).tables
    [found] = [each for each in tables if each.key == "agencies"]
    names = column(found, "name")
    quick = sorted([other_office.agency.name, third.agency.name])
    assert names == [*quick, office.agency.name]
    assert column(found, "median") == [600, 600, 1200]
    assert any("5" in note for note in found.footnotes)


def test_an_agency_answers_for_its_own_steps_alone(office):
    with time_machine.travel(NOON, tick=False) as clock:
        complaint = office.complaint(State.EDITING)
        clock.shift(timedelta(hours=5))
        office.advance(complaint, State.PUBLISHED)
        [own] = table("on-time", "agencies", Scope(MARCH)).rows
        steps = {
            row["name"].split()[0]: row for row in table("on-time", "steps", Scope(MARCH)).rows
        }
    # B1 was late, which is public relations'; A1, A2, A5, A6 and A8 were not.
    assert (own["count"], own["in_time"], own["late"]) == (5, 5, 0)
    assert steps["B1"]["late"] == 1 and "C1" not in steps


@pytest.mark.parametrize(
    ("wait", "known", "soon"),
    [
        (timedelta(hours=2), 1, 1),
        (timedelta(hours=2, seconds=1), 1, 0),
    ],
)
def test_soon_is_two_hours_to_the_second(office, wait, known, soon):
    with time_machine.travel(NOON, tick=False) as clock:
        complaint = office.complaint()
        actions.remind(complaint.pk, office.coordinator)
        clock.shift(wait)
        actions.verify(complaint.pk, office.operator)
        [found] = figures.responses(Scope(MARCH)).values()
    assert (found.soon_known, found.soon, found.finished) == (known, soon, 1)


def test_a_reminder_younger_than_two_hours_says_nothing_yet(office):
    with time_machine.travel(NOON, tick=False) as clock:
        complaint = office.complaint()
        actions.remind(complaint.pk, office.coordinator)
        clock.shift(timedelta(hours=1, minutes=59, seconds=59))
        actions.verify(complaint.pk, office.operator)
        [found] = figures.responses(Scope(MARCH)).values()
        assert (found.count, found.soon_known, found.soon, found.finished) == (1, 0, 0, 1)
        clock.shift(timedelta(seconds=1))
        [found] = figures.responses(Scope(MARCH)).values()
        assert (found.soon_known, found.soon, found.later_known) == (1, 1, 0)
