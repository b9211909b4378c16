"""Several workers and people at the same moment: each is told once, and nobody waits for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from pengaduan_app import actions
from pengaduan_app.models import OutboxMessage, Reminder, ReminderSettings, StepRecord
from pengaduan_app.procedure.sop import Role, Step
from tests.actions.test_concurrency import DONE, at_once, fresh
from tests.support.city import make_city
from tests.support.process import Office, is_in_step, open_record

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office():
    make_city()
    found = Office()
    for role in Role:
        found.person(role)
    return found


def test_two_workers_at_the_same_moment_tell_each_person_once(office):
    for _number in range(30):
        complaint = office.complaint()
    with time_machine.travel(open_record(complaint).due_at + timedelta(days=1), tick=True):
        outcomes = at_once(*[lambda: remind_all(batch=4)] * 4)
    assert outcomes == [DONE] * 4
    assert Reminder.objects.filter(passed_over=False).count() == 30
    links = OutboxMessage.reminders.through.objects
    assert links.count() == 30 * 4
    # Nobody had been sent one yet, so all of them joined the first.
    assert OutboxMessage.objects.filter(kind="reminder").count() == 4


@pytest.mark.parametrize("enabled", [True, False], ids=["reminding", "silent"])
def test_people_act_while_batches_remind_and_neither_stops_the_other(office, enabled):
    """Silent batches leave C1 open, and whoever ends the late step ends it too."""
    ReminderSettings.objects.update_or_create(defaults={"enabled": enabled})
    complaints = [office.complaint() for _number in range(24)]

    def verify(rows):
        for complaint in rows:
            actions.verify(complaint.pk, fresh(office.operator))

    with time_machine.travel(open_record(complaints[-1]).due_at, tick=True):
        outcomes = at_once(
            lambda: verify(complaints[::2]),
            lambda: verify(complaints[1::2]),
            lambda: remind_all(batch=3),
            lambda: remind_all(batch=3),
        )
    assert outcomes == [DONE] * 4
    assert all(is_in_step(complaint) for complaint in complaints)
    assert not StepRecord.objects.open().filter(step=Step.C1).exists()


def remind_all(batch: int) -> None:
    while actions.remind_due(batch):
        pass
