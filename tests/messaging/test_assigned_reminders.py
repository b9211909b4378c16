"""Reminders follow whose the step is, and then go to all of its role."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest
import time_machine

from pengaduan_app import actions, tasks
from pengaduan_app.models import OutboxMessage, StepRecord
from pengaduan_app.procedure.sop import Role, State, Step
from tests.support.factories import staff
from tests.support.process import open_record


@pytest.fixture
def clock():
    with time_machine.travel(datetime(2026, 2, 23, 2, 0, tzinfo=UTC), tick=False) as frozen:
        yield frozen


def told(kind: str) -> set[str]:
    rows = OutboxMessage.objects.filter(kind=kind)
    return set(rows.values_list("recipient__username", flat=True))


def test_the_assigned_one_is_reminded_first_and_then_all_of_the_role(office, clock):
    colleague, complaint = staff(Role.EDITOR), office.complaint(to=State.EDITING)
    actions.take(complaint.pk, office.editor)
    record = open_record(complaint)
    clock.move_to(record.started_at + (record.due_at - record.started_at) * 4 / 5)
    tasks.send_reminders()
    assert told("reminder") == {office.editor.username}
    clock.move_to(record.due_at)
    tasks.send_reminders()
    assert told("reminder") == {office.editor.username, colleague.username}


@pytest.mark.parametrize("reason", ["inactive", "no address"])
def test_where_the_assigned_one_cannot_be_reached_all_are_reminded(office, clock, reason):
    colleague, person = staff(Role.EDITOR), office.editor
    complaint = office.complaint(to=State.EDITING)
    actions.take(complaint.pk, person)
    person.is_active, person.email = reason != "inactive", "" if reason != "inactive" else "a@b.id"
    person.save()
    record = open_record(complaint)
    clock.move_to(record.started_at + (record.due_at - record.started_at) * 4 / 5)
    tasks.send_reminders()
    assert told("reminder") == {colleague.username}


def test_what_the_reporter_writes_goes_to_whose_step_it_is(office):
    staff(Role.OPERATOR, office.agency)
    complaint = office.complaint(to=State.VERIFIED)
    actions.take(complaint.pk, office.operator)
    actions.inform(complaint.pk, uuid.uuid4(), "Tiangnya nomor 12.")
    assert told("follow_up") == {office.operator.username}


def test_the_coordinators_own_step_beside_it_is_nobodys(office, clock):
    """C1 opens while the agency's step goes on, and isn't the operator's."""
    complaint = office.complaint(to=State.VERIFIED)
    actions.take(complaint.pk, office.operator)
    clock.move_to(open_record(complaint).due_at)
    tasks.send_reminders()
    (c1,) = StepRecord.objects.filter(complaint=complaint, step=Step.C1)
    assert c1.holder is None
