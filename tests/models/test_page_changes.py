"""What editor and coordinator see of each other's hand: the words that differ (SOP B1, B2)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from pengaduan_app import actions
from pengaduan_app.models.page.page_changes import changes_between, earlier_text
from pengaduan_app.procedure.sop import State
from tests.support.factories import REPORTER, CategoryFactory, VillageFactory
from tests.support.process import page_of, write_answer

STOCK = (State.STUDY, State.ENTRY, State.EDITING, State.PUBLICATION, State.PUBLISHED)


def differences(complaint) -> dict[str, str]:
    page = page_of(complaint).get_latest_revision_as_object()
    before = earlier_text(page)
    return {change.label: change.html for change in changes_between(before, page).fields}


def removed(text: str) -> str:
    return f'<span class="deletion">{text}</span>'


def added(text: str) -> str:
    return f'<span class="addition">{text}</span>'


def screen(client, user, complaint) -> str:
    client.force_login(user)
    address = reverse("wagtailadmin_pages:edit", args=[page_of(complaint).pk])
    return client.get(address).content.decode()


def test_the_editor_sees_the_own_edit_against_the_agencys_answer(office, client):
    complaint = office.complaint(to=State.EDITING)
    assert differences(complaint) == {}
    assert "Tidak ada yang berbeda" in screen(client, office.editor, complaint)
    write_answer(
        complaint, office.editor, "<p>Lampu sudah kami <b>pasang</b> pada malam ini juga.</p>"
    )
    assert removed("ganti") + added("pasang") in differences(complaint)["Jawaban"]
    assert added("pasang") in screen(client, office.editor, complaint)


def test_a_direct_answer_is_the_agencys_word_too(office):
    """SOP A4: no A8 has entered it."""
    complaint = office.complaint(to=State.VERIFIED)
    actions.answer(complaint.pk, office.operator, "<p>Kami buka pukul tujuh.</p>")
    complaint.refresh_from_db()
    assert differences(complaint) == {}
    write_answer(complaint, office.editor, "<p>Kami buka pukul delapan.</p>")
    assert removed("tujuh.") + added("delapan.") in differences(complaint)["Jawaban"]


def test_the_coordinator_sees_what_the_editor_changed_and_still_after_a_return(office):
    complaint = office.complaint(to=State.EDITING)
    category, village = CategoryFactory(name="Penerangan"), VillageFactory(name="Meri")
    actions.classify(complaint.pk, office.editor, "criticism", category, village)
    write_answer(complaint, office.editor, "<p>Satu.</p>", title="Lampu padam", question="Kenapa?")
    complaint.refresh_from_db()
    office.advance(complaint, State.PUBLICATION)
    expected = {"Judul", "Pertanyaan", "Jawaban", "Jenis", "Kategori", "Kelurahan"}
    assert set(differences(complaint)) == expected
    assert differences(complaint)["Kategori"] == added("Penerangan")
    actions.send_back(complaint.pk, office.coordinator, "Judulnya.")
    complaint.refresh_from_db()
    assert set(differences(complaint)) == expected
    office.advance(complaint, State.PUBLICATION)
    assert set(differences(complaint)) == expected


def test_after_the_agency_entered_it_again_that_is_the_measure(office):
    complaint = office.complaint(to=State.EDITING)
    write_answer(complaint, office.editor, "<p>Satu.</p>")
    actions.send_back(complaint.pk, office.editor, "Mohon dilengkapi.")
    write_answer(complaint, office.operator, "<p>Dua.</p>")
    complaint.refresh_from_db()
    office.advance(complaint, State.EDITING)
    assert differences(complaint) == {}


def test_a_correction_is_held_against_the_answer_that_was_given(office, client):
    complaint = office.complaint(to=State.PUBLISHED)
    actions.correct(complaint.pk, office.editor, "Tanggalnya keliru.")
    complaint.refresh_from_db()
    write_answer(complaint, office.editor, "<p>Lampu sudah kami ganti pada hari Selasa.</p>")
    assert {"Jawaban", "Apa yang dikoreksi"} == set(differences(complaint))
    assert "berbeda dari jawaban yang sudah diberikan" in screen(client, office.editor, complaint)
    office.advance(complaint, State.CORRECTION_CHECK)
    assert "Jawaban" in differences(complaint)


@pytest.mark.parametrize(
    ("field", "secret"),
    [
        ("answer", "0812-3456-7890"),
        ("answer", REPORTER.name),
        ("question", "budi@rekaan.example"),
        ("title", REPORTER.name),
    ],
)
def test_what_public_relations_took_out_does_not_come_back_at_b2(office, client, field, secret):
    complaint = office.complaint(to=State.ENTRY)
    texts = (
        {"answer": f"<p>Kami hubungi {secret} kemarin.</p>"}
        if field == "answer"
        else {field: f"Kami hubungi {secret} kemarin"}
    )
    write_answer(complaint, office.operator, **texts)
    office.advance(complaint, State.EDITING)
    clean = {name: text.replace(secret, "pelapor") for name, text in texts.items()}
    write_answer(complaint, office.editor, **clean)
    office.advance(complaint, State.PUBLICATION)
    (text,) = differences(complaint).values()
    assert "(data pribadi, dihapus)" in text
    shown = screen(client, office.coordinator, complaint)
    assert secret not in shown
    assert "(data pribadi, dihapus)" in shown


@pytest.mark.parametrize("person", ["operator", "official", "head", "coordinator", "admin"])
def test_only_the_holder_of_the_step_sees_the_earlier_text(office, client, person):
    complaint = office.complaint(to=State.EDITING)
    write_answer(complaint, office.editor, "<p>Lain.</p>")
    assert "pgd-changes" not in screen(client, getattr(office, person), complaint)
    assert "pgd-changes" in screen(client, office.editor, complaint)


@pytest.mark.parametrize("state", [State.STUDY, State.PUBLISHED])
def test_elsewhere_nothing_is_compared(office, state):
    complaint = office.complaint(to=state)
    assert earlier_text(page_of(complaint)) is None


def test_markup_in_a_text_stays_text(office):
    complaint = office.complaint(to=State.EDITING)
    write_answer(complaint, office.editor, title="<script>alert(1)</script>")
    assert "<script" not in differences(complaint)["Judul"]
    assert "&lt;" in differences(complaint)["Judul"]


def test_a_changed_address_of_a_link_is_seen(office):
    complaint = office.complaint(to=State.ENTRY)
    write_answer(
        complaint, office.operator, '<p>Baca <a href="https://a.example/satu">ini</a>.</p>'
    )
    office.advance(complaint, State.EDITING)
    write_answer(complaint, office.editor, '<p>Baca <a href="https://a.example/dua">ini</a>.</p>')
    assert added("dua") in differences(complaint)["Jawaban"]


def test_a_reopened_complaints_new_answer_is_the_measure(office):
    complaint = office.reopened(State.ENTRY)
    write_answer(complaint, office.operator, "<p>Diganti lagi.</p>")
    office.advance(complaint, State.EDITING)
    assert differences(complaint) == {}
