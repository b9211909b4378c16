"""Follow up at `/lacak/`: add, answer a question, withdraw, rate. Reopening has its own file."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pengaduan_app import actions
from pengaduan_app.actions.follow_up import MOST_ENTRIES, MOST_FILES
from pengaduan_app.citizen import follow_up
from pengaduan_app.models import Attachment, ComplaintPage, OutboxMessage
from pengaduan_app.procedure import sop
from pengaduan_app.procedure.sop import ANSWERED_STATES, CORRECTED_STATES, OPEN_STATES, State
from tests.citizen.test_tracking import FILE
from tests.privacy.test_attachments import photo
from tests.support.citizen import FILLED_IN, Citizen
from tests.support.crowd import undone
from tests.support.factories import submit
from tests.support.process import is_in_step, ledger_of, page_of

STOCK = (State.STUDY, State.PUBLISHED)
QUESTION = "Lampu yang mana tepatnya?"
# When each form does something: the whole rule, written out.
OCCASIONS = {
    "tambah": OPEN_STATES,
    "jawab": set(),  # needs a question first
    "tarik": OPEN_STATES - CORRECTED_STATES,
    "nilai": ANSWERED_STATES,
    "buka-lagi": ANSWERED_STATES - CORRECTED_STATES,
}


@pytest.fixture
def citizen(office, client):
    """The reporter of a complaint that the official is studying."""
    return Citizen(client, office.complaint(to=State.STUDY))


def messages_of(complaint, kind) -> list:
    return list(OutboxMessage.objects.filter(complaint=complaint, kind=kind))


def test_the_tables_of_this_test_name_every_form():
    assert set(OCCASIONS) == set(FILLED_IN) == set(follow_up.BY_WORD)


def test_the_page_offers_what_the_procedure_gives_the_reporter_in_its_order():
    assert tuple(known.action for known in follow_up.FOLLOW_UPS) == sop.REPORTER_ACTIONS


@pytest.mark.parametrize("state", list(State))
def test_each_form_does_something_in_its_own_states_alone(office, client, state):
    """And the page offers exactly those."""
    complaint = office.complaint(to=state)
    citizen = Citizen(client, complaint)
    page, rows, said = citizen.look(), ledger_of(complaint), len(citizen.said())
    for word, states in OCCASIONS.items():
        with undone():
            response = citizen.send(word)
            assert response.status_code == (302 if state in states else 409), word
            assert len(citizen.said()) == said + (state in states), word
            if state not in states:
                assert (complaint.state, ledger_of(complaint)) == (state, rows), word
        assert (f'action="/lacak/{word}/"' in page) is (state in states), word


def test_what_is_added_stands_in_the_thread_and_reaches_who_has_the_step(citizen, office):
    response = citizen.send("tambah", text="Tadi malam padam lagi.")
    assert response.status_code == 302
    assert citizen.said() == [("information", "Tadi malam padam lagi.")]
    assert "Tadi malam padam lagi." in citizen.look()
    assert [m.recipient for m in messages_of(citizen.complaint, "follow_up")] == [office.official]
    assert is_in_step(citizen.complaint)
    assert ledger_of(citizen.complaint)[-1] == ("A5", "")


def test_files_are_cleaned_kept_with_the_entry_and_shown_to_their_reporter(citizen):
    upload = SimpleUploadedFile("nama-saya.jpg", photo(), "image/jpeg")
    assert citizen.send("tambah", files=upload).status_code == 302
    attachment = Attachment.objects.get()
    assert attachment.entry == citizen.complaint.thread.get()
    assert "nama-saya" not in attachment.file.name
    assert f"/lacak/lampiran/{attachment.pk}/" in citizen.look()
    assert citizen.client.get(f"/lacak/lampiran/{attachment.pk}/").status_code == 200


def test_a_file_that_is_none_is_refused_and_the_text_stays(citizen):
    upload = SimpleUploadedFile("a.exe", b"MZ program", "application/octet-stream")
    response = citizen.send("tambah", text="Ini buktinya.", files=upload)
    assert response.status_code == 400
    assert "Ini buktinya." in response.content.decode()
    assert citizen.said() == []


@pytest.mark.parametrize("word", ["tambah", "nilai", "buka-lagi", "tarik"])
def test_the_same_form_sent_twice_makes_one_entry(office, client, word):
    state = State.PUBLISHED if word in ("nilai", "buka-lagi") else State.STUDY
    citizen = Citizen(client, office.complaint(to=state))
    key = str(uuid.uuid4())
    assert [citizen.send(word, key=key).status_code for _ in range(2)] == [302, 302]
    assert len(citizen.said()) == 1


# The agency asks.


def test_a_question_is_read_on_the_page_and_its_answer_reaches_the_agency(citizen, office):
    complaint = citizen.complaint
    actions.ask(complaint.pk, office.official, QUESTION)
    [message] = messages_of(complaint, "question")
    assert message.recipient is None
    assert QUESTION in citizen.look()
    assert citizen.send("jawab").status_code == 302
    question, reply = complaint.thread.all()
    assert (question.author, reply.author, reply.question) == (office.official, None, question)
    assert citizen.send("jawab").status_code == 409
    assert len(messages_of(complaint, "follow_up")) == 1


def test_one_question_at_a_time(citizen, office):
    actions.ask(citizen.complaint.pk, office.official, QUESTION)
    with pytest.raises(actions.NotNow):
        actions.ask(citizen.complaint.pk, office.official, "Dan sejak kapan?")
    citizen.send("jawab")
    actions.ask(citizen.complaint.pk, office.official, "Dan sejak kapan?")


@pytest.mark.parametrize(
    "question", ["", "  ", "Apakah Ibu Wulan?", "Telepon 0812-9999-0002 saja", "x" * 501]
)
def test_the_form_refuses_a_question_that_is_empty_too_long_or_personal(office, question):
    complaint = office.complaint(to=State.STUDY)
    browser = Client()
    browser.force_login(office.official)
    address = f"/admin/complaints/{complaint.pk}/ask/"
    assert browser.post(address, {"question": question}).status_code == 400
    assert not complaint.thread.exists()


# Withdrawing.


@pytest.mark.parametrize("state", sorted(OPEN_STATES - CORRECTED_STATES))
def test_a_withdrawn_complaint_ends_and_its_draft_stays_hidden(office, client, state):
    citizen = Citizen(client, office.complaint(to=state))
    assert citizen.send("tarik").status_code == 302
    complaint = citizen.complaint
    assert complaint.state == State.RETRACTED
    assert is_in_step(complaint)
    assert complaint.closed_at is not None
    last = complaint.steps.last()
    assert (last.outcome, last.finished_by) == ("retracted", None)
    page = ComplaintPage.objects.filter(complaint=complaint).first()
    assert page is None or not (page.live or page.workflow_in_progress)
    assert len(messages_of(complaint, "retracted")) == 1


def test_withdrawing_asks_to_be_sure(citizen):
    response = citizen.send("tarik", sure=None)
    assert response.status_code == 400
    assert citizen.complaint.state == State.STUDY


def test_what_others_follow_is_not_withdrawn(office, client):
    original = office.complaint(to=State.STUDY)
    actions.duplicate(office.complaint().pk, office.operator, original)
    citizen = Citizen(client, original)
    assert citizen.send("tarik").status_code == 409
    assert original.state == State.STUDY
    assert is_in_step(original)


def test_who_was_joined_with_another_has_no_forms_and_is_told_why(office, client):
    citizen = Citizen(client, office.complaint(to=State.DUPLICATE))
    assert citizen.client.get("/lacak/aduan/").context["panels"] == []
    assert {citizen.send(word).status_code for word in FILLED_IN} == {409}


# Rating.


@pytest.mark.parametrize("state", sorted(ANSWERED_STATES))
def test_a_rating_is_corrected_until_midnight_and_then_stands(office, client, state):
    evening = datetime(2026, 3, 2, 13, 0, tzinfo=UTC)  # 20.00 WIB
    with time_machine.travel(evening, tick=False) as clock:
        citizen = Citizen(client, office.complaint(to=state))
        citizen.send("nilai", score="2")
        clock.shift(timedelta(hours=3, minutes=59))
        citizen.track()
        assert citizen.send("nilai", score="5", text="Ternyata bagus.").status_code == 302
        clock.shift(timedelta(minutes=2))
        assert citizen.send("nilai", score="1").status_code == 409
    entry = citizen.complaint.thread.get()
    assert (entry.score, entry.text) == (5, "Ternyata bagus.")
    assert (citizen.complaint.state, citizen.complaint.thread.count()) == (state, 1)
    assert [m.recipient for m in messages_of(citizen.complaint, "follow_up")] == [office.head]


@pytest.mark.parametrize("score", ["0", "6", "-1", "", "lima", "4.5", None])
def test_only_one_to_five_is_a_rating(office, client, score):
    citizen = Citizen(client, office.complaint(to=State.PUBLISHED))
    assert citizen.send("nilai", score=score).status_code == 400
    assert citizen.said() == []


def test_rating_does_not_move_when_it_was_closed(office, client):
    citizen = Citizen(client, office.complaint(to=State.PUBLISHED))
    before = citizen.complaint.closed_at
    citizen.send("nilai")
    assert citizen.complaint.closed_at == before
    assert page_of(citizen.complaint).live


# Bounds.


def test_a_thread_has_an_end_and_a_withdrawal_still_fits(citizen):
    pk = citizen.complaint.pk
    for number in range(MOST_ENTRIES):
        actions.inform(pk, uuid.uuid4(), f"Kabar {number}")
    response = citizen.send("tambah", text="Satu lagi.")
    assert response.status_code == 409
    assert "Satu lagi." in response.content.decode()
    assert citizen.send("tarik").status_code == 302


def test_the_files_of_a_thread_have_an_end(office):
    complaint = submit(office.agency, files=[FILE]).complaint
    for _number in range(MOST_FILES):
        actions.inform(complaint.pk, uuid.uuid4(), "Foto.", [FILE])
    with pytest.raises(actions.NotNow):
        actions.inform(complaint.pk, uuid.uuid4(), "Foto.", [FILE])
    assert Attachment.objects.count() == MOST_FILES + 1
    actions.inform(complaint.pk, uuid.uuid4(), "Tanpa foto.")
