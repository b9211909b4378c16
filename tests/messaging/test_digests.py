"""The mails of reminders: one for many, seldom, and nothing of the citizen in them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
import time_machine
from django.core import mail
from django.test import override_settings

from pengaduan_app import actions, tasks
from pengaduan_app.messaging import delivery
from pengaduan_app.messaging.emails import message_id
from pengaduan_app.models import OutboxMessage, Reminder
from pengaduan_app.procedure import labels
from pengaduan_app.procedure.escalation import ReminderKind
from pengaduan_app.procedure.sop import Role, State, Step
from tests.support.factories import REPORTER
from tests.support.process import open_record

START = datetime(2026, 2, 23, 2, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
KIND = OutboxMessage.Kind.REMINDER


@pytest.fixture
def clock(office):
    """Monday morning; everybody is there."""
    for role in Role:
        office.person(role)
    with time_machine.travel(START, tick=False) as frozen:
        yield frozen


def letters_to(person) -> list:
    """The mails of reminders that a person has got; the other ones call to a new step."""
    while tasks.deliver_outbox():
        pass
    sent = OutboxMessage.objects.filter(kind=KIND, recipient=person, sent_at__isnull=False)
    marks = [message_id(message) for message in sent]
    return [
        letter
        for letter in mail.outbox
        if any(mark in letter.extra_headers["Message-ID"] for mark in marks)
    ]


def test_three_steps_due_at_once_make_one_mail(clock, office):
    complaints = [office.complaint() for _number in range(3)]
    clock.move_to(open_record(complaints[0]).due_at)
    tasks.send_reminders()
    [letter] = letters_to(office.operator)
    assert "3" in letter.subject
    assert all(complaint.ticket in letter.body for complaint in complaints)


def test_one_step_is_named_in_the_subject(clock, office):
    complaint = office.complaint()
    clock.move_to(open_record(complaint).due_at)
    tasks.send_reminders()
    [letter] = letters_to(office.operator)
    assert complaint.ticket in letter.subject
    assert office.agency.name in letter.body
    assert f"/admin/complaints/{complaint.pk}/" in letter.body
    assert "WIB" in letter.body


def test_nobody_gets_two_mails_of_reminders_within_ten_minutes(clock, office):
    """Sixty steps of a day each, begun a minute apart: their reminders come a minute apart."""
    for _minute in range(60):
        office.complaint(to=State.STUDY)
        clock.shift(MINUTE)
    clock.move_to(START + timedelta(hours=24) * 80 / 100)
    for _minute in range(60):
        tasks.send_reminders()
        tasks.deliver_outbox()
        clock.shift(MINUTE)
    sent = OutboxMessage.objects.filter(kind=KIND, recipient=office.official, sent_at__isnull=False)
    moments = sorted(sent.values_list("sent_at", flat=True))
    gaps = [later - earlier for earlier, later in pairwise(moments)]
    assert len(moments) >= 3
    assert min(gaps) >= timedelta(minutes=10)
    links = OutboxMessage.reminders.through.objects.filter(outboxmessage__recipient=office.official)
    told = Reminder.objects.filter(passed_over=False)
    assert sorted(links.values_list("reminder", flat=True)) == sorted(
        told.values_list("pk", flat=True)
    )


@pytest.mark.parametrize(
    ("state", "person", "after"),
    [(State.RECEIVED, "operator", 24), (State.PUBLICATION, "coordinator", 12)],
)
def test_a_mail_before_does_not_hold_a_short_steps_reminder_until_it_is_late(
    clock, office, state, person, after
):
    """A1 has 30 minutes and B2 15: a pause of ten would outlast what is left of either."""
    earlier = office.complaint(to=state)
    clock.shift(MINUTE)
    complaint = office.complaint(to=state)
    due = open_record(complaint).due_at
    clock.shift(after * MINUTE - MINUTE)
    for _minute in range(10):
        tasks.send_reminders()
        tasks.deliver_outbox()
        clock.shift(MINUTE)
    mails = OutboxMessage.objects.filter(kind=KIND, recipient=getattr(office, person))
    told = mails.get(reminders__step__complaint=complaint, reminders__kind="near")
    assert told.sent_at < due
    assert not told.reminders.filter(step__complaint=earlier, kind="near").exists()


def test_a_short_steps_reminder_hastens_the_mail_that_it_joins(clock, office):
    """The mail waits for the end of the pause with reminders of what is late anyway."""
    clock.move_to(START - 35 * MINUTE)
    late = office.complaint(to=State.ENTRY)
    clock.move_to(START)
    office.complaint()
    clock.shift(2 * MINUTE)
    short = office.complaint()
    for minute in range(10, 40):
        clock.move_to(START + minute * MINUTE)
        tasks.send_reminders()
        tasks.deliver_outbox()
    mails = OutboxMessage.objects.filter(kind=KIND, recipient=office.operator)
    told = mails.get(reminders__step__complaint=short, reminders__kind="near")
    assert told.reminders.filter(step__complaint=late, kind="due").exists()
    assert told.sent_at == START + 29 * MINUTE


def test_what_was_done_meanwhile_is_left_out_of_the_mail(clock, office):
    done, open_one = office.complaint(), office.complaint()
    clock.move_to(open_record(done).due_at)
    tasks.send_reminders()
    actions.verify(done.pk, office.operator)
    [letter] = letters_to(office.operator)
    assert open_one.ticket in letter.body
    assert done.ticket not in letter.subject + letter.body


def test_where_everything_was_done_meanwhile_no_mail_goes_out(clock, office):
    complaint = office.complaint()
    clock.move_to(open_record(complaint).due_at)
    tasks.send_reminders()
    actions.verify(complaint.pk, office.operator)
    assert letters_to(office.operator) == []
    assert not OutboxMessage.objects.filter(kind=KIND, sent_at=None).exists()


def test_a_step_reminded_of_twice_stands_once_with_the_coordinators_words(clock, office):
    complaint = office.complaint()
    actions.remind(complaint.pk, office.coordinator, "Mohon segera.")
    clock.move_to(open_record(complaint).due_at)
    tasks.send_reminders()
    [letter] = letters_to(office.operator)
    assert letter.body.count(f"/admin/complaints/{complaint.pk}/") == 1
    assert "Mohon segera." in letter.body


def test_a_step_is_named_by_its_newest_reminder(clock, office):
    """The near one waits in a refused mail until the step is due."""
    complaint = office.complaint()
    clock.shift(24 * MINUTE)
    with override_settings(EMAIL_BACKEND="tests.messaging.test_digests.Refusing"):
        tasks.send_reminders()
        tasks.deliver_outbox()
    clock.move_to(open_record(complaint).due_at)
    tasks.send_reminders()
    clock.shift(MINUTE)
    [letter] = letters_to(office.operator)
    newest, earlier = (labels.REMINDERS[kind] for kind in (ReminderKind.DUE, ReminderKind.NEAR))
    assert str(newest) in letter.subject
    assert str(earlier) not in letter.subject + letter.body


def test_a_mail_longer_than_people_read_counts_the_rest(clock, office, monkeypatch):
    monkeypatch.setattr("pengaduan_app.messaging.digest.MOST_ENTRIES", 2)
    complaints = [office.complaint() for _number in range(5)]
    clock.move_to(open_record(complaints[0]).due_at)
    tasks.send_reminders()
    [letter] = letters_to(office.operator)
    assert sum(complaint.ticket in letter.body for complaint in complaints) == 2
    assert "5" in letter.subject
    assert "3" in letter.body


def test_while_the_mail_server_refuses_later_reminders_join_the_mail_that_waits(clock, office):
    refusing = {"EMAIL_BACKEND": "tests.messaging.test_digests.Refusing"}
    with override_settings(**refusing):
        for _minute in range(120):
            office.complaint()
            tasks.send_reminders()
            tasks.deliver_outbox()
            clock.shift(MINUTE)
    waiting = OutboxMessage.objects.filter(kind=KIND, recipient=office.operator)
    assert waiting.count() == 1
    assert waiting.get().attempts > 1
    clock.shift(timedelta(hours=4))
    assert len(letters_to(office.operator)) == 1


def test_a_mail_that_failed_keeps_its_turn_whatever_joins_it(clock, office):
    """A short step's reminder must not have the refused mail sent again at once."""
    office.complaint()
    clock.shift(24 * MINUTE)
    with override_settings(EMAIL_BACKEND="tests.messaging.test_digests.Refusing"):
        for wait in (1, 5, 15):
            tasks.send_reminders()
            tasks.deliver_outbox()
            clock.shift(wait * MINUTE)
        tasks.deliver_outbox()
        waiting = OutboxMessage.objects.get(kind=KIND, recipient=office.operator)
        assert waiting.attempts == 4
        clock.shift(MINUTE)
        short = office.complaint()
        clock.shift(24 * MINUTE)
        tasks.send_reminders()
    joined = OutboxMessage.objects.get(kind=KIND, recipient=office.operator)
    assert joined.reminders.filter(step__complaint=short).exists()
    assert joined.send_after == waiting.send_after


class Refusing:
    """A mail server that takes nothing."""

    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, messages):
        raise ConnectionRefusedError


def test_a_mail_that_a_worker_has_in_hand_is_not_joined(clock, office):
    office.complaint()
    clock.shift(24 * MINUTE)
    tasks.send_reminders()
    in_hand = {message.pk for message in delivery._claim()}
    office.complaint()
    clock.shift(24 * MINUTE)
    tasks.send_reminders()
    mine = OutboxMessage.objects.filter(kind=KIND, recipient=office.operator).order_by("pk")
    assert [message.pk in in_hand for message in mine] == [True, False]
    assert mine.first().reminders.count() == 1


def test_a_mail_that_failed_and_is_tried_again_just_now_is_not_joined(clock, office):
    """What it says may be written already: the new reminder would be lost with it."""
    office.complaint()
    clock.shift(24 * MINUTE)
    with override_settings(EMAIL_BACKEND="tests.messaging.test_digests.Refusing"):
        tasks.send_reminders()
        tasks.deliver_outbox()
    clock.shift(MINUTE)
    in_hand = {message.pk for message in delivery._claim()}
    office.complaint()
    clock.shift(24 * MINUTE)
    tasks.send_reminders()
    mine = OutboxMessage.objects.filter(kind=KIND, recipient=office.operator).order_by("pk")
    assert [message.pk in in_hand for message in mine] == [True, False]


# Nothing of the citizen.

SECRET = "Pak Misalnya menutup selokan dengan semen"


@pytest.mark.parametrize("confidential", [False, True])
@pytest.mark.parametrize("state", [State.RECEIVED, State.STUDY, State.DECISION, State.EDITING])
def test_no_mail_of_reminders_holds_anything_of_the_citizen(clock, office, state, confidential):
    complaint = office.complaint(
        to=state, subject=SECRET, body=SECRET, place=SECRET, confidential=confidential
    )
    record = open_record(complaint)
    for percent in (80, 100, 150, 200, 300):
        clock.move_to(record.started_at + timedelta(minutes=record.limit_minutes) * percent / 100)
        tasks.send_reminders()
        tasks.deliver_outbox()
        clock.shift(10 * MINUTE)
    marks = [message_id(m) for m in OutboxMessage.objects.filter(kind=KIND)]
    letters = [x for x in mail.outbox if any(m in x.extra_headers["Message-ID"] for m in marks)]
    assert letters
    words = [*SECRET.split(), REPORTER.name, REPORTER.phone, REPORTER.email, REPORTER.address]
    for letter in letters:
        text = letter.subject + letter.body + str(letter.to)
        assert [word for word in words if word in text and len(word) > 3] == []
        assert complaint.ticket in text
    assert not Reminder.objects.filter(step__step=Step.C1).exists()
