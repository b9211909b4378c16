"""An answer that was given is corrected: B1 and B2 again, while readers keep the old one."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail

from pengaduan_app import actions
from pengaduan_app.messaging import deliver_outbox
from pengaduan_app.models import Complaint, PublishedAnswer
from pengaduan_app.procedure.sop import CORRECTED_STATES, Outcome, Privacy, State, Step
from tests.support.factories import CategoryFactory
from tests.support.process import is_in_step, ledger_of, page_of, write_answer

STOCK = (State.PUBLISHED, State.CORRECTION, State.CORRECTION_CHECK)
SENTENCE = "Tanggal perbaikan semula keliru."
NEW = "<p>Lampu kami ganti pada hari Selasa, bukan Senin.</p>"


@pytest.fixture
def clock():
    with time_machine.travel(datetime(2026, 2, 23, 0, 30, tzinfo=UTC), tick=False) as moment:
        yield moment


def corrected(office, complaint, answer: str = NEW, **fields) -> Complaint:
    """Editor and coordinator correct the answer and publish it."""
    actions.correct(complaint.pk, office.editor, SENTENCE)
    write_answer(complaint, office.editor, answer, **fields)
    actions.approve(complaint.pk, office.editor)
    return actions.approve(complaint.pk, office.coordinator)


@pytest.mark.parametrize("person", ["editor", "coordinator"])
def test_editor_and_coordinator_begin_and_both_steps_are_clocked(office, person):
    complaint = office.complaint(to=State.PUBLISHED)
    before = len(ledger_of(complaint))
    assert actions.correct(complaint.pk, getattr(office, person), SENTENCE).is_open
    assert is_in_step(complaint)
    actions.approve(complaint.pk, office.editor)
    assert is_in_step(complaint)
    actions.approve(complaint.pk, office.coordinator)
    assert is_in_step(complaint)
    assert ledger_of(complaint)[before:] == [
        (Step.B1, Outcome.DONE),
        (Step.B2, Outcome.PUBLISHED),
    ]


@pytest.mark.parametrize("state", sorted(CORRECTED_STATES))
def test_readers_keep_the_old_answer_until_the_correction_is_published(office, client, state):
    complaint = office.complaint(to=state)
    page = page_of(complaint)
    draft = page.get_latest_revision_as_object()
    draft.answer, draft.title, draft.moved_by_procedure = NEW, "Judul baru", True
    draft.save_revision()
    for address in (page.address, "/pengaduan/", f"/api/v2/complaints/{page.pk}/", "/feed/atom/"):
        text = client.get(address).content.decode()
        assert "Lampu jalan padam" in text, address
        assert "Judul baru" not in text, address
        assert "Selasa" not in text, address
    office.advance(complaint, State.PUBLISHED)
    assert "Selasa" in client.get(page.address).content.decode()


def test_the_page_says_what_was_corrected_and_keeps_its_address_and_dates(office, client, clock):
    complaint = office.complaint(to=State.PUBLISHED)
    before = page_of(complaint)
    closed = Complaint.objects.get(pk=complaint.pk).closed_at
    clock.shift(timedelta(days=40))
    corrected(office, complaint, title="Judul lain")
    page = page_of(complaint)
    assert (page.slug, page.answered_at) == (before.slug, before.answered_at)
    assert page.corrected_at > page.answered_at
    text = client.get(page.address).content.decode()
    assert "Dikoreksi pada" in text
    assert SENTENCE in text
    assert '"dateModified"' in text
    assert client.get(f"/api/v2/complaints/{page.pk}/").json()["correction"] == SENTENCE
    # It was answered then, however long ago: no figure changes.
    complaint.refresh_from_db()
    assert complaint.closed_at == closed
    updated = client.get("/feed/atom/").content.decode()
    row = PublishedAnswer.objects.get(page=page)
    assert f"<updated>{row.published_at:%Y-%m-%d}" in updated
    assert row.published_at > row.answered_at


def test_the_category_alone_is_corrected_and_nobody_is_told(office):
    category = CategoryFactory(slug="lampu")
    complaint = office.complaint(to=State.PUBLISHED, category=category)
    deliver_outbox()
    mail.outbox.clear()
    other = CategoryFactory(slug="jalan")
    corrected(office, complaint, page_of(complaint).answer, category=other)
    complaint.refresh_from_db()
    assert complaint.category == page_of(complaint).category == other
    deliver_outbox()
    assert not [letter for letter in mail.outbox if "wulan@contoh.example" in letter.to]


def test_its_reporter_and_those_who_joined_are_told_once_of_another_text(office):
    complaint = office.complaint(to=State.STUDY)
    joined = office.complaint()
    actions.duplicate(joined.pk, office.operator, complaint)
    office.advance(complaint, State.PUBLISHED)
    deliver_outbox()
    mail.outbox.clear()
    corrected(office, complaint)
    deliver_outbox()
    told = [letter for letter in mail.outbox if "wulan@contoh.example" in letter.to]
    assert sorted(letter.subject for letter in told) == sorted(
        f"Jawaban atas pengaduan {ticket} dikoreksi" for ticket in (complaint.ticket, joined.ticket)
    )
    assert not any("Selasa" in letter.body for letter in told)


def test_an_answer_that_was_withdrawn_is_put_back_at_its_old_address(office, client):
    complaint = office.complaint(to=State.PUBLISHED)
    address = page_of(complaint).address
    actions.withdraw(complaint.pk, office.coordinator)
    gone = client.get(address)
    # A browser keeps a 410 that says nothing of this, and would never ask again.
    assert (gone.status_code, gone.headers["Cache-Control"]) == (410, "no-cache")
    corrected(office, complaint, page_of(complaint).answer)
    assert client.get(address).status_code == 200


def test_what_is_withdrawn_was_answered_when_it_was(office, clock):
    complaint = office.complaint(to=State.PUBLISHED)
    closed = Complaint.objects.get(pk=complaint.pk).closed_at
    clock.shift(timedelta(days=40))
    assert actions.withdraw(complaint.pk, office.coordinator).closed_at == closed


def test_a_confidential_answer_is_corrected_and_stays_with_its_reporter(office, client):
    complaint = office.complaint(to=State.PUBLICATION, confidential=True)
    actions.publish_privately(complaint.pk, office.coordinator)
    actions.correct(complaint.pk, office.coordinator, SENTENCE)
    write_answer(complaint, office.editor, NEW)
    actions.approve(complaint.pk, office.editor)
    with pytest.raises(actions.NotNow):
        actions.approve(complaint.pk, office.coordinator)
    actions.publish_privately(complaint.pk, office.coordinator)
    page = page_of(complaint)
    assert (page.live, page.answer, page.correction) == (False, NEW, SENTENCE)


@pytest.mark.parametrize("withdrawn", [False, True])
def test_a_correction_is_dropped_and_its_draft_goes(office, client, withdrawn):
    complaint = office.complaint(to=State.PUBLISHED)
    if withdrawn:
        actions.withdraw(complaint.pk, office.coordinator)
    before = page_of(complaint).answer
    actions.correct(complaint.pk, office.editor, SENTENCE)
    write_answer(complaint, office.editor, NEW)
    ended = actions.keep(complaint.pk, office.editor, "Sudah benar.")
    assert ended.state == (State.ANSWERED_PRIVATELY if withdrawn else State.PUBLISHED)
    assert is_in_step(complaint)
    assert ledger_of(complaint)[-1] == (Step.B1, Outcome.KEPT)
    page = page_of(complaint)
    draft = page.get_latest_revision_as_object()
    assert (page.answer, draft.answer, draft.correction) == (before, before, "")
    assert page.live != withdrawn
    assert "Dikoreksi" not in client.get(page.address).content.decode()


def test_a_dropped_correction_leaves_no_personal_data_in_the_pages_history(office):
    complaint = office.complaint(to=State.PUBLISHED)
    actions.correct(complaint.pk, office.editor, SENTENCE)
    write_answer(complaint, office.editor, "<p>Wulan Misalnya Sari, 0812-9999-0001.</p>")
    actions.keep(complaint.pk, office.editor)
    kept = [revision.content["answer"] for revision in page_of(complaint).revisions.all()]
    assert not [text for text in kept if "Wulan" in text or "9999" in text]


@pytest.mark.parametrize("state", sorted(CORRECTED_STATES))
def test_a_wrong_answer_leaves_the_website_at_once_while_it_is_corrected(office, client, state):
    complaint = office.complaint(to=state)
    address = page_of(complaint).address
    actions.withdraw(complaint.pk, office.coordinator)
    assert client.get(address).status_code == 410
    complaint.refresh_from_db()
    assert complaint.state == state
    office.advance(complaint, State.PUBLISHED)
    assert client.get(address).status_code == 200


def test_a_new_answer_after_a_reopening_says_nothing_of_an_old_correction(office):
    complaint = office.complaint(to=State.PUBLISHED)
    corrected(office, complaint)
    actions.reopen(complaint.pk, uuid.uuid4(), "Lampunya padam lagi.")
    complaint.refresh_from_db()
    office.advance(complaint, State.PUBLISHED)
    page = page_of(complaint)
    assert (page.corrected_at, page.correction) == (None, "")


@pytest.mark.parametrize("sentence", ["", " \u200b", "Lapor 0812-9999-0001", "Ibu Wulan Misalnya"])
def test_the_sentence_is_needed_and_names_nobody(office, client, sentence):
    complaint = office.complaint(to=State.PUBLISHED)
    with pytest.raises(actions.NotNow):
        actions.correct(complaint.pk, office.editor, sentence)
    client.force_login(office.editor)
    address = f"/admin/complaints/{complaint.pk}/correct/"
    assert client.post(address, {"correction": sentence}).status_code == 400
    correcting = office.complaint(to=State.CORRECTION)
    draft = page_of(correcting).get_latest_revision_as_object()
    draft.correction, draft.moved_by_procedure = sentence, True
    draft.save_revision()
    with pytest.raises(actions.NotNow):
        actions.approve(correcting.pk, office.editor)


def test_a_correction_is_neither_withdrawn_by_its_reporter_nor_reopened(office):
    complaint = office.complaint(to=State.CORRECTION)
    for action in (actions.retract, actions.reopen):
        with pytest.raises(actions.NotNow):
            action(complaint.pk, uuid.uuid4(), "Sudahlah.")
    actions.rate(complaint.pk, uuid.uuid4(), 2)
    assert actions.rating_of(complaint).score == 2
    office.advance(complaint, State.PUBLISHED)
    # The answer keeps its date, and so its rating.
    assert actions.rating_of(complaint).score == 2


def test_privacy_has_no_way_to_publish_by_a_correction(office):
    complaint = office.complaint(to=State.CORRECTION_CHECK)
    assert complaint.privacy == Privacy.OPEN
    Complaint.objects.filter(pk=complaint.pk).update(privacy=Privacy.CONFIDENTIAL)
    with pytest.raises(actions.NotNow):
        actions.approve(complaint.pk, office.coordinator)
