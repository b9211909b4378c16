"""Each report agrees with a recount in Python over complaints that really went the SOP's way."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from math import ceil

import pytest
import time_machine

from pengaduan_app import actions, tasks
from pengaduan_app.models import Complaint, Reminder, StepRecord
from pengaduan_app.procedure import WIB
from pengaduan_app.procedure.sop import ANSWERED_STATES, CLOSED_STATES, Kind, Role, State, Step
from pengaduan_app.reports import catalogue, figures
from pengaduan_app.reports.figures import Flow, Punctuality
from pengaduan_app.reports.period import Period, month_of, preset, quarter_of
from pengaduan_app.reports.scope import Scope
from tests.support.crowd import standing_city
from tests.support.factories import CategoryFactory, VillageFactory, submit
from tests.support.process import Office

MONTH = Period(date(2026, 3, 1), date(2026, 3, 31))
NOW = datetime(2026, 4, 10, 3, tzinfo=UTC)


class Walk:
    """Moves the clock on between the steps, by times that differ."""

    def __init__(self, traveller):
        self.traveller, self.number = traveller, 0

    def on(self, office, complaint, *states):
        for state in states:
            self.number += 1
            self.traveller.shift(timedelta(minutes=7 * self.number % 97 + 3, hours=self.number % 5))
            office.advance(complaint, state)


@pytest.fixture(scope="module")
def standing(django_db_setup, django_db_blocker):
    with standing_city(django_db_blocker):
        yield Office(), Office()


@pytest.fixture(scope="module")
def filled(standing):
    """Nine complaints of two agencies around March 2026, some late, moved, open or ended."""
    office, other_office = standing
    places = [VillageFactory(), None]
    subjects = [CategoryFactory(), CategoryFactory(), None]
    way = (State.VERIFIED, State.STUDY, State.DECISION, State.ENTRY, State.EDITING)
    with time_machine.travel(datetime(2026, 2, 27, 1, tzinfo=UTC), tick=False) as traveller:
        walk = Walk(traveller)
        for number in range(9):
            traveller.shift(timedelta(days=4, hours=3))
            home = (office, other_office)[number % 2]
            complaint = home.complaint(
                kind=list(Kind)[number % 3],
                village=places[number % 2],
                category=subjects[number % 3],
            )
            if number in (2, 5):
                away = other_office if home is office else office
                walk.on(home, complaint, State.VERIFIED, State.ROUTING)
                actions.transfer(complaint.pk, home.admin, away.agency)
                complaint.refresh_from_db()
                home = away
            if number == 3:
                walk.on(home, complaint, State.VERIFIED, State.DECLINED)
            elif number == 7:
                walk.on(home, complaint, State.VERIFIED)
            else:
                walk.on(home, complaint, *way, State.PUBLICATION, State.PUBLISHED)
        nobodys = submit(None).complaint
        actions.transfer(nobodys.pk, office.admin, office.agency)
    return standing


@pytest.fixture
def ledger(db, filled):
    """The two agencies with their complaints; it is 10 April 2026."""
    with time_machine.travel(NOW, tick=False):
        yield filled


def rows(scope: Scope) -> list[StepRecord]:
    """The ledger's closed rows of the scope, sifted in Python."""
    return [
        row
        for row in StepRecord.objects.all()
        if row.finished_at
        and scope.period.first <= row.finished_at.astimezone(WIB).date() <= scope.period.last
        and (scope.agencies is None or row.agency_id in scope.agencies)
    ]


def scopes(office):
    return [
        Scope(MONTH),
        Scope(MONTH, frozenset({office.agency.pk})),
        Scope(Period(date(2026, 1, 1), date(2026, 12, 31))),
        Scope(Period(date(2026, 3, 9), date(2026, 3, 9))),
        Scope(MONTH, frozenset()),
    ]


def test_steps_in_time_agree_with_a_recount(ledger):
    for scope in scopes(ledger[0]):
        expected = {}
        for row in rows(scope):
            key = row.agency_id, Step(row.judged_as)
            in_time = row.finished_at <= row.judged_due_at
            expected[key] = expected.get(key, Punctuality()) + Punctuality(1, int(in_time))
        for row in StepRecord.objects.all():
            own = scope.agencies is None or row.agency_id in scope.agencies
            if own and not row.finished_at and row.due_at < NOW:
                key = row.agency_id, Step(row.step)
                expected[key] = expected.get(key, Punctuality()) + Punctuality(overdue=1)
        assert figures.punctuality(scope) == expected
    assert any(row.late for row in expected.values()) or scope.agencies == frozenset()


def place(values: list[int], percent: int) -> int:
    return sorted(values)[ceil(len(values) * percent / 100) - 1]


def test_times_agree_with_a_recount(ledger):
    for scope in scopes(ledger[0]):
        taken = {}
        for row in rows(scope):
            seconds = int((row.finished_at - row.started_at).total_seconds())
            taken.setdefault(row.judged_as, []).append(seconds)
        found = {row.key: (row.count, row.median, row.p90) for row in figures.times_by_step(scope)}
        expected = {step: (len(v), place(v, 50), place(v, 90)) for step, v in taken.items()}
        assert found == expected


def test_times_of_one_step_are_told_by_agency(ledger):
    taken = {}
    for row in rows(Scope(MONTH)):
        if row.judged_as == Step.A6:
            taken.setdefault(row.agency_id, []).append(row.seconds)
    found = figures.times_by_agency(Scope(MONTH), Step.A6)
    assert {row.key: row.median for row in found} == {k: place(v, 50) for k, v in taken.items()}
    assert len(found) == 2


def received(scope: Scope) -> list[Complaint]:
    return [
        complaint
        for complaint in Complaint.objects.all()
        if scope.period.first <= complaint.created_at.astimezone(WIB).date() <= scope.period.last
        and (scope.agencies is None or complaint.agency_id in scope.agencies)
    ]


def test_the_volume_agrees_with_a_recount(ledger):
    for scope in scopes(ledger[0]):
        complaints = received(scope)
        assert figures.volume(scope) == {
            "kind": Counter(complaint.kind for complaint in complaints),
            "category": Counter(complaint.category_id for complaint in complaints),
            "village": Counter(complaint.village_id for complaint in complaints),
            "channel": Counter(complaint.channel for complaint in complaints),
        }
        assert sum(count for _label, count in figures.received_over_time(scope)) == len(complaints)


def test_misrouting_tells_from_where_to_where_and_how_often(ledger):
    one, other = (office.agency.pk for office in ledger)
    whole = Scope(Period(date(2026, 1, 1), date(2026, 12, 31)))
    assert set(figures.transfers(whole)) == {(one, other, 1), (other, one, 1), (None, one, 1)}
    assert dict(figures.bounces(whole)) == {0: 8, 1: 2}
    # Where it came from and where it went both see it; nobody else does.
    assert len(figures.transfers(Scope(whole.period, frozenset({other})))) == 2
    assert figures.transfers(Scope(whole.period, frozenset())) == []


def test_the_months_flow_agrees_with_a_recount(ledger):
    flows = figures.flow_by_agency(Scope(MONTH))
    end = MONTH.end
    for office in ledger:
        mine = Complaint.objects.filter(agency=office.agency)
        closed = [c for c in mine if c.closed_at and MONTH.start <= c.closed_at < end]
        left = [c for c in mine if c.created_at < end and not (c.closed_at and c.closed_at < end)]
        own = Scope(MONTH, frozenset({office.agency.pk}))
        assert flows[office.agency.pk] == Flow(
            len(received(own)), Counter(State(c.state) for c in closed), len(left)
        )
    total = figures.total_flow(flows)
    assert total.answered + total.unanswered == sum(
        1
        for c in Complaint.objects.filter(state__in=CLOSED_STATES)
        if MONTH.start <= c.closed_at < end
    )
    assert total.answered == sum(total.ended[state] for state in ANSWERED_STATES) > 0


QUERIES = {"on-time": 3, "step-times": 5, "volume": 4, "misrouting": 6, "reminders": 3, "recap": 8}


def test_the_number_of_queries_does_not_grow(ledger, django_assert_num_queries):
    for name, count in QUERIES.items():
        with django_assert_num_queries(count):
            catalogue.REPORTS[name].build(Scope(Period(date(2026, 1, 1), date(2026, 12, 31))))


def test_a_period_without_anything_is_empty(ledger):
    for report in catalogue.REPORTS.values():
        empty = report.build(Scope(Period(date(2010, 1, 1), date(2010, 1, 31))))
        assert not any(row.get("count") for table in empty.tables for row in table.rows)
        assert not any(table.chart for table in empty.tables)


def test_a_day_begins_at_midnight_in_the_city():
    day = Period(date(2026, 3, 1), date(2026, 3, 1))
    assert day.start == datetime(2026, 2, 28, 17, tzinfo=UTC)
    assert day.end == datetime(2026, 3, 1, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "today", "first", "last"),
    [
        ("month", date(2026, 2, 28), date(2026, 2, 1), date(2026, 2, 28)),
        ("month", date(2028, 2, 29), date(2028, 2, 1), date(2028, 2, 29)),
        ("last_month", date(2026, 1, 31), date(2025, 12, 1), date(2025, 12, 31)),
        ("quarter", date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31)),
        ("last_quarter", date(2026, 2, 1), date(2025, 10, 1), date(2025, 12, 31)),
        ("year", date(2026, 6, 1), date(2026, 1, 1), date(2026, 12, 31)),
        ("last_year", date(2026, 1, 1), date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_periods_by_name(name, today, first, last):
    assert preset(name, today) == Period(first, last)


@pytest.mark.parametrize(
    ("period", "parts"),
    [
        (month_of(date(2026, 3, 5)), 31),
        (quarter_of(date(2026, 3, 5)), 3),
        (Period(date(2026, 1, 15), date(2026, 12, 31)), 12),
        (Period(date(2016, 2, 25), date(2026, 12, 31)), 11),
    ],
)
def test_a_periods_parts_cover_it_without_overlap(period, parts):
    found = [part for _label, part in period.parts()]
    assert len(found) == parts
    assert (found[0].first, found[-1].last) == (period.first, period.last)
    assert all(a.end == b.start for a, b in pairwise(found))


def test_the_response_to_reminders_agrees_with_a_recount(db, standing):
    office = Office()
    for role in Role:
        office.person(role)
    with time_machine.travel(datetime(2026, 3, 2, 2, tzinfo=UTC), tick=False) as traveller:
        quick, slow, never = (office.complaint() for _number in range(3))
        for minutes in (25, 10, 30):
            traveller.shift(timedelta(minutes=minutes))
            tasks.send_reminders()
        actions.verify(quick.pk, office.operator)
        traveller.shift(timedelta(hours=5))
        actions.verify(slow.pk, office.operator)
        tasks.send_reminders()
    given = Reminder.objects.filter(passed_over=False)
    for kind in {reminder.kind for reminder in given}:
        mine = [reminder for reminder in given if reminder.kind == kind]
        waits = [r.step.finished_at - r.created_at for r in mine if r.step.finished_at]
        found = figures.responses(Scope(MONTH))[office.agency.pk, kind]
        assert found == figures.Response(
            len(mine),
            sum(wait <= figures.SOON for wait in waits),
            len(mine),
            sum(wait <= figures.LATER for wait in waits),
            len(mine),
            len(waits),
        )
        assert found.count > found.finished > 0
    assert figures.responses(Scope(MONTH, frozenset())) == {}
    c1 = StepRecord.objects.filter(judged_as=Step.C1)
    told = figures.coordinators_steps(Scope(MONTH))
    assert sum(row.count for row in told.values()) == c1.count() > 0
    assert never.steps.open().exists()
