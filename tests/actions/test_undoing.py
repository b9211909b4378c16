"""A slip of the operator's is taken back for ten minutes, while nobody has been told."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from pengaduan_app import actions, tasks
from pengaduan_app.models import Complaint, NextReminder, OutboxMessage, StepRecord, UndoableEnd
from pengaduan_app.procedure import Action, Ground, State, labels
from pengaduan_app.publication import timeline_of
from tests.support.factories import REPORTER, submit
from tests.support.process import is_in_step, ledger_of, open_record
from tests.support.waiting import deliver_all

MINUTE = timedelta(minutes=1)
ENDS = {
    "decline": lambda office, pk: actions.decline(pk, office.operator, Ground.SARA, "Maaf."),
    "refer": lambda office, pk: actions.refer(pk, office.operator, "Silakan ke sana."),
    "duplicate": lambda office, pk: actions.duplicate(
        pk, office.operator, office.complaint(to=State.STUDY)
    ),
}
every_end = pytest.mark.parametrize("end", ENDS)


def waiting(complaint) -> list[str]:
    """What its reporter would still be told, besides that it came in."""
    mine = OutboxMessage.objects.unsent().filter(complaint=complaint, recipient=None)
    return [message.kind for message in mine if message.kind != "received"]


@pytest.fixture
def ended(office):
    """`ended("decline")`: a complaint that an operator has just ended by mistake."""

    def _ended(end: str, at: State = State.VERIFIED) -> Complaint:
        complaint = office.complaint(to=at)
        ENDS[end](office, complaint.pk)
        complaint.refresh_from_db()
        return complaint

    return _ended


@every_end
@pytest.mark.parametrize("before", [State.RECEIVED, State.VERIFIED])
def test_it_stands_again_where_it_stood_and_its_reporter_is_told_nothing(
    office, ended, mailoutbox, end, before
):
    complaint = ended(end, before)
    assert len(waiting(complaint)) == 1
    actions.undo(complaint.pk, office.operator)
    complaint.refresh_from_db()
    assert complaint.state == before
    assert (complaint.closed_at, complaint.ground, complaint.message) == (None, "", "")
    assert complaint.duplicate_of is None
    assert is_in_step(complaint)
    deliver_all()
    letters = [mail for mail in mailoutbox if complaint.ticket in mail.subject]
    # That it came in, and no more.
    assert len([mail for mail in letters if mail.to == [REPORTER.email]]) == 1


@every_end
def test_the_step_goes_on_by_the_same_clock_and_the_ledger_keeps_both_rows(office, ended, end):
    with time_machine.travel(timezone.now() - 3 * MINUTE, tick=False):
        complaint = office.complaint(to=State.VERIFIED)
        first = open_record(complaint)
    ENDS[end](office, complaint.pk)
    actions.undo(complaint.pk, office.operator)
    again, closed = open_record(complaint), StepRecord.objects.get(pk=first.pk)
    assert again.pk != first.pk
    assert (again.started_at, again.due_at) == (first.started_at, first.due_at)
    assert (again.limit_minutes, again.clock) == (first.limit_minutes, first.clock)
    assert NextReminder.objects.filter(step=again).exists()
    outcome = labels.OUTCOMES[closed.outcome]
    assert ledger_of(complaint)[-2:] == [("A2", closed.outcome), ("A2", "")]
    # Staff see both, who pressed and that it was undone; the reporter's timeline has one A2.
    rows = complaint.steps.with_undone()
    assert [row.was_undone for row in rows] == [False, True, False]
    assert [row.step.value for row in timeline_of(complaint)] == ["A1", "A2"]
    assert str(outcome) not in [row.outcome for row in timeline_of(complaint)]


def test_an_end_that_stands_is_no_undone_one(ended):
    complaint = ended("decline")
    assert [row.was_undone for row in complaint.steps.with_undone()] == [False, False]
    assert [row.step.value for row in timeline_of(complaint)] == ["A1", "A2"]


@every_end
def test_after_ten_minutes_it_stands_and_its_reporter_is_told(office, ended, mailoutbox, end):
    complaint = ended(end)
    assert tasks.deliver_outbox() >= 1
    assert len(waiting(complaint)) == 1
    with time_machine.travel(timezone.now() + 9 * MINUTE):
        assert complaint.move_for(Action.UNDO)
    with time_machine.travel(timezone.now() + 10 * MINUTE + timedelta(seconds=1)):
        with pytest.raises(actions.NotNow, match="sepuluh menit"):
            actions.undo(complaint.pk, office.operator)
        tasks.deliver_outbox()
    assert waiting(complaint) == []
    assert any(
        complaint.ticket in mail.subject for mail in mailoutbox if mail.to == [REPORTER.email]
    )


@every_end
def test_a_message_that_a_worker_has_tried_counts_as_told(office, ended, end):
    complaint = ended(end)
    OutboxMessage.objects.filter(complaint=complaint, recipient=None).update(attempts=1)
    with pytest.raises(actions.NotNow, match="sudah diberi tahu"):
        actions.undo(complaint.pk, office.operator)
    complaint.refresh_from_db()
    assert not complaint.is_open
    assert len(waiting(complaint)) == 1


@every_end
def test_a_reporter_who_looks_has_been_told(office, client, end):
    receipt = submit(office.agency)
    ENDS[end](office, receipt.complaint.pk)
    data = {"ticket": receipt.complaint.ticket, "code": receipt.code}
    text = client.post("/lacak/", data, follow=True).content.decode()
    receipt.complaint.refresh_from_db()
    assert str(labels.STATES[State(receipt.complaint.state)]) in text
    with pytest.raises(actions.NotNow, match="sudah mengetahuinya"):
        actions.undo(receipt.complaint.pk, office.operator)


def test_a_reporter_who_loads_the_open_page_again_has_been_told(office, client):
    receipt = submit(office.agency)
    data = {"ticket": receipt.complaint.ticket, "code": receipt.code}
    client.post("/lacak/", data, follow=True)
    actions.decline(receipt.complaint.pk, office.operator, Ground.SARA)
    client.get("/lacak/aduan/")
    assert not UndoableEnd.objects.exists()


def test_looking_before_the_end_or_with_a_wrong_code_leaves_it_undoable(office, client):
    receipt = submit(office.agency)
    data = {"ticket": receipt.complaint.ticket, "code": receipt.code}
    client.post("/lacak/", data, follow=True)
    actions.decline(receipt.complaint.pk, office.operator, Ground.SARA)
    client.post("/lacak/", {**data, "code": "XXXX-XXXX"})
    assert actions.undo(receipt.complaint.pk, office.operator).state == State.RECEIVED


# Others who follow the complaint.


def test_who_was_joined_with_it_comes_back_to_it(office):
    first, second, third = (office.complaint(to=State.VERIFIED) for _number in range(3))
    actions.duplicate(first.pk, office.operator, second)
    actions.duplicate(second.pk, office.operator, third)
    actions.undo(second.pk, office.operator)
    first.refresh_from_db()
    assert first.duplicate_of == second
    assert waiting(first) == ["duplicate"]


@pytest.mark.parametrize("end", ["decline", "refer"])
def test_followers_are_told_no_sooner_and_their_look_counts(office, client, end):
    followed = office.complaint(to=State.VERIFIED)
    receipt = submit(office.agency)
    actions.duplicate(receipt.complaint.pk, office.operator, followed)
    ENDS[end](office, followed.pk)
    assert len(waiting(receipt.complaint)) == 2
    actions.undo(followed.pk, office.operator)
    assert waiting(receipt.complaint) == ["duplicate"]
    ENDS[end](office, followed.pk)
    client.post("/lacak/", {"ticket": receipt.complaint.ticket, "code": receipt.code}, follow=True)
    with pytest.raises(actions.NotNow, match="sudah mengetahuinya"):
        actions.undo(followed.pk, office.operator)


def test_a_joining_stands_once_the_other_complaint_has_ended(office):
    other, joined = office.complaint(), office.complaint()
    actions.duplicate(joined.pk, office.operator, other)
    actions.decline(other.pk, office.operator, Ground.SARA)
    with pytest.raises(actions.NotNow, match="sudah diberi tahu"):
        actions.undo(joined.pk, office.operator)
    # Once that is undone, nothing else has been said.
    actions.undo(other.pk, office.operator)
    assert actions.undo(joined.pk, office.operator).state == State.RECEIVED


# Once more, and who may.


def test_what_was_undone_can_be_ended_again_and_undone_again(office, ended):
    complaint = ended("decline")
    actions.undo(complaint.pk, office.operator)
    actions.refer(complaint.pk, office.operator)
    assert waiting(complaint) == ["referred"]
    actions.undo(complaint.pk, office.operator)
    actions.forward(complaint.pk, office.operator, office.official)
    outcomes = [outcome for _step, outcome in ledger_of(complaint)]
    assert outcomes == ["done", "declined", "referred", "forwarded", ""]
    assert [row.step.value for row in timeline_of(complaint)] == ["A1", "A2", "A5"]


def test_a_second_press_is_refused(office, ended):
    complaint = ended("decline")
    actions.undo(complaint.pk, office.operator)
    with pytest.raises(actions.NotNow):
        actions.undo(complaint.pk, office.operator)


@pytest.mark.parametrize("person", ["official", "head", "editor", "coordinator", "admin"])
def test_it_is_the_operators_to_undo(office, ended, person):
    complaint = ended("decline")
    with pytest.raises(actions.NotYours):
        actions.undo(complaint.pk, getattr(office, person))


def test_what_reporters_end_themselves_is_no_slip(office):
    complaint = office.complaint(to=State.RETRACTED)
    with pytest.raises(actions.NotNow):
        actions.undo(complaint.pk, office.operator)
    assert not UndoableEnd.objects.exists()


def test_ends_whose_time_is_over_are_forgotten_with_the_next_one(office, ended):
    with time_machine.travel(timezone.now() - 11 * MINUTE):
        ended("decline")
    later = ended("refer")
    assert [end.complaint for end in UndoableEnd.objects.all()] == [later]
