"""A month with 2,000 complaints: ledger and reminders agree with an independent recount.

So do the reports, in February of western Indonesia, which leaves some of both ends out.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import astuple
from datetime import date, timedelta

import pytest
import time_machine

from pengaduan_app import tasks
from pengaduan_app.models import Agency, OutboxMessage, Reminder, StepRecord
from pengaduan_app.procedure.sop import CLOSED_STATES, Step
from pengaduan_app.reports import figures
from pengaduan_app.reports.period import Period
from pengaduan_app.reports.recap import build_recap
from pengaduan_app.reports.scope import Scope
from tests.support.city import make_city
from tests.support.crowd import undone
from tests.support.recount import watched
from tests.support.recount_figures import Figures
from tests.support.simulation import END, OUTAGE, QUIET_FROM, Month
from tests.support.written_rules import AGENCYS_PEOPLE

pytestmark = pytest.mark.django_db

# A busier month before a release: SIMULATED_COMPLAINTS=2000.
COMPLAINTS = int(os.environ.get("SIMULATED_COMPLAINTS", "300"))
PACE = timedelta(minutes=20)


@pytest.fixture(scope="module")
def month(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), undone():
        make_city()
        month = Month(COMPLAINTS)
        month.run(tasks.send_reminders, PACE)
        yield month


@pytest.fixture(scope="module")
def recounted(month):
    return watched(month)


def records():
    """The ledger without the coordinator's own step, which no plan of the month has."""
    return StepRecord.objects.exclude(step=Step.C1).select_related("complaint", "agency")


def agency_of(record) -> str | None:
    return record.agency and record.agency.short_name


def key_of(record) -> tuple:
    return record.complaint.ticket, record.step, record.started_at


# The ledger.


def test_the_ledger_holds_every_step_that_was_done_and_no_other(month):
    kept = Counter(
        (*key_of(record), agency_of(record), record.finished_at, record.outcome)
        for record in records()
    )
    seen = Counter((*row.key, row.agency, row.finished, row.outcome) for row in month.rows)
    assert kept == seen


def test_due_times_are_as_recounted_on_each_clock(month, recounted):
    kept = {key_of(record): record.due_at for record in records()}
    assert kept == {watch.row.key: watch.due() for watch in recounted}
    assert {record.clock for record in records()} == {"elapsed", "service_hours"}


def test_lateness_and_time_taken_are_as_recounted(month, recounted):
    closed = records().filter(finished_at__isnull=False)
    kept = {key_of(r): (r.judged_as, r.late, r.seconds) for r in closed}
    assert kept == {
        watch.row.key: (watch.row.judged, watch.late, watch.seconds)
        for watch in recounted
        if watch.row.finished
    }


# The reminders.


def given() -> list[Reminder]:
    return list(Reminder.objects.select_related("step__complaint", "by"))


def test_each_step_has_the_reminders_of_the_recount_and_no_other(month, recounted):
    kept = Counter((*key_of(r.step), r.kind, r.stage, r.created_at, r.passed_over) for r in given())
    assert kept == Counter(
        (*watch.row.key, given.kind, given.stage, given.at, given.passed_over)
        for watch in recounted
        for given in watch.given
    )


def test_no_step_has_two_reminders_of_a_kind_and_stage(month):
    assert max(Counter((r.step_id, r.kind, r.stage) for r in given()).values()) == 1


TOLD = (
    "reminder__step__complaint__ticket",
    "reminder__step__step",
    "reminder__step__started_at",
    "reminder__kind",
    "reminder__stage",
    "outboxmessage__recipient__username",
)


def test_whoever_the_rules_name_is_told_and_nobody_else(month, recounted):
    kept = Counter(OutboxMessage.reminders.through.objects.values_list(*TOLD))
    assert kept == Counter(
        (*watch.row.key, given.kind, given.stage, username_of(month, role, watch.row.agency))
        for watch in recounted
        for given in watch.given
        for role in given.told
    )


def username_of(month, role: str, agency: str | None) -> str:
    offices = {office.agency.short_name: office for office in month.offices}
    place = offices[agency] if role in AGENCYS_PEOPLE else month.offices[0]
    return getattr(place, role).username


def test_c1_begins_and_ends_as_recounted(month, recounted):
    rows = StepRecord.objects.filter(step=Step.C1).select_related("complaint", "agency")
    kept = Counter(
        (r.complaint.ticket, agency_of(r), r.started_at, r.finished_at, r.outcome, r.late)
        for r in rows
    )
    assert kept == Counter(
        (
            watch.row.ticket,
            watch.row.agency,
            watch.c1.started,
            watch.c1.finished,
            watch.c1.outcome,
            watch.c1.finished and watch.c1.late,
        )
        for watch in recounted
        if watch.c1
    )
    by_hand = sum(bool(watch.c1 and watch.c1.by_hand) for watch in recounted)
    assert rows.filter(finished_by__isnull=False).count() == by_hand


def test_the_month_had_everything_that_could_go_wrong(recounted):
    """Or the recount would agree about nothing: outage, quiet hours, the button, C1's ends."""
    reminders = [given for watch in recounted for given in watch.given]
    c1s = [watch.c1 for watch in recounted if watch.c1]
    assert {given.kind for given in reminders} == {"near", "due", "escalated", "manual"}
    assert any(given.passed_over for given in reminders)
    assert any(given.at >= QUIET_FROM for given in reminders)
    spoken = [given for given in reminders if given.told and given.kind != "manual"]
    assert not any(OUTAGE[0] <= given.at < OUTAGE[1] for given in spoken)
    assert {c1.outcome for c1 in c1s} >= {"reminded", "overtaken"}
    assert {c1.by_hand for c1 in c1s} == {True, False}
    assert {c1.late for c1 in c1s if c1.finished} == {True, False}


# The reports.

FEBRUARY = Period(date(2026, 2, 1), date(2026, 2, 28))


@pytest.fixture(params=["the city", "an agency", "the agency around the clock"])
def scope(request, month):
    """The moment at which somebody asks, and about whom."""
    asked = {"the city": None, "an agency": 0, "the agency around the clock": -1}[request.param]
    agency = None if asked is None else month.offices[asked].agency
    with time_machine.travel(END, tick=False):
        yield Scope(FEBRUARY, agency and frozenset({agency.pk}))


@pytest.fixture
def expected(scope, month, recounted):
    names = [name_of(pk) for pk in scope.agencies or [None]]
    return Figures(month.cases, recounted, *names)


def name_of(pk: int | None) -> str | None:
    return pk and Agency.objects.get(pk=pk).short_name


def named(found: dict) -> dict:
    """By the agency's name instead of its key, which the log doesn't know."""
    return {(name_of(key[0]), *key[1:]): value for key, value in found.items()}


def test_the_report_on_punctuality(scope, expected):
    found = named(figures.punctuality(scope))
    kept = {key: (row.count, row.in_time, row.overdue) for key, row in found.items()}
    assert kept == expected.punctuality()


def test_the_report_on_time(scope, expected):
    def kept(rows):
        return {row.key: (row.count, row.median, row.p90) for row in rows}

    assert kept(figures.times_by_step(scope)) == expected.seconds()
    for step in ("A1", "A5", "A6"):
        found = kept(figures.times_by_agency(scope, Step(step)))
        assert {name_of(pk): row for pk, row in found.items()} == expected.seconds_by_agency(step)


def test_the_report_on_volume(scope, expected):
    found = figures.volume(scope)
    assert found == {field: expected.volume(field) for field in figures.VOLUME_FIELDS}
    assert [count for _day, count in figures.received_over_time(scope)] == expected.by_day()


def test_the_report_on_misrouting(scope, expected):
    moves = figures.transfers(scope)
    assert {(name_of(one), name_of(other)): n for one, other, n in moves} == expected.moves()
    assert [n for _one, _other, n in moves] == sorted((n for *_pair, n in moves), reverse=True)
    assert dict(figures.bounces(scope)) == expected.bounces()
    assert figures.waiting_for_routing(scope) == expected.waiting()


def test_the_report_on_reminders(scope, expected):
    found = named(figures.responses(scope))
    assert {key: astuple(row) for key, row in found.items()} == expected.responses()
    steps = figures.coordinators_steps(scope).items()
    assert {end: (row.count, row.in_time) for end, row in steps} == expected.coordinator()


def test_the_monthly_recap(scope, expected):
    flows = figures.flow_by_agency(scope)
    kept = {name_of(pk): (f.received, f.ended, f.open_at_end) for pk, f in flows.items()}
    assert kept == expected.flow()
    totals, agencies, kinds = build_recap(scope).tables
    received, ended, left = (list(part) for part in zip(*kept.values(), strict=True))
    every_end = sum(ended, Counter())
    lines = [row["count"] for row in totals.rows]
    assert (lines[0], lines[-1]) == (sum(received), sum(left))
    assert sum(lines[1:-2]) == sum(every_end[state] for state in CLOSED_STATES)
    moves = expected.moves().items()
    assert lines[-2] == sum(n for (source, to), n in moves if source not in (None, to))
    assert sum(row["received"] for row in agencies.rows) == sum(received)
    assert Counter(r["count"] for r in kinds.rows) == Counter(expected.volume("kind").values())
