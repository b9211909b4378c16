"""Reminders when things break: real clusters, killed for real, and a real mail server.

Whatever happened, afterwards each due reminder was written once, stands once in the mail of
each person that it concerns, and each of these mails was sent.
"""

from __future__ import annotations

import uuid
from collections import Counter
from datetime import timedelta

import pytest
from django.db import close_old_connections
from django.utils import timezone
from django_q.models import OrmQ, Schedule, Task
from django_q.tasks import async_task

from pengaduan_app.messaging.emails import message_id
from pengaduan_app.models import Complaint, NextReminder, OutboxMessage, Reminder, StepRecord
from pengaduan_app.procedure.sop import Role, State, Step
from tests.support.city import make_city
from tests.support.cluster import Post, running, wait_until
from tests.support.process import Office

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
MANY = 1500
LATE = timedelta(minutes=35)


@pytest.fixture
def office():
    make_city()
    found = Office()
    for role in Role:
        found.person(role)
    return found


@pytest.fixture
def post():
    with Post() as server:
        yield server


def make_late(office, count: int, ago: timedelta = LATE) -> None:
    """Complaints whose A1 (30 minutes) began so long ago, and nobody was told of it yet."""
    began = timezone.now() - ago
    complaints = Complaint.objects.bulk_create(
        Complaint(
            ticket=f"UJI-{number:05}",
            submission_key=uuid.uuid4(),
            kind="complaint",
            subject="Uji",
            body="Uji",
            state=State.RECEIVED.value,
            agency=office.agency,
            created_at=began,
        )
        for number in range(count)
    )
    limit = timedelta(minutes=30)
    StepRecord.objects.bulk_create(
        StepRecord(
            complaint=complaint,
            step=Step.A1.value,
            agency=office.agency,
            started_at=began,
            limit_minutes=30,
            due_at=began + limit,
        )
        for complaint in complaints
    )
    NextReminder.objects.bulk_create(
        NextReminder(step=step, remind_at=began + limit * 0.8) for step in StepRecord.objects.open()
    )


def call_now() -> None:
    """The schedule's minute has come."""
    Schedule.objects.update(next_run=timezone.now() - timedelta(seconds=1))


def all_reminded() -> bool:
    close_old_connections()
    now = timezone.now()
    return not NextReminder.objects.filter(remind_at__lte=now).exists()


def all_sent() -> bool:
    return not OutboxMessage.objects.filter(sent_at=None).exists()


def nothing_in_hand() -> bool:
    return (
        all_reminded() and not OutboxMessage.objects.filter(sent_at=None, attempts__gt=0).exists()
    )


def carry_on(post) -> None:
    """A cluster runs again, and the outbox's waits end: the digest's pause, a dead worker's
    lease, a failure's backoff."""
    call_now()
    with running(post):
        wait_until("all reminders", all_reminded)
        OutboxMessage.objects.filter(sent_at=None).update(send_after=timezone.now())
        async_task("pengaduan_app.tasks.deliver_outbox")
        wait_until("all letters", all_sent)


def assert_each_was_told_once(office, steps: int, people: set) -> None:
    """One speaking reminder a step, and it stands once in the mails of each of its people."""
    spoken = Reminder.objects.filter(passed_over=False)
    assert spoken.count() == spoken.values("step").distinct().count() == steps
    links = Counter(
        OutboxMessage.reminders.through.objects.values_list(
            "reminder", "outboxmessage__recipient__email"
        )
    )
    assert set(links) == {
        (pk, email) for pk in spoken.values_list("pk", flat=True) for email in people
    }
    assert set(links.values()) == {1}
    c1s = StepRecord.objects.filter(step=Step.C1)
    assert c1s.count() == c1s.filter(outcome="reminded").count() == steps


def sent_marks() -> set[tuple[str, str]]:
    rows = OutboxMessage.objects.filter(sent_at__isnull=False)
    return {(row.recipient.email, message_id(row)) for row in rows.select_related("recipient")}


def test_a_cluster_killed_in_mid_batch_and_started_again(office, post):
    make_late(office, MANY)
    call_now()
    with running(post) as cluster:
        wait_until("the first batch", Reminder.objects.exists)
        cluster.kill()
    told = Reminder.objects.filter(passed_over=False).count()
    assert 0 < told < MANY
    # Whole batches or nothing: what says that it was reminded of has its reminder.
    assert NextReminder.objects.filter(stage=2).count() == told
    carry_on(post)
    assert_each_was_told_once(office, MANY, {office.operator.email})
    assert set(post.box.letters) == sent_marks()


def test_a_cluster_killed_while_it_sends(office, post):
    make_late(office, 20, timedelta(days=1))
    call_now()
    with running(post) as cluster:
        wait_until("the first letter", post.box.first.is_set)
        cluster.kill()
    carry_on(post)
    people = {
        office.person(r).email for r in (Role.OPERATOR, Role.HEAD, Role.COORDINATOR, Role.ADMIN)
    }
    assert_each_was_told_once(office, 20, people)
    assert set(post.box.letters) == sent_marks()
    # What arrived twice is the one letter that the killed worker had in hand.
    assert len(post.box.letters) - len(set(post.box.letters)) <= 1


def test_two_clusters_at_once(office, post):
    make_late(office, MANY)
    call_now()
    with running(post, count=2):
        wait_until("all reminders", nothing_in_hand)
    carry_on(post)
    assert_each_was_told_once(office, MANY, {office.operator.email})
    assert Counter(post.box.letters) == Counter(sent_marks())


def test_a_day_off_and_a_mail_server_that_refuses(office, post):
    make_late(office, 300, timedelta(days=1))
    Schedule.objects.update(next_run=timezone.now() - timedelta(days=1))
    post.box.refusing = True
    with running(post):
        wait_until("all reminders", all_reminded)
        wait_until("a refusal", lambda: post.box.refused)
    # 1,440 minutes were missed, and made up for by one run.
    runs = Task.objects.filter(group="pengaduan: reminders").count()
    assert runs + OrmQ.objects.count() <= 4
    assert OutboxMessage.objects.filter(sent_at__isnull=False).count() == 0
    post.box.refusing = False
    carry_on(post)
    people = {
        office.person(r).email for r in (Role.OPERATOR, Role.HEAD, Role.COORDINATOR, Role.ADMIN)
    }
    assert_each_was_told_once(office, 300, people)
    assert Counter(post.box.letters) == Counter(sent_marks())
    # No flood: a mail each, not one for each of the 300 steps or of the stages missed.
    assert Counter(address for address, _mark in post.box.letters) == dict.fromkeys(people, 1)
