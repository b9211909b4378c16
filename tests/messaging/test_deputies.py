"""While somebody is on leave, what waits for them is shown and told to their deputy."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from pengaduan_app import actions, tasks
from pengaduan_app.messaging import Directory
from pengaduan_app.models import Absence, OutboxMessage, acting_for
from pengaduan_app.procedure.sop import Role, State, Step
from tests.support.factories import staff
from tests.support.process import open_record

# Half past seven in the morning, by the city's clock.
START = datetime(2026, 2, 23, 0, 30, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as frozen:
        yield frozen


def away(person, deputy, first: int = 0, last: int = 0) -> Absence:
    today, day = timezone.localdate(), timedelta(days=1)
    return Absence.objects.create(
        person=person, deputy=deputy, first_day=today + first * day, last_day=today + last * day
    )


def told(kind: str) -> set[str]:
    rows = OutboxMessage.objects.filter(kind=kind)
    return set(rows.values_list("recipient__username", flat=True))


def names(*people) -> set[str]:
    return {person.username for person in people}


@pytest.mark.parametrize(
    ("deputies", "acts"),
    [
        ({}, 1),
        ({1: 2}, 2),
        ({1: 2, 2: 3}, 3),
        ({1: 2, 2: 1}, None),
        ({1: 2, 2: 3, 3: 2}, None),
        ({2: 3}, 1),
    ],
)
def test_the_first_in_the_chain_who_is_there_acts(deputies, acts):
    assert acting_for(1, deputies) == acts


def test_the_deputy_is_told_and_reminded_of_what_the_absent_one_has(office, clock):
    second, third = (staff(Role.OFFICIAL, office.agency) for _number in range(2))
    away(office.official, second)
    complaint = office.complaint(to=State.STUDY)
    assert told("step") & names(office.official, second, third) == names(second)
    record = open_record(complaint)
    clock.move_to(record.started_at + (record.due_at - record.started_at) * 4 / 5)
    away(office.official, second, last=1)
    tasks.send_reminders()
    assert told("reminder") == names(second)


def test_a_step_given_to_somebody_on_leave_is_told_to_the_deputy(office, clock):
    second = staff(Role.EDITOR)
    complaint = office.complaint(to=State.EDITING)
    away(office.editor, second)
    OutboxMessage.objects.all().delete()
    actions.give(complaint.pk, office.coordinator, office.editor)
    assert told("step") == names(second)


@pytest.mark.parametrize(
    ("hours", "is_away"),
    # Today is the only day of leave: from midnight to midnight by the city's clock.
    [(-8, False), (-7, True), (0, True), (16, True), (17, False)],
)
def test_the_first_and_the_last_day_belong_to_the_leave(office, clock, hours, is_away):
    second = staff(Role.OFFICIAL, office.agency)
    away(office.official, second)
    clock.move_to(START.replace(minute=0) + timedelta(hours=hours))
    people = Directory().of_step(Step.A5, office.agency.pk, office.official.pk)
    assert people == {(second if is_away else office.official).pk}


def test_a_chain_goes_on_and_a_circle_ends_with_all(office, clock):
    second, third = (staff(Role.OFFICIAL, office.agency) for _number in range(2))
    away(office.official, second)
    away(second, third)
    seen = (Step.A5, office.agency.pk, office.official.pk)
    assert Directory().of_step(*seen) == {third.pk}
    away(third, office.official)
    everybody = {office.official.pk, second.pk, third.pk}
    assert Directory().of_step(*seen) == everybody, "Nobody of the role is there."


def left(deputy, office):
    deputy.groups.clear()


def deactivated(deputy, office):
    deputy.is_active = False
    deputy.save()


def without_address(deputy, office):
    deputy.email = ""
    deputy.save()


@pytest.mark.parametrize("way", [left, deactivated, without_address])
def test_where_the_deputy_cannot_be_told_the_others_are(office, clock, way):
    second, third = (staff(Role.OFFICIAL, office.agency) for _number in range(2))
    away(office.official, second)
    way(second, office)
    people = Directory().of_step(Step.A5, office.agency.pk, office.official.pk)
    assert people == {third.pk}


def test_what_is_told_to_a_whole_role_leaves_out_who_is_on_leave(office, clock):
    second = staff(Role.OPERATOR, office.agency)
    away(office.operator, second)
    office.complaint(to=State.RECEIVED)
    assert told("step") == names(second)


def test_a_deputy_gets_nothing_of_a_desk_where_they_do_not_sit(office, clock):
    """The absent one is official and operator, the deputy an operator."""
    office.official.groups.add(*office.operator.groups.all())
    third = staff(Role.OFFICIAL, office.agency)
    away(office.official, office.operator)
    office.complaint(to=State.STUDY)
    news = OutboxMessage.objects.filter(kind="step", step__step="A5")
    assert {row.recipient for row in news} == {third}
