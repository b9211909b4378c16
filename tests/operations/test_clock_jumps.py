"""A clock is set back: nothing is refused, and nothing waits for that day to come again."""

from __future__ import annotations

import os
import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone
from django_q.models import OrmQ, Schedule
from django_q.tasks import async_task

from pengaduan_app import actions, tasks
from pengaduan_app.actions import ledger
from pengaduan_app.citizen import upload_store
from pengaduan_app.models import (
    NextReminder,
    OutboxMessage,
    PublishedAnswer,
    Reminder,
    StepRecord,
    ThreadEntry,
)
from pengaduan_app.operations import health
from pengaduan_app.privacy import CleanFile
from pengaduan_app.procedure.sop import Outcome, Role, State, Step
from pengaduan_app.publication.timeline import closed_timelines
from tests.support.process import is_in_step, open_record

MONDAY = datetime(2026, 3, 2, 3, tzinfo=UTC)
HOUR, DAY, SECOND = timedelta(hours=1), timedelta(days=1), timedelta(seconds=1)
JUMPS = pytest.mark.parametrize("jump", [HOUR * 3, DAY * 30], ids=["3 hours", "30 days"])


@pytest.fixture
def clock(office):
    with time_machine.travel(MONDAY, tick=False) as frozen:
        for role in Role:
            office.person(role)
        Schedule.objects.update(next_run=MONDAY)
        yield frozen


WAY = [
    State.RECEIVED,
    State.VERIFIED,
    State.ROUTING,
    State.STUDY,
    State.DECISION,
    State.COORDINATION,
    State.ENTRY,
    State.EDITING,
    State.PUBLICATION,
]


@JUMPS
@pytest.mark.parametrize("state", WAY)
def test_a_step_that_began_in_the_future_can_be_done(office, clock, state, jump):
    """Before the cluster has seen the jump, and no row says that it ended before it began."""
    clock.move_to(MONDAY + jump)
    complaint = office.complaint(to=state)
    clock.move_to(MONDAY)
    to = State.STUDY if state == State.ROUTING else State.PUBLISHED
    office.advance(complaint, to)
    assert is_in_step(complaint)
    assert [r for r in complaint.steps.closed() if r.seconds < 0 or r.duration < timedelta()] == []


@pytest.mark.parametrize("end", [State.DECLINED, State.REFERRED, State.DUPLICATE, State.RETRACTED])
def test_it_can_end_too(office, clock, end):
    clock.move_to(MONDAY + DAY)
    complaint = office.complaint()
    clock.move_to(MONDAY)
    office.advance(complaint, end)
    assert complaint.closed_at >= complaint.created_at


@JUMPS
def test_a_c1_that_began_in_the_future_ends_with_its_step(office, clock, jump):
    complaint = office.complaint()
    clock.move_to(MONDAY + jump)
    tasks.send_reminders()
    assert StepRecord.objects.filter(step=Step.C1).exists() == (jump > HOUR)
    clock.move_to(MONDAY)
    actions.verify(complaint.pk, office.operator)
    assert not complaint.steps.open().filter(step=Step.C1).exists()


@JUMPS
def test_an_open_step_begins_now_and_is_reminded_of_in_time(office, clock, jump):
    clock.move_to(MONDAY + jump)
    complaint = office.complaint()
    clock.move_to(MONDAY)
    tasks.heartbeat()
    record = open_record(complaint)
    assert (record.started_at, record.due_at) == (MONDAY, MONDAY + HOUR / 2)
    assert record.next_reminder.remind_at == MONDAY + timedelta(minutes=24)
    clock.move_to(MONDAY + timedelta(minutes=24))
    assert tasks.send_reminders() == 1


def test_clocks_that_differ_by_a_moment_move_no_step(office, clock):
    clock.move_to(MONDAY + timedelta(minutes=4))
    complaint = office.complaint()
    clock.move_to(MONDAY)
    before = open_record(complaint).started_at
    tasks.heartbeat()
    assert open_record(complaint).started_at == before


def test_closed_rows_never_change(office, clock):
    clock.move_to(MONDAY + DAY)
    complaint = office.complaint(to=State.STUDY)
    before = list(complaint.steps.closed().values())
    clock.move_to(MONDAY)
    tasks.heartbeat()
    assert list(complaint.steps.closed().values()) == before


@JUMPS
@pytest.mark.parametrize("fate", ["new", "leased", "refused"])
def test_messages_dated_ahead_go_out(office, clock, mailoutbox, jump, fate):
    clock.move_to(MONDAY + jump)
    office.complaint()
    waiting = OutboxMessage.objects.filter(sent_at=None)
    if fate == "leased":
        waiting.update(attempts=1, send_after=timezone.now() + timedelta(minutes=5))
    elif fate == "refused":
        soon = timezone.now() + timedelta(minutes=1)
        waiting.update(attempts=1, last_error="SMTPServerDisconnected", send_after=soon)
    clock.move_to(MONDAY)
    assert tasks.deliver_outbox() == 0
    tasks.heartbeat()
    assert tasks.deliver_outbox() == len(mailoutbox) > 0
    assert not waiting.exists()


def test_what_waits_its_usual_time_goes_on_waiting(office, clock):
    office.complaint()
    for attempts, error, minutes in ((0, "", 9), (1, "", 5), (4, "SMTPException", 60)):
        later = MONDAY + timedelta(minutes=minutes)
        OutboxMessage.objects.update(attempts=attempts, last_error=error, send_after=later)
        tasks.heartbeat()
        assert set(OutboxMessage.objects.values_list("send_after", flat=True)) == {later}


def test_a_lease_by_a_server_whose_clock_is_a_little_ahead_is_not_broken(office, clock):
    """Else a message that is just being sent would be sent twice."""
    office.complaint()
    lease = MONDAY + timedelta(minutes=5, seconds=30)
    OutboxMessage.objects.update(attempts=1, send_after=lease)
    tasks.heartbeat()
    assert set(OutboxMessage.objects.values_list("send_after", flat=True)) == {lease}


def test_a_digest_of_that_day_holds_back_none_of_today(office, clock):
    office.complaint()
    clock.move_to(MONDAY + DAY * 30)
    tasks.send_reminders()
    tasks.deliver_outbox()
    clock.move_to(MONDAY)
    # A step with a day's limit, whose half would be the wait.
    late = office.complaint(to=State.STUDY)
    record = open_record(late)
    NextReminder.objects.filter(step=record).update(remind_at=MONDAY)
    OutboxMessage.objects.filter(sent_at=None).update(sent_at=MONDAY - DAY)
    clock.move_to(record.started_at + (record.due_at - record.started_at) * 0.8)
    tasks.send_reminders()
    fresh = OutboxMessage.objects.filter(kind="reminder", recipient=office.official, sent_at=None)
    assert fresh.get().send_after == timezone.now()


@JUMPS
def test_the_coordinators_own_reminder_is_not_refused(office, clock, jump):
    complaint = office.complaint()
    clock.move_to(MONDAY + jump)
    actions.remind(complaint.pk, office.coordinator)
    clock.move_to(MONDAY + HOUR)
    actions.remind(complaint.pk, office.coordinator)
    assert Reminder.objects.filter(kind="manual").count() == 2


@JUMPS
def test_schedules_run_again_at_once(office, clock, jump):
    """Those that would have run by now; what runs once a day may well wait three hours."""
    Schedule.objects.update(next_run=MONDAY + jump)
    tasks.heartbeat()
    held_up = Schedule.objects.filter(next_run__gt=MONDAY, minutes__lt=jump.total_seconds() / 60)
    assert not held_up.exists()
    assert Schedule.objects.filter(next_run=MONDAY).exists()


def test_schedules_of_other_kinds_keep_their_next_run_or_get_it_back(office, clock):
    Schedule.objects.all().delete()
    usual = {"func": "math.floor", "schedule_type": Schedule.DAILY}
    near = Schedule.objects.create(**usual, next_run=MONDAY + HOUR * 23)
    far = Schedule.objects.create(**usual, next_run=MONDAY + DAY * 30)
    once = Schedule.objects.create(
        func="math.floor", schedule_type=Schedule.ONCE, next_run=MONDAY + DAY * 30
    )
    tasks.heartbeat()
    runs = {row.pk: row.next_run for row in Schedule.objects.all()}
    assert runs == {near.pk: near.next_run, far.pk: MONDAY, once.pk: once.next_run}


@JUMPS
def test_tasks_in_hand_come_back(office, clock, jump):
    OrmQ.objects.all().delete()
    async_task("pengaduan_app.tasks.deliver_outbox")
    async_task("pengaduan_app.tasks.send_reminders")
    lately = MONDAY + timedelta(seconds=settings.Q_CLUSTER["retry"])
    first, second = OrmQ.objects.order_by("pk")
    OrmQ.objects.filter(pk=first.pk).update(lock=MONDAY + jump)
    OrmQ.objects.filter(pk=second.pk).update(lock=lately)
    tasks.heartbeat()
    assert list(OrmQ.objects.order_by("pk").values_list("lock", flat=True)) == [MONDAY, lately]


@JUMPS
def test_a_heartbeat_of_the_future_says_nothing_of_now(office, clock, jump):
    clock.move_to(MONDAY + jump)
    health.beat()
    clock.move_to(MONDAY)
    assert not health.examine().cluster
    tasks.heartbeat()
    assert health.examine().cluster


def test_kept_files_of_the_future_are_removed(office, clock):
    upload_store.store([CleanFile(b"x", "image/png", "png")], uuid.uuid4())
    [folder] = upload_store._folders()
    ahead = (MONDAY + DAY * 30).timestamp()
    os.utime(folder, (ahead, ahead))
    assert tasks.clear_kept_files() == 1


@JUMPS
def test_the_reporter_goes_on_after_an_answer_of_the_future(office, clock, jump):
    """The rating belongs to the answer and is one, corrected; reopening is possible."""
    clock.move_to(MONDAY + jump)
    complaint = office.complaint(to=State.PUBLISHED)
    clock.move_to(MONDAY)
    actions.rate(complaint.pk, uuid.uuid4(), 2)
    assert actions.rating_of(complaint).score == 2
    actions.reopen(complaint.pk, uuid.uuid4(), "Lampunya padam lagi.")
    complaint.refresh_from_db()
    answer = PublishedAnswer.objects.get(complaint=complaint)
    shown = closed_timelines([answer])[complaint.pk]
    assert all(row.finished_at for row in shown)
    office.advance(complaint, State.PUBLISHED)


def test_a_reply_stands_below_its_question(office, clock):
    complaint = office.complaint(to=State.STUDY)
    clock.move_to(MONDAY + HOUR)
    actions.ask(complaint.pk, office.official, "Di tiang yang mana?")
    clock.move_to(MONDAY)
    actions.reply(complaint.pk, uuid.uuid4(), "Tiang 12.")
    kinds = list(ThreadEntry.objects.filter(complaint=complaint).values_list("kind", flat=True))
    assert kinds == ["question", "reply"]


def test_a_row_never_ends_before_it_began(office, clock):
    record = open_record(office.complaint())
    ledger.finish(record, MONDAY - HOUR, Outcome.DONE)
    assert (record.seconds, record.finished_at, record.late) == (0, MONDAY, False)
