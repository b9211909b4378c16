"""An open step may be somebody's: taken, given, given back; and it ends with the step."""

from __future__ import annotations

import uuid

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import ModelLogEntry

from pengaduan_app import actions
from pengaduan_app.models import Complaint, OutboxMessage, StepRecord
from pengaduan_app.procedure.sop import OPEN_STEP, STEPS, Role, State
from tests.support.factories import AgencyFactory, staff
from tests.support.process import open_record, write_answer

STOCK = [state for state in OPEN_STEP if not state.startswith("correction")]
NOT_STUDIED = [state for state in STOCK if state != State.STUDY]


def fresh(complaint) -> Complaint:
    return Complaint.objects.get(pk=complaint.pk)


def told(kind: str) -> set[str]:
    rows = OutboxMessage.objects.filter(kind=kind)
    return set(rows.values_list("recipient__username", flat=True))


def colleague_of(office, state):
    return staff(STEPS[OPEN_STEP[state]].role, office.agency)


def holder(office, state):
    return office.person(STEPS[OPEN_STEP[state]].role)


def nobodys(complaint, office):
    """A study comes with its official, who gives it back first."""
    if complaint.state == State.STUDY:
        actions.release(complaint.pk, office.official)
    return complaint


@pytest.mark.parametrize("state", STOCK)
def test_who_takes_a_step_has_it_until_they_give_it_back(office, state):
    complaint, person = nobodys(office.complaint(to=state), office), holder(office, state)
    ledger = list(complaint.steps.values())
    taken = actions.take(complaint.pk, person)
    assert (taken.holder, taken.state) == (person, state)
    assert fresh(complaint).assigned_at is not None
    actions.release(complaint.pk, person)
    assert (fresh(complaint).holder, fresh(complaint).assigned_at) == (None, None)
    assert list(complaint.steps.values()) == ledger, "No step began, none ended."
    entries = ModelLogEntry.objects.for_instance(complaint).order_by("pk")
    last = [(entry.action, entry.user, entry.data["person"]) for entry in list(entries)[-2:]]
    assert last == [
        ("pengaduan_app.take", person, person.pk),
        ("pengaduan_app.release", person, None),
    ]


@pytest.mark.parametrize("state", [State.RECEIVED, State.STUDY, State.EDITING])
def test_a_step_that_somebody_has_is_given_and_never_taken(office, state):
    complaint, person = nobodys(office.complaint(to=state), office), holder(office, state)
    colleague = colleague_of(office, state)
    OutboxMessage.objects.all().delete()
    actions.take(complaint.pk, person)
    with pytest.raises(actions.NotNow, match="sudah Anda pegang"):
        actions.take(complaint.pk, person)
    with pytest.raises(actions.NotNow, match=person.get_full_name()):
        actions.take(complaint.pk, colleague)
    assert actions.give(complaint.pk, colleague, colleague).holder == colleague
    assert told("step") == set(), "One's own doing is no news."
    actions.give(complaint.pk, colleague, person)
    assert told("step") == {person.username}


def test_a_step_that_is_given_back_is_told_to_the_others_of_its_role(office):
    complaint, others = office.complaint(to=State.STUDY), [staff(Role.OFFICIAL, office.agency)]
    OutboxMessage.objects.all().delete()
    actions.release(complaint.pk, office.official)
    assert told("step") == {person.username for person in others}


def test_the_official_in_charge_is_the_holder_of_the_study_and_there_is_no_other_truth(office):
    complaint, second = office.complaint(to=State.STUDY), staff(Role.OFFICIAL, office.agency)
    assert fresh(complaint).holder == office.official == fresh(complaint).official
    given = actions.give(complaint.pk, office.head, second)
    assert (given.official, given.assignee, given.holder) == (second, None, second)
    write_answer(complaint, second)
    actions.approve(complaint.pk, second)
    assert fresh(complaint).holder is None, "The head's step is nobody's yet."
    actions.send_back(complaint.pk, office.head, "Mohon dilengkapi.")
    assert fresh(complaint).holder == second
    assert fresh(complaint).assigned_at == open_record(complaint).started_at


@pytest.mark.parametrize("state", [State.RECEIVED, State.VERIFIED, State.STUDY, State.ENTRY])
def test_the_head_gives_steps_to_the_agencys_people_but_takes_none(office, state):
    complaint, colleague = office.complaint(to=state), colleague_of(office, state)
    assert actions.give(complaint.pk, office.head, colleague).holder == colleague
    assert actions.release(complaint.pk, office.head).holder is None
    with pytest.raises(actions.NotYours):
        actions.take(complaint.pk, office.head)


def test_nobody_gets_a_step_whose_role_they_do_not_have_there(office, other_office):
    complaint = office.complaint(to=State.VERIFIED)
    left = staff(Role.OPERATOR, office.agency)
    left.is_active = False
    left.save()
    for stranger in (office.official, other_office.operator, office.editor, left):
        again = get_user_model().objects.get(pk=stranger.pk)
        with pytest.raises(actions.NotNow, match="peran langkah ini"):
            actions.give(complaint.pk, office.operator, again)
    assert fresh(complaint).holder is None


@pytest.mark.parametrize("state", NOT_STUDIED)
def test_a_colleague_may_do_it_all_the_same_and_the_ledger_says_whose_it_was(office, state):
    complaint, doer = office.complaint(to=state), holder(office, state)
    colleague = colleague_of(office, state)
    actions.give(complaint.pk, doer, colleague)
    following = {State.ROUTING: State.RECEIVED, State.PUBLICATION: State.PUBLISHED}
    done = open_record(complaint).pk
    office._step(complaint, following.get(state, State.PUBLISHED))
    row = StepRecord.objects.get(pk=done)
    assert (row.finished_by, row.assigned_to, row.holder) == (doer, colleague, colleague)
    assert fresh(complaint).assignee is None, "The next step is nobody's."


def test_what_is_sent_back_is_again_whose_it_was(office):
    complaint, editor = office.complaint(to=State.EDITING), staff(Role.EDITOR)
    actions.give(complaint.pk, office.editor, editor)
    office.advance(complaint, State.PUBLICATION)
    actions.take(complaint.pk, office.coordinator)
    actions.send_back(complaint.pk, office.coordinator, "Mohon judulnya diperbaiki.")
    assert fresh(complaint).holder == editor
    news = OutboxMessage.objects.filter(step=open_record(complaint), kind="step")
    assert [row.recipient for row in news] == [editor]


def test_it_is_nobodys_if_they_have_left_that_desk_meanwhile(office):
    complaint, editor = office.complaint(to=State.EDITING), staff(Role.EDITOR)
    actions.give(complaint.pk, office.editor, editor)
    office.advance(complaint, State.PUBLICATION)
    editor.groups.clear()
    actions.send_back(complaint.pk, office.coordinator, "Mohon judulnya diperbaiki.")
    assert fresh(complaint).holder is None


def joined(complaint, office):
    actions.duplicate(complaint.pk, office.operator, office.complaint(to=State.STUDY))


def withdrawn(complaint, office):
    actions.retract(complaint.pk, uuid.uuid4())


def transferred(complaint, office):
    actions.misrouted(complaint.pk, office.operator, "Bukan kewenangan kami.")
    actions.take(complaint.pk, office.admin)
    actions.transfer(complaint.pk, office.admin, AgencyFactory())


@pytest.mark.parametrize("way", [joined, withdrawn, transferred])
def test_an_assignment_ends_wherever_the_complaint_goes(office, way):
    complaint = office.complaint(to=State.VERIFIED)
    actions.take(complaint.pk, office.operator)
    way(complaint, office)
    now = fresh(complaint)
    assert (now.holder, now.assignee, now.assigned_at) == (None, None, None)


def test_a_reopened_complaint_is_again_its_officials_and_no_longer_the_coordinators(office):
    complaint = office.complaint(to=State.PUBLICATION)
    actions.take(complaint.pk, office.coordinator)
    office.advance(complaint, State.PUBLISHED)
    actions.reopen(complaint.pk, uuid.uuid4(), "Lampunya padam lagi.")
    now = fresh(complaint)
    assert (now.holder, now.assignee) == (office.official, None)


def test_an_old_form_gives_no_step_that_it_was_not_opened_for(office):
    complaint = office.complaint(to=State.RECEIVED)
    seen = open_record(complaint).pk
    actions.verify(complaint.pk, office.operator)
    for action in (
        lambda: actions.take(complaint.pk, office.operator, seen=seen),
        lambda: actions.give(complaint.pk, office.operator, office.operator, seen=seen),
    ):
        with pytest.raises(actions.NotNow, match="langkah"):
            action()
