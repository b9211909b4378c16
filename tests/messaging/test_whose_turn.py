"""Whose turn a step is: the same people are told of it, of what its reporter writes, by
reminders and by a reopening; nobody who can't act any more is."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from pengaduan_app import actions, tasks
from pengaduan_app.messaging import Directory
from pengaduan_app.models import Complaint, OutboxMessage
from pengaduan_app.procedure import escalation
from pengaduan_app.procedure.sop import STEPS, Role, State, Step
from pengaduan_app.setup import ROLE_GROUPS
from tests.messaging.test_reminders import STEPS_OPEN
from tests.support.crowd import undone
from tests.support.factories import AgencyFactory, staff
from tests.support.process import open_record

# Monday 23 February 2026, 09.30 WIB.
START = datetime(2026, 2, 23, 2, 30, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as frozen:
        yield frozen


def told(*kinds: str) -> set[str]:
    """The staff to whom messages of these kinds were queued."""
    messages = OutboxMessage.objects.filter(kind__in=kinds, recipient__isnull=False)
    return set(messages.values_list("recipient__username", flat=True))


def names(*people) -> set[str]:
    return {person.username for person in people}


# How an official stops being one to whom the study can be told.


def deactivated(official, agency):
    official.is_active = False
    official.save()


def moved_to_another_agency(official, agency):
    official.groups.remove(agency.group)
    official.groups.add(AgencyFactory().group)


def role_taken_away(official, agency):
    official.groups.remove(Group.objects.get(name=ROLE_GROUPS[Role.OFFICIAL]))


def without_an_address(official, agency):
    """Still in charge, but a mail to them would tell nobody: their colleagues can act too."""
    official.email = ""
    official.save()


LEFT = (deactivated, moved_to_another_agency, role_taken_away)
UNTOLD = (*LEFT, without_an_address)


def leave(office, way) -> None:
    way(get_user_model().objects.get(pk=office.official.pk), office.agency)


# What the people of a study are told of; each returns who was.


def study_sent_back(complaint, office, clock):
    actions.send_back(complaint.pk, office.head, "Mohon dilengkapi.")
    return told("step")


def information_added(complaint, office, clock):
    actions.inform(complaint.pk, uuid.uuid4(), "Tiangnya nomor 12.")
    return told("follow_up")


def complaint_retracted(complaint, office, clock):
    actions.retract(complaint.pk, uuid.uuid4())
    return told("follow_up")


def reminded_that_it_is_due_soon(complaint, office, clock):
    record = open_record(complaint)
    clock.move_to(record.started_at + (record.due_at - record.started_at) * 4 / 5)
    tasks.send_reminders()
    return told("reminder")


def reminded_by_the_coordinator(complaint, office, clock):
    actions.remind(complaint.pk, office.coordinator)
    return told("reminder")


def complaint_reopened(complaint, office, clock):
    actions.reopen(complaint.pk, uuid.uuid4(), "Lampunya padam lagi.")
    return told("step")


OCCASIONS = {
    study_sent_back: State.DECISION,
    information_added: State.STUDY,
    complaint_retracted: State.STUDY,
    reminded_that_it_is_due_soon: State.STUDY,
    reminded_by_the_coordinator: State.STUDY,
    complaint_reopened: State.PUBLISHED,
}


@pytest.mark.parametrize(("occasion", "state"), OCCASIONS.items())
def test_a_study_is_told_to_its_official_or_else_to_all_colleagues_and_never_to_who_left(
    clock, office, other_office, occasion, state
):
    """Whatever happens, and in whichever way the official in charge has left; where there is
    no other official, nobody is told by mistake."""
    _ = other_office.official, office.coordinator
    complaint = office.complaint(to=state)
    above = names(office.head) if occasion == reminded_by_the_coordinator else set()
    OutboxMessage.objects.all().delete()

    def told_after(way=None) -> set[str]:
        with undone():
            clock.move_to(START)
            if way:
                leave(office, way)
            return occasion(complaint, office, clock) - above

    for way in UNTOLD:
        assert told_after(way) == set(), way.__name__
    colleagues = [staff(Role.OFFICIAL, office.agency) for _number in range(2)]
    for way in UNTOLD:
        assert told_after(way) == names(*colleagues), way.__name__
    assert told_after() == names(office.official)


@pytest.mark.parametrize("way", UNTOLD)
def test_the_head_hears_in_the_end_of_a_study_that_nobody_can_be_told_of(clock, office, way):
    _ = office.head
    record = open_record(office.complaint(to=State.STUDY))
    leave(office, way)
    OutboxMessage.objects.all().delete()
    clock.move_to(record.started_at + (record.due_at - record.started_at) * 3 / 2)
    tasks.send_reminders()
    assert told("reminder") == names(office.head)


def test_the_colleagues_letter_of_a_study_sent_back_arrives(office, mailoutbox):
    colleague = staff(Role.OFFICIAL, office.agency)
    complaint = office.complaint(to=State.DECISION)
    OutboxMessage.objects.all().delete()
    leave(office, deactivated)
    actions.send_back(complaint.pk, office.head, "Mohon dilengkapi.")
    tasks.deliver_outbox()
    assert [letter.to for letter in mailoutbox] == [[colleague.email]]


# Who stays in charge when a complaint is reopened.


def test_only_an_official_who_left_is_no_longer_in_charge_after_a_reopening(office):
    complaint = office.complaint(to=State.PUBLISHED)
    for way in UNTOLD:
        with undone():
            leave(office, way)
            actions.reopen(complaint.pk, uuid.uuid4(), "Lampunya padam lagi.")
            stays = Complaint.objects.filter(official=office.official).exists()
        assert stays == (way not in LEFT), way.__name__


# The same people, whichever way they are told.


@pytest.mark.parametrize(("step", "state"), STEPS_OPEN.items())
def test_news_and_reminders_of_a_step_go_to_the_same_people(
    clock, office, other_office, step, state
):
    for place in (office, other_office):
        for role in Role:
            place.person(role)
    colleague = staff(STEPS[step].role, office.agency)
    silent, gone = (staff(STEPS[step].role, office.agency) for _number in range(2))
    without_an_address(silent, office.agency)
    deactivated(gone, office.agency)
    complaint = office.complaint(to=state)
    record = open_record(complaint)
    actions.inform(complaint.pk, uuid.uuid4(), "Tiangnya nomor 12.")
    clock.move_to(record.started_at + (record.due_at - record.started_at) * 4 / 5)
    tasks.send_reminders()
    own = [office.person(STEPS[step].role), *([] if step == Step.A5 else [colleague])]
    if STEPS[step].role not in escalation.AGENCY_ROLES:
        own.append(other_office.person(STEPS[step].role))
    news = OutboxMessage.objects.filter(kind="step", step=record)
    assert set(news.values_list("recipient__username", flat=True)) == names(*own)
    assert told("follow_up") == told("reminder") == names(*own)


def test_three_queries_tell_whose_turn_every_step_is(office, django_assert_num_queries):
    _ = office.official, office.head
    with django_assert_num_queries(3):
        directory = Directory()
        for step in Step:
            directory.of_step(step, office.agency.pk, office.official.pk)
