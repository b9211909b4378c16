"""Whom the desk passes a complaint on to (SOP A2, A3, C2), and what it takes along."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from pengaduan_app import actions
from pengaduan_app.actions import NotNow
from pengaduan_app.models import ComplaintPage, OutboxMessage, StepLimit
from pengaduan_app.procedure.sop import Ground, Role, State, Step
from tests.support.crowd import superuser
from tests.support.factories import AgencyFactory, UserFactory, staff, submit
from tests.support.process import is_in_step, ledger_of, open_record, page_of

STOCK = (State.VERIFIED,)

REASON = "Bukan kewenangan kami."


def standing(complaint) -> tuple:
    """All that a refused action must leave as it was."""
    complaint.refresh_from_db()
    return (
        complaint.state,
        complaint.official,
        complaint.agency,
        ledger_of(complaint),
        ComplaintPage.objects.filter(complaint=complaint).exists(),
        OutboxMessage.objects.count(),
    )


# A2: to the official in charge.


def test_a_complaint_is_forwarded_to_an_official_of_its_agency_and_nobody_else(
    office, other_office
):
    """Who can't act on it would be the only one who is told of it."""
    complaint = office.complaint(to=State.VERIFIED)
    others = {
        "the operator": office.operator,
        "the head": office.head,
        "another agency's official": other_office.official,
        "an official without an agency": staff(Role.OFFICIAL),
        "a colleague without a role": UserFactory(agency=office.agency),
        "an official who has left": UserFactory(
            role=Role.OFFICIAL, agency=office.agency, is_active=False
        ),
        "the coordinator": office.coordinator,
        "a superuser": superuser(),
        "nobody": None,
    }
    before = standing(complaint)
    taken = []
    for who, person in others.items():
        try:
            actions.forward(complaint.pk, office.operator, person)
        except NotNow:
            continue
        taken.append(who)
    assert taken == []
    assert standing(complaint) == before
    actions.forward(complaint.pk, office.operator, office.official)
    assert is_in_step(complaint)


def test_an_official_of_two_agencies_is_an_official_of_either(office, other_office):
    shared = staff(Role.OFFICIAL, office.agency)
    shared.groups.add(other_office.agency.group)
    for place in (office, other_office):
        complaint = place.complaint(to=State.VERIFIED)
        actions.forward(complaint.pk, place.operator, shared)
        complaint.refresh_from_db()
        assert complaint.official == shared


def test_the_note_of_the_forwarding_stands_with_the_step_that_it_ended(office):
    complaint = office.complaint(to=State.VERIFIED)
    actions.forward(complaint.pk, office.operator, office.official, "Mohon ditinjau ke lokasi.")
    notes = dict(complaint.steps.values_list("step", "note"))
    assert notes == {"A1": "", "A2": "Mohon ditinjau ke lokasi.", "A5": ""}


# A3 and C2: to the right agency.


def test_reporting_it_misrouted_needs_a_reason(office):
    complaint = office.complaint(to=State.VERIFIED)
    for reason in ("", "  \n"):
        with pytest.raises(NotNow):
            actions.misrouted(complaint.pk, office.operator, reason)
    assert is_in_step(complaint)


def test_the_reason_and_the_named_agency_reach_the_administrator(office, other_office):
    complaint = office.complaint(to=State.VERIFIED)
    actions.misrouted(complaint.pk, office.operator, REASON, other_office.agency)
    complaint.refresh_from_db()
    assert complaint.suggested_agency == other_office.agency
    note = complaint.steps.get(judged_as="A3").note
    assert note == f"{other_office.agency.short_name}: {REASON}"


def test_a_second_report_does_not_keep_the_first_ones_suggestion(office, other_office):
    complaint = office.complaint(to=State.VERIFIED)
    actions.misrouted(complaint.pk, office.operator, REASON, other_office.agency)
    actions.transfer(complaint.pk, office.admin, office.agency)
    actions.verify(complaint.pk, office.operator)
    actions.misrouted(complaint.pk, office.operator, REASON)
    complaint.refresh_from_db()
    assert complaint.suggested_agency is None


def test_after_a_transfer_the_study_is_nobodys_of_the_old_agency(office, other_office):
    """The official of the wrong agency must not be told of the right one's steps."""
    complaint = office.complaint(to=State.STUDY)
    actions.misrouted(complaint.pk, office.operator, REASON)
    actions.transfer(complaint.pk, office.admin, other_office.agency)
    complaint.refresh_from_db()
    told = OutboxMessage.objects.filter(recipient=office.official).count()
    other_office.advance(complaint, State.STUDY)
    assert complaint.official == other_office.official
    assert OutboxMessage.objects.filter(recipient=office.official).count() == told


def test_choosing_the_first_agency_is_no_mistake_of_any_and_each_later_one_is(office):
    complaint = submit(None).complaint
    counted = []
    for number in range(3):
        actions.transfer(complaint.pk, office.admin, office.agency if number % 2 else other())
        complaint.refresh_from_db()
        counted.append(complaint.bounces)
        place = staff(Role.OPERATOR, complaint.agency)
        actions.verify(complaint.pk, place)
        actions.misrouted(complaint.pk, place, REASON)
    assert counted == [0, 1, 2]


def other():
    """An agency that has just been added."""
    return AgencyFactory()


def test_a_transfer_gives_the_right_agency_the_whole_of_a1(office, other_office):
    complaint = office.complaint(to=State.ROUTING)
    actions.transfer(complaint.pk, office.admin, other_office.agency, "Lampu milik Anda.")
    record = open_record(complaint)
    assert (record.step, record.agency, record.note) == ("A1", other_office.agency, "")
    assert (record.due_at - record.started_at).total_seconds() == 30 * 60
    assert complaint.steps.get(step="C2").note == "Lampu milik Anda."


def test_misrouted_is_judged_by_the_limit_that_was_in_force_when_the_step_began(office):
    """A shorter one that holds from noon on makes nobody late who began in the morning."""
    began = datetime(2026, 2, 23, 2, 30, tzinfo=UTC)
    with time_machine.travel(began, tick=False) as clock:
        complaint = office.complaint(to=State.VERIFIED)
        StepLimit.objects.create(step=Step.A3, minutes=5, valid_from=began + timedelta(minutes=10))
        clock.shift(timedelta(minutes=30))
        actions.misrouted(complaint.pk, office.operator, REASON)
    record = complaint.steps.get(judged_as="A3")
    assert (record.judged_due_at, record.late) == (began + timedelta(minutes=60), False)


# The side exits.


def test_the_ground_and_the_words_of_a_refusal_are_kept_for_the_reporter(office):
    complaint = office.complaint(to=State.VERIFIED)
    actions.decline(complaint.pk, office.operator, Ground.UNETHICAL, "Mohon tanpa makian.")
    complaint.refresh_from_db()
    assert (complaint.ground, complaint.message) == ("unethical", "Mohon tanpa makian.")
    assert complaint.closed_at is not None
    assert not complaint.steps.open().exists()


def test_what_is_referred_has_no_ground_and_is_closed_with_its_words(office):
    complaint = office.complaint(to=State.VERIFIED)
    actions.refer(complaint.pk, office.operator, "Inspektorat menanganinya.")
    complaint.refresh_from_db()
    assert (complaint.ground, complaint.message) == ("", "Inspektorat menanganinya.")
    assert complaint.closed_at is not None


def test_an_open_complaint_has_no_moment_at_which_it_was_closed(office):
    complaint = office.complaint(to=State.PUBLICATION)
    assert complaint.closed_at is None
    office.advance(complaint, State.PUBLISHED)
    assert complaint.closed_at is not None


def test_who_is_only_called_to_coordinate_joins_nothing_with_that_complaint(office, other_office):
    """For a day they see another agency's complaint; it is not theirs to answer with."""
    seen = other_office.complaint(to=State.DECISION)
    actions.coordinate(seen.pk, other_office.head, [office.agency])
    mine = office.complaint()
    with pytest.raises(NotNow):
        actions.duplicate(mine.pk, office.operator, seen)
    assert is_in_step(mine)


def test_a_complaint_may_join_one_whose_answer_is_already_on_the_website(office):
    answered, asked = office.complaint(to=State.PUBLISHED), office.complaint()
    actions.duplicate(asked.pk, office.operator, answered)
    asked.refresh_from_db()
    assert (asked.state, asked.answer_holder) == (State.DUPLICATE, answered)


def test_a_private_answer_can_not_be_followed_by_others(office):
    """It was given to one person, and nobody else may read it."""
    private, asked = office.complaint(to=State.ANSWERED_PRIVATELY), office.complaint()
    with pytest.raises(NotNow):
        actions.duplicate(asked.pk, office.operator, private)
    assert is_in_step(asked)
    assert page_of(private).live is False
