"""The ways through the procedure beside the usual one, each to its end."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from pengaduan_app import actions
from pengaduan_app.actions import NotNow, NotYours
from pengaduan_app.models import AgencyPage, Complaint, ComplaintPage
from pengaduan_app.procedure.sop import Action, Ground, Role, State
from tests.support.factories import AgencyFactory, submit
from tests.support.process import ANSWER, is_in_step, ledger_of, may_edit, open_record, page_of

STOCK = (State.VERIFIED, State.DECISION, State.ENTRY, State.EDITING)

START = datetime(2026, 2, 23, 0, 30, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def minutes(number):
    return timedelta(minutes=number)


# Direct answer (A4) and misrouted (A3): alternatives to A2, each with its own limit.


@pytest.mark.parametrize(
    ("taken", "late"), [(119, False), (120, False), (121, True), (23 * 60, True)]
)
def test_a_direct_answer_is_judged_by_the_limit_of_a4(office, clock, taken, late):
    complaint = office.complaint(to=State.VERIFIED)
    clock.shift(minutes(taken))
    actions.answer(complaint.pk, office.operator, ANSWER)
    record = complaint.steps.get(step="A2")
    assert (record.judged_step, record.outcome) == ("A4", "answered")
    assert record.judged_due_at == START + minutes(120)
    assert record.was_late is late


def test_a_direct_answer_skips_the_agency_and_reaches_the_website(office):
    complaint = office.complaint(to=State.VERIFIED)
    actions.answer(complaint.pk, office.operator, ANSWER)
    complaint.refresh_from_db()
    assert complaint.state == State.EDITING
    assert is_in_step(complaint)
    office.advance(complaint, State.PUBLISHED)
    assert ledger_of(complaint) == [
        ("A1", "done"),
        ("A4", "answered"),
        ("B1", "done"),
        ("B2", "published"),
    ]
    assert page_of(complaint).live
    assert page_of(complaint).answer == ANSWER


def test_a_direct_answer_without_words_is_refused(office):
    complaint = office.complaint(to=State.VERIFIED)
    with pytest.raises(NotNow):
        actions.answer(complaint.pk, office.operator, "<p>&nbsp;\u200b</p>")
    assert ledger_of(complaint)[-1] == ("A2", "")


@pytest.mark.parametrize(("taken", "late"), [(60, False), (61, True), (119, True)])
def test_reporting_a_complaint_misrouted_is_judged_by_the_limit_of_a3(office, clock, taken, late):
    complaint = office.complaint(to=State.VERIFIED)
    clock.shift(minutes(taken))
    actions.misrouted(complaint.pk, office.operator, "Bukan kewenangan kami.")
    record = complaint.steps.get(step="A2")
    assert (record.judged_step, record.outcome) == ("A3", "misrouted")
    assert record.was_late is late
    opened = open_record(complaint)
    assert (opened.step, opened.due_at) == ("C2", START + minutes(taken + 60))


# Coordination (A7): the other agency works along while it lasts, and no longer.


def test_a_called_agency_sees_and_edits_only_while_coordination_lasts(office, other_office):
    complaint = office.complaint(to=State.DECISION)
    guest = other_office.official

    def guest_has_it():
        complaint.refresh_from_db()
        seen = Complaint.objects.visible_to(guest).filter(pk=complaint.pk).exists()
        return seen, may_edit(guest, complaint)

    assert guest_has_it() == (False, False)
    actions.coordinate(complaint.pk, office.head, [other_office.agency], "Mohon data.")
    assert guest_has_it() == (True, True)
    assert not may_edit(office.official, complaint)
    actions.approve(complaint.pk, office.head)
    assert guest_has_it() == (False, False)


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.HEAD])
def test_coordination_opens_the_page_to_the_called_officials_alone(office, other_office, role):
    complaint = office.complaint(to=State.DECISION)
    actions.coordinate(complaint.pk, office.head, [other_office.agency])
    assert not may_edit(other_office.person(role), complaint)


def test_a_called_official_contributes_but_does_not_decide(office, other_office):
    complaint = office.complaint(to=State.DECISION)
    actions.coordinate(complaint.pk, office.head, [other_office.agency])
    with pytest.raises(NotYours):
        actions.approve(complaint.pk, other_office.official)
    office.advance(complaint, State.PUBLISHED)
    assert ("A6", "coordinated") in ledger_of(complaint)
    assert ("A7", "done") in ledger_of(complaint)


def test_coordination_needs_another_agency(office):
    complaint = office.complaint(to=State.DECISION)
    with pytest.raises(NotNow):
        actions.coordinate(complaint.pk, office.head, [office.agency])
    assert is_in_step(complaint)


# Misrouted with a draft already there (A3, C2, A1 elsewhere).


@pytest.fixture
def moved(office, other_office):
    """A complaint that the head had on the desk when it turned out to be another agency's."""
    complaint = office.complaint(to=State.DECISION)
    actions.misrouted(complaint.pk, office.operator, "Jalan provinsi.", other_office.agency)
    assert is_in_step(complaint)
    actions.transfer(complaint.pk, office.admin, other_office.agency)
    complaint.refresh_from_db()
    return complaint


def test_a_draft_moves_into_the_section_of_the_right_agency(moved, office, other_office):
    page = page_of(moved)
    assert page.get_parent().specific == AgencyPage.objects.get(agency=other_office.agency)
    assert page.agency == page.get_latest_revision_as_object().agency == other_office.agency
    assert not page.workflow_in_progress
    assert not page.live
    assert moved.bounces == 1
    assert moved.official is None


def test_the_wrong_agency_no_longer_sees_what_was_moved(moved, office, other_office):
    for old, new in zip(
        (office.operator, office.official, office.head),
        (other_office.operator, other_office.official, other_office.head),
        strict=True,
    ):
        assert not Complaint.objects.visible_to(old).filter(pk=moved.pk).exists()
        assert not page_of(moved).permissions_for_user(old).can_edit()
        assert Complaint.objects.visible_to(new).filter(pk=moved.pk).exists()


def test_a_moved_complaint_starts_again_at_a1_and_reaches_the_website(moved, other_office):
    assert (moved.state, moved.agency) == (State.RECEIVED, other_office.agency)
    assert open_record(moved).agency == other_office.agency
    other_office.advance(moved, State.PUBLISHED)
    steps = [step for step, _outcome in ledger_of(moved)]
    assert steps == ["A1", "A2", "A5", "A6", "C2", "A1", "A2", "A5", "A6", "A8", "B1", "B2"]
    assert page_of(moved).live
    assert page_of(moved).agency == other_office.agency


def test_a_draft_can_come_back_to_the_agency_that_sent_it_away(moved, office, other_office):
    other_office.advance(moved, State.ROUTING)
    actions.transfer(moved.pk, office.admin, office.agency)
    moved.refresh_from_db()
    assert (moved.agency, moved.bounces) == (office.agency, 2)
    assert page_of(moved).get_parent().specific.agency == office.agency
    office.advance(moved, State.PUBLISHED)


def test_a_complaint_without_agency_waits_for_the_administrator_first(office):
    complaint = submit(None).complaint
    record = open_record(complaint)
    assert (complaint.state, record.step, record.agency) == (State.ROUTING, "C2", None)
    actions.transfer(complaint.pk, office.admin, office.agency)
    complaint.refresh_from_db()
    # Choosing for the citizen is no mistake of any agency.
    assert (complaint.state, complaint.bounces) == (State.RECEIVED, 0)
    office.advance(complaint, State.PUBLISHED)


def test_an_agency_that_takes_no_complaints_can_not_be_chosen(office):
    complaint = office.complaint(to=State.ROUTING)
    closed = AgencyFactory(active=False)
    with pytest.raises(NotNow):
        actions.transfer(complaint.pk, office.admin, closed)
    complaint.refresh_from_db()
    assert (complaint.agency, complaint.bounces) == (office.agency, 0)
    assert is_in_step(complaint)


# Sent back: a new row for the role that redoes it, and on to the website after all.

SENT_BACK = [
    (State.STUDY, Role.OFFICIAL, "A5", "A2"),
    (State.DECISION, Role.HEAD, "A6", "A5"),
    (State.COORDINATION, Role.HEAD, "A7", "A5"),
    (State.ENTRY, Role.OPERATOR, "A8", "A6"),
    (State.EDITING, Role.EDITOR, "B1", "A8"),
    (State.PUBLICATION, Role.COORDINATOR, "B2", "B1"),
]


@pytest.mark.parametrize(("state", "role", "left", "redone"), SENT_BACK)
def test_what_is_sent_back_is_redone_and_still_reaches_the_website(
    office, state, role, left, redone
):
    complaint = office.complaint(to=state)
    rows = complaint.steps.count()
    actions.send_back(complaint.pk, office.person(role), "Mohon dilengkapi.")
    assert ledger_of(complaint)[rows - 1 :] == [(left, "sent_back"), (redone, "")]
    assert complaint.steps.get(outcome="sent_back").note == "Mohon dilengkapi."
    assert is_in_step(complaint)
    complaint.refresh_from_db()
    while complaint.is_open:
        office.advance(complaint, office_next(complaint))
        assert is_in_step(complaint)
    assert complaint.state == State.PUBLISHED
    assert page_of(complaint).live


def office_next(complaint):
    """The next state of the usual way."""
    usual = (
        State.VERIFIED,
        State.STUDY,
        State.DECISION,
        State.ENTRY,
        State.EDITING,
        State.PUBLICATION,
        State.PUBLISHED,
    )
    return usual[usual.index(State(complaint.state)) + 1]


def test_sending_back_needs_words(office):
    complaint = office.complaint(to=State.EDITING)
    with pytest.raises(NotNow):
        actions.send_back(complaint.pk, office.editor, "  ")
    assert is_in_step(complaint)


def test_a_direct_answer_sent_back_by_the_editor_waits_for_the_operator(office):
    complaint = office.complaint(to=State.VERIFIED)
    actions.answer(complaint.pk, office.operator, ANSWER)
    actions.send_back(complaint.pk, office.editor, "Mohon diperjelas.")
    complaint.refresh_from_db()
    assert complaint.state == State.ENTRY
    assert is_in_step(complaint)
    assert may_edit(office.operator, complaint)
    office.advance(complaint, State.PUBLISHED)


# Endings without an answer.


@pytest.mark.parametrize("state", [State.RECEIVED, State.VERIFIED])
@pytest.mark.parametrize("ground", list(Ground))
def test_a_complaint_is_declined_for_one_of_three_grounds(office, state, ground):
    complaint = office.complaint(to=state)
    actions.decline(complaint.pk, office.operator, ground, "Mohon maaf.")
    complaint.refresh_from_db()
    assert (complaint.state, complaint.ground) == (State.DECLINED, ground)
    assert complaint.closed_at is not None
    assert ledger_of(complaint)[-1][1] == "declined"
    assert not ComplaintPage.objects.filter(complaint=complaint).exists()


def test_no_other_ground_for_declining_exists(office):
    complaint = office.complaint()
    with pytest.raises(ValueError, match="tidak lengkap"):
        actions.decline(complaint.pk, office.operator, "tidak lengkap")
    assert is_in_step(complaint)


@pytest.mark.parametrize("state", [State.RECEIVED, State.VERIFIED])
def test_a_supervisory_complaint_is_referred_and_closed(office, state):
    complaint = office.complaint(to=state)
    actions.refer(complaint.pk, office.operator, "Diteruskan ke inspektorat.")
    complaint.refresh_from_db()
    assert complaint.state == State.REFERRED
    assert ledger_of(complaint)[-1][1] == "referred"
    # It can be undone for ten minutes, and nothing else.
    for action in set(Action) - {Action.UNDO}:
        with pytest.raises(NotNow):
            actions.check(complaint, action, office.operator)
