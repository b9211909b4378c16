"""What becomes of a message between the outbox and the mail server: who still gets it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from pengaduan_app import actions, tasks
from pengaduan_app.messaging import delivery, emails
from pengaduan_app.models import ComplaintPage, OutboxMessage
from pengaduan_app.procedure.sop import Role, State
from tests.support.factories import REPORTER, staff
from tests.support.process import open_record

START = datetime(2026, 2, 23, 2, 30, tzinfo=UTC)


def waiting_for(person, kind="step") -> OutboxMessage:
    return OutboxMessage.objects.get(recipient=person, kind=kind, sent_at=None)


def letters_to(address: str, mailoutbox) -> list:
    tasks.deliver_outbox()
    return [letter for letter in mailoutbox if letter.to == [address]]


def leave(person) -> None:
    person.is_active = False
    person.save()


# Who has left, or is asked no longer.


def test_who_has_left_gets_no_mail_that_was_queued_before(office, mailoutbox):
    colleague = staff(Role.OPERATOR, office.agency)
    office.operator  # noqa: B018  there are two to be told
    office.complaint()
    leave(colleague)
    assert letters_to(colleague.email, mailoutbox) == []
    assert len(letters_to(office.operator.email, mailoutbox)) == 1


def test_who_has_left_gets_no_reminder_that_was_queued_before(office, mailoutbox):
    office.operator  # noqa: B018  there is one to be reminded
    with time_machine.travel(START, tick=False) as clock:
        complaint = office.complaint()
        tasks.deliver_outbox()
        mailoutbox.clear()
        clock.move_to(open_record(complaint).due_at)
        tasks.send_reminders()
        assert waiting_for(office.operator, "reminder")
        leave(office.operator)
        assert letters_to(office.operator.email, mailoutbox) == []


def test_a_message_to_who_has_left_is_done_with_and_no_failure(office, mailoutbox):
    """Else it would be tried again for ever, and the operations page would warn of it."""
    office.operator  # noqa: B018  there is one to be told
    office.complaint()
    message = waiting_for(office.operator)
    leave(office.operator)
    tasks.deliver_outbox()
    message.refresh_from_db()
    assert message.sent_at is not None
    assert message.last_error == ""


def test_who_comes_back_before_it_is_sent_gets_it_after_all(office, mailoutbox):
    office.operator  # noqa: B018  there is one to be told
    office.complaint()
    leave(office.operator)
    office.operator.is_active = True
    office.operator.save()
    assert len(letters_to(office.operator.email, mailoutbox)) == 1


def test_a_new_address_of_a_colleague_counts_and_not_the_old_one(office, mailoutbox):
    office.operator  # noqa: B018  there is one to be told
    old = office.operator.email
    office.complaint()
    office.operator.email = "alamat.baru@kota.example"
    office.operator.save()
    assert letters_to(old, mailoutbox) == []
    assert len(letters_to("alamat.baru@kota.example", mailoutbox)) == 1


def test_a_message_of_the_reporters_goes_to_the_vaults_address_alone(office, mailoutbox):
    """Nobody of the staff is a copy's reader, openly or blind."""
    complaint = office.complaint()
    [letter] = letters_to(REPORTER.email, mailoutbox)
    assert complaint.ticket in letter.subject
    assert letter.recipients() == [REPORTER.email]


def test_a_call_to_coordinate_is_not_sent_once_the_coordination_is_over(
    office, other_office, mailoutbox
):
    other_office.official  # noqa: B018  there is one to be called
    complaint = office.complaint(to=State.DECISION)
    actions.coordinate(complaint.pk, office.head, [other_office.agency], "Jalan siapa ini?")
    message = waiting_for(other_office.official, "coordination")
    assert "Jalan siapa ini?" in emails.compose(message).body
    actions.approve(complaint.pk, office.head)
    message.refresh_from_db()
    assert emails.compose(message) is None
    assert letters_to(other_office.official.email, mailoutbox) == []


def test_an_official_who_changed_agencies_is_not_called_for_the_old_one(
    office, other_office, mailoutbox
):
    official = other_office.official
    complaint = office.complaint(to=State.DECISION)
    actions.coordinate(complaint.pk, office.head, [other_office.agency], "Jalan siapa ini?")
    official.groups.remove(other_office.agency.group)
    assert letters_to(official.email, mailoutbox) == []


# What it says.


@pytest.mark.parametrize("withdrawn", [False, True])
def test_the_news_of_an_answer_leads_to_the_website_only_while_it_is_there(
    office, mailoutbox, withdrawn
):
    complaint = office.complaint(to=State.PUBLISHED)
    if withdrawn:
        actions.withdraw(complaint.pk, office.coordinator)
    address = ComplaintPage.objects.get(complaint=complaint).full_url
    letters = letters_to(REPORTER.email, mailoutbox)
    assert sum(address in letter.body for letter in letters) == (0 if withdrawn else 1)


def test_a_private_answer_has_no_address_on_the_website(office, mailoutbox):
    complaint = office.complaint(to=State.ANSWERED_PRIVATELY, confidential=True)
    page = ComplaintPage.objects.get(complaint=complaint)
    letters = letters_to(REPORTER.email, mailoutbox)
    assert len(letters) == 2
    assert all(page.slug not in letter.body for letter in letters)
    assert all("/lacak/" in letter.body for letter in letters)


def test_who_joined_another_complaint_is_led_to_that_ones_answer(office, mailoutbox):
    original, follower = (office.complaint(to=State.VERIFIED) for _number in range(2))
    actions.duplicate(follower.pk, office.operator, original)
    office.advance(original, State.PUBLISHED)
    address = ComplaintPage.objects.get(complaint=original).full_url
    letters = letters_to(REPORTER.email, mailoutbox)
    subjects = [letter.subject for letter in letters if address in letter.body]
    assert [sum(c.ticket in line for line in subjects) for c in (original, follower)] == [1, 1]


def test_a_step_is_named_with_its_limit_and_where_to_do_it(office, mailoutbox):
    office.operator  # noqa: B018  there is one to be told
    with time_machine.travel(START, tick=False):
        complaint = office.complaint()
        [letter] = letters_to(office.operator.email, mailoutbox)
    # A1 has 30 minutes, from 09.30 WIB on.
    assert "10.00 WIB" in letter.body
    assert f"/admin/complaints/{complaint.pk}/" in letter.body


def test_the_citizens_words_are_in_no_mail_of_a_step(office, mailoutbox):
    word = "selokanmampet"
    for role in Role:
        office.person(role)
    complaint = office.complaint(
        to=State.PUBLISHED, subject=f"{word} satu", body=f"{word} dua tiga"
    )
    while tasks.deliver_outbox():
        pass
    page = ComplaintPage.objects.get(complaint=complaint)
    assert len(mailoutbox) >= len(Role)
    for letter in mailoutbox:
        # The address of what was published is made of its title.
        assert word not in (letter.subject + letter.body).replace(page.full_url, "")


# Tried again, or not.


def test_a_message_whose_text_cannot_be_made_stops_no_other(office, mailoutbox, monkeypatch):
    office.operator  # noqa: B018  a second one to be told
    office.complaint()
    real = emails.compose

    def broken(message):
        if message.recipient is None:
            raise ZeroDivisionError(REPORTER.email)
        return real(message)

    monkeypatch.setattr(emails, "compose", broken)
    assert tasks.deliver_outbox() == 1
    assert [letter.to for letter in mailoutbox] == [[office.operator.email]]
    failed = OutboxMessage.objects.get(sent_at=None)
    assert (failed.attempts, failed.last_error) == (1, "ZeroDivisionError")


def test_a_message_that_is_held_waits_for_its_moment(office, mailoutbox):
    with time_machine.travel(START, tick=False) as clock:
        office.complaint()
        later = START + timedelta(minutes=7)
        OutboxMessage.objects.update(send_after=later)
        clock.move_to(later - timedelta(seconds=1))
        assert tasks.deliver_outbox() == 0
        clock.move_to(later)
        assert tasks.deliver_outbox() == 1 == len(mailoutbox)


def test_the_longest_waiting_go_first_when_there_are_many(office, mailoutbox, monkeypatch):
    monkeypatch.setattr(delivery, "BATCH", 2)
    with time_machine.travel(START, tick=False):
        complaints = [office.complaint() for _number in range(3)]
        newest = OutboxMessage.objects.get(complaint=complaints[2])
        OutboxMessage.objects.filter(pk=newest.pk).update(send_after=START - timedelta(hours=1))
        assert tasks.deliver_outbox() == 2
        sent = set(OutboxMessage.objects.exclude(sent_at=None).values_list("complaint", flat=True))
        assert sent == {complaints[2].pk, complaints[0].pk}
        assert tasks.deliver_outbox() == 1


def test_a_success_after_a_failure_clears_the_error(office, mailoutbox, settings):
    with time_machine.travel(START, tick=False) as clock:
        office.complaint()
        working, refusing = settings.EMAIL_BACKEND, "tests.messaging.test_digests.Refusing"
        settings.EMAIL_BACKEND = refusing
        tasks.deliver_outbox()
        assert OutboxMessage.objects.get().last_error == "ConnectionRefusedError"
        settings.EMAIL_BACKEND = working
        clock.shift(timedelta(minutes=1))
        assert tasks.deliver_outbox() == 1
    message = OutboxMessage.objects.get()
    assert (message.last_error, message.attempts) == ("", 2)
