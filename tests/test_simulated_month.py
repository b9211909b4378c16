"""A month with 2,000 complaints: ledger and reminders agree with an independent recount."""

from __future__ import annotations

import os
from collections import Counter
from datetime import timedelta

import pytest

from pengaduan_app import tasks
from pengaduan_app.models import OutboxMessage, Reminder, StepRecord
from pengaduan_app.sop import Step

from .conftest import make_city
from .crowd import undone
from .recount import watched
from .simulation import OUTAGE, QUIET_FROM, Month
from .written_rules import AGENCYS_PEOPLE

pytestmark = pytest.mark.django_db

# A smaller month for a quick look: SIMULATED_COMPLAINTS=100.
COMPLAINTS = int(os.environ.get("SIMULATED_COMPLAINTS", "2000"))
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
        watch.row.key: (watch.row.judged, watch.late, seconds_of(watch.row))
        for watch in recounted
        if watch.row.finished
    }


def seconds_of(row) -> int:
    return int((row.finished - row.started).total_seconds())


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
    assert not any(OUTAGE[0] <= g.at < OUTAGE[1] for g in reminders if g.kind != "manual")
    assert {c1.outcome for c1 in c1s} >= {"reminded", "overtaken"}
    assert {c1.by_hand for c1 in c1s} == {True, False}
    assert {c1.late for c1 in c1s if c1.finished} == {True, False}
