"""C1 for all that an agency owes: one message, one e-mail to each person, a row for each step."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ModelLogEntry

from pengaduan_app import actions
from pengaduan_app.messaging import deliver_outbox
from pengaduan_app.models import OutboxMessage, Reminder
from pengaduan_app.procedure.sop import State, Step
from tests.support.factories import submit
from tests.support.process import Office, open_record

NOTE = "Mohon diselesaikan hari ini."


@pytest.fixture
def late(office):
    """Three late steps of the agency, each another person's, and everybody there."""
    for person in ("operator", "official", "head", "editor", "coordinator"):
        getattr(office, person)
    complaints = [office.complaint(to=state) for state in ("received", "study", "decision")]
    OutboxMessage.objects.all().delete()
    when = max(open_record(each).due_at for each in complaints) + timedelta(hours=1)
    with time_machine.travel(when, tick=False) as clock:
        complaints[0].clock = clock
        yield complaints


def test_each_late_step_gets_its_reminder_its_c1_and_its_entry_in_the_log(office, late):
    assert actions.remind_agency(office.agency, office.coordinator, NOTE) == (3, 0)
    for complaint in late:
        given = Reminder.objects.get(step=open_record(complaint), kind="manual")
        assert (given.by, given.message, given.passed_over) == (office.coordinator, NOTE, False)
        c1 = complaint.steps.get(step=Step.C1)
        assert (c1.outcome, c1.finished_by, c1.note) == ("reminded", office.coordinator, NOTE)
    logged = ModelLogEntry.objects.filter(action="pengaduan_app.remind", user=office.coordinator)
    assert logged.count() == 3


def test_everybody_reads_of_all_their_steps_in_one_e_mail_and_of_the_note_once(office, late):
    actions.remind_agency(office.agency, office.coordinator, NOTE)
    deliver_outbox()
    received, study, decision = (each.ticket for each in late)
    told = {message.to[0]: message.body for message in mail.outbox}
    assert len(mail.outbox) == len(told) == 3
    tickets = {
        office.operator: [received],
        office.official: [study],
        office.head: [received, study, decision],
    }
    for person, expected in tickets.items():
        body = told[person.email]
        assert [t for t in (received, study, decision) if t in body] == expected
        assert body.count(NOTE) == 1
        assert "Wulan" not in body and "balai" not in body


def test_what_is_not_late_or_another_agencys_is_left_alone(office, other_office, late):
    foreign, fresh = other_office.complaint(), office.complaint()
    actions.remind_agency(office.agency, office.coordinator)
    manual = Reminder.objects.filter(kind="manual")
    told = set(manual.values_list("step__complaint", flat=True))
    assert told == {each.pk for each in late}
    assert not {foreign.pk, fresh.pk} & told


def test_a_step_reminded_of_a_moment_ago_is_left_out_and_five_minutes_later_not(office, late):
    actions.remind(late[1].pk, office.coordinator)
    assert actions.remind_agency(office.agency, office.coordinator) == (2, 1)
    with pytest.raises(actions.NotNow, match="lima menit"):
        actions.remind_agency(office.agency, office.coordinator)
    late[0].clock.shift(timedelta(minutes=5))
    assert actions.remind_agency(office.agency, office.coordinator) == (3, 0)
    stages = Reminder.objects.filter(step=open_record(late[1]), kind="manual")
    assert sorted(stages.values_list("stage", flat=True)) == [1, 2]


def test_an_agency_that_owes_nothing_is_not_reminded(office):
    office.complaint()
    with pytest.raises(actions.NotNow, match="terlambat"):
        actions.remind_agency(office.agency, office.coordinator)
    assert not Reminder.objects.exists()


@pytest.mark.parametrize("role", ["operator", "official", "head", "editor", "admin"])
def test_only_the_coordinator_reminds(office, late, role):
    with pytest.raises(actions.NotYours):
        actions.remind_agency(office.agency, getattr(office, role))
    assert not Reminder.objects.filter(kind="manual").exists()


def test_a_note_that_names_any_of_the_reporters_reaches_nobody(office, late):
    """It would stand in one e-mail with all the tickets."""
    named = actions.Identity(name="Bagaskara Rekawan", phone="0812-9999-0002")
    submit(office.agency, identity=named)
    late[0].clock.shift(timedelta(days=1))
    with pytest.raises(actions.NotNow, match="pelapor"):
        actions.remind_agency(office.agency, office.coordinator, "Bagaskara menunggu.")
    assert not Reminder.objects.filter(kind="manual").exists()
    assert not OutboxMessage.objects.filter(kind="reminder").exists()


def test_it_waits_for_no_automatic_reminder_that_was_held_back(office, late):
    """Those stages count as passed over, as with one complaint."""
    actions.remind_agency(office.agency, office.coordinator)
    automatic = Reminder.objects.exclude(kind="manual")
    assert automatic.exists()
    assert all(automatic.values_list("passed_over", flat=True))
    record = open_record(late[0])
    assert record.next_reminder.remind_at is None or record.next_reminder.remind_at > timezone.now()


def test_more_steps_cost_a_few_statements_each_and_no_more(office):
    few, many = Office(), Office()
    counts = []
    for each, number in ((few, 2), (many, 6)):
        for _number in range(number):
            each.complaint()
    when = timezone.now() + timedelta(days=1)
    with time_machine.travel(when, tick=False):
        for each in (few, many):
            with CaptureQueriesContext(connection) as queries:
                actions.remind_agency(each.agency, office.coordinator)
            counts.append(len(queries))
    assert (counts[1] - counts[0]) / 4 <= 12


def test_a_complaint_that_moves_on_is_reminded_of_no_more(office, late):
    actions.verify(late[0].pk, office.operator)
    assert actions.remind_agency(office.agency, office.coordinator).steps == 2
    assert late[0].steps.filter(step=Step.C1, outcome="reminded").count() == 0
    late[0].refresh_from_db()
    assert late[0].state == State.VERIFIED
