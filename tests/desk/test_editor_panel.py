"""What stands above the answer in the page editor: the step, why it came back, what was sent."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from pengaduan_app import actions
from pengaduan_app.procedure import labels
from pengaduan_app.procedure.sop import State, Step
from tests.support.factories import submit
from tests.support.process import page_of, write_answer

STOCK = (State.DECISION,)

FILE = actions.CleanFile(b"\x89PNG contoh", "image/png", "png")
REASON = "Sebutkan tanggal perbaikannya."


def editor(client, user, complaint) -> str:
    client.force_login(user)
    address = reverse("wagtailadmin_pages:edit", args=[page_of(complaint).pk])
    return client.get(address).content.decode()


def test_the_editor_says_which_step_this_is_and_how_much_time_is_left(office, client):
    complaint = office.complaint(to=State.DECISION)
    text = editor(client, office.head, complaint)
    assert f"A6 · {labels.STEPS[Step.A6]}" in text
    assert 'class="pgd-due pgd-in-time"' in text


@pytest.mark.parametrize(
    ("state", "by", "to"),
    [
        (State.DECISION, "head", "official"),
        (State.ENTRY, "operator", "head"),
        (State.EDITING, "editor", "operator"),
        (State.PUBLICATION, "coordinator", "editor"),
    ],
)
def test_what_was_sent_back_says_by_whom_and_why(office, client, state, by, to):
    complaint, sender = office.complaint(to=state), getattr(office, by)
    actions.send_back(complaint.pk, sender, REASON)
    text = editor(client, getattr(office, to), complaint)
    assert f"Dikembalikan oleh {sender.get_full_name()}" in text
    assert REASON in text
    assert "Catatan terakhir" not in text


def test_once_it_is_redone_the_box_is_gone(office, client):
    complaint = office.complaint(to=State.DECISION)
    actions.send_back(complaint.pk, office.head, REASON)
    actions.approve(complaint.pk, office.official)
    assert "Dikembalikan oleh" not in editor(client, office.head, complaint)


def test_the_last_note_of_a_colleague_stands_there(office, client):
    complaint = office.complaint(to=State.VERIFIED)
    actions.forward(complaint.pk, office.operator, office.official, "Mohon dicek malam ini.")
    text = editor(client, office.official, complaint)
    assert f"Catatan terakhir, dari {office.operator.get_full_name()}" in text
    assert "Mohon dicek malam ini." in text


NOTE = "Mohon dicek malam ini."


def _further(office, complaint, to):
    complaint.refresh_from_db()
    return office.advance(complaint, to)


def _verified_with_a_note(office):
    complaint = office.complaint()
    actions.verify(complaint.pk, office.operator, NOTE)
    return _further(office, complaint, State.STUDY), office.official


def _acted_on(office):
    complaint = office.complaint(to=State.VERIFIED)
    actions.forward(complaint.pk, office.operator, office.official, NOTE)
    return _further(office, complaint, State.DECISION), office.head


def _acted_on_long_ago(office):
    complaint = office.complaint(to=State.VERIFIED)
    actions.forward(complaint.pk, office.operator, office.official, NOTE)
    return _further(office, complaint, State.EDITING), office.editor


def _sent_back_and_redone(office):
    complaint = office.complaint(to=State.DECISION)
    actions.send_back(complaint.pk, office.head, NOTE)
    return _further(office, complaint, State.ENTRY), office.operator


def _published(office):
    complaint = office.complaint(to=State.PUBLICATION)
    actions.approve(complaint.pk, office.coordinator, NOTE)
    return complaint, office.coordinator


def _reopened_after_a_note(office):
    complaint = office.complaint(to=State.PUBLICATION)
    actions.approve(complaint.pk, office.coordinator, NOTE)
    actions.reopen(complaint.pk, uuid.uuid4(), "Padam lagi.")
    return complaint, office.official


@pytest.mark.parametrize(
    "way",
    [
        _verified_with_a_note,
        _acted_on,
        _acted_on_long_ago,
        _sent_back_and_redone,
        _published,
        _reopened_after_a_note,
    ],
)
def test_a_note_that_was_acted_on_is_no_last_note(office, client, way):
    complaint, user = way(office)
    complaint.refresh_from_db()
    text = editor(client, user, complaint)
    assert "Catatan terakhir" not in text
    assert NOTE not in text


@pytest.mark.parametrize(
    ("state", "by", "to"),
    [
        (State.STUDY, "official", "head"),
        (State.DECISION, "head", "operator"),
        (State.ENTRY, "operator", "editor"),
        (State.EDITING, "editor", "coordinator"),
    ],
)
def test_the_note_of_the_step_before_is_still_open(office, client, state, by, to):
    complaint = office.complaint(to=state)
    if state == State.STUDY:
        write_answer(complaint, office.official)
    actions.approve(complaint.pk, getattr(office, by), NOTE)
    complaint.refresh_from_db()
    text = editor(client, getattr(office, to), complaint)
    assert "Catatan terakhir" in text
    assert NOTE in text


def test_the_citizens_attachments_can_be_opened_from_there(office, client):
    complaint = submit(office.agency, files=[FILE]).complaint
    office.advance(complaint, State.STUDY)
    attachment = complaint.attachments.get()
    address = reverse("pengaduan_admin:attachment", args=[complaint.pk, attachment.pk])
    assert f'href="{address}"' in editor(client, office.official, complaint)


def test_whoever_writes_the_answer_reads_the_talk_with_the_reporter(office, client):
    complaint = office.complaint(to=State.STUDY)
    actions.ask(complaint.pk, office.official, "Lampu yang mana tepatnya?")
    asked = editor(client, office.official, complaint)
    assert "Lampu yang mana tepatnya?" in asked
    assert "Pelapor belum menjawab pertanyaan perangkat daerah." in asked
    actions.reply(complaint.pk, uuid.uuid4(), "Yang di depan balai.", [FILE])
    text = editor(client, office.official, complaint)
    assert "Yang di depan balai." in text
    assert "Pelapor belum menjawab" not in text
    attachment = complaint.attachments.get()
    address = reverse("pengaduan_admin:attachment", args=[complaint.pk, attachment.pk])
    assert text.count(f'href="{address}"') == 1


@pytest.mark.parametrize("state", [State.STUDY, State.EDITING, State.PUBLICATION])
def test_why_it_was_reopened_stands_first_until_it_is_answered_again(office, client, state):
    complaint = office.reopened(state)
    person = {State.STUDY: office.official, State.EDITING: office.editor}
    text = editor(client, person.get(state, office.coordinator), complaint)
    because, words = text.index("Dibuka kembali oleh pelapornya"), text.index(complaint.body)
    assert because < text.index("Lampunya padam lagi.") < words
    office.advance(complaint, State.PUBLISHED)
    assert "Dibuka kembali oleh pelapornya" not in editor(client, office.coordinator, complaint)


def test_a_new_complaint_says_nothing_of_a_talk(office, client):
    complaint = office.complaint(to=State.DECISION)
    assert 'class="pgd-thread"' not in editor(client, office.head, complaint)


def test_a_page_that_is_answered_has_no_step_to_show(office, client):
    complaint = office.complaint(to=State.PUBLISHED)
    assert "pgd-due" not in editor(client, office.coordinator, complaint)


# On the home.


def test_a_step_that_was_sent_back_is_marked_on_the_home_of_who_must_redo_it(office, client):
    plain, back = office.complaint(to=State.STUDY), office.complaint(to=State.DECISION)
    write_answer(plain, office.official)
    actions.send_back(back.pk, office.head, REASON)
    client.force_login(office.official)
    text = client.get("/admin/").content.decode()
    assert text.count("pgd-mark") == 1
    assert "dikembalikan" in text
    actions.approve(back.pk, office.official)
    actions.approve(plain.pk, office.official)
    client.force_login(office.head)
    assert "pgd-mark" not in client.get("/admin/").content.decode()
