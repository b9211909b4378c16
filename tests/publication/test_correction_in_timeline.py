"""The timelines call a correction by its name, and nothing else (SOP B1, B2)."""

from __future__ import annotations

import pytest

from pengaduan_app import actions
from pengaduan_app.models import PublishedAnswer
from pengaduan_app.procedure.sop import State
from pengaduan_app.publication import timeline_of
from pengaduan_app.publication.timeline import closed_timelines
from tests.actions.test_correcting import corrected
from tests.support.process import page_of

CHANGED = "Koreksi: memperbaiki jawaban"
PUBLISHED = "Koreksi: memeriksa dan menerbitkan perbaikan"
USUAL = ["Memeriksa dan menyunting jawaban", "Menerbitkan jawaban"]


def own(complaint) -> list[str]:
    """What B1 and B2 are called on the tracking page."""
    complaint.refresh_from_db()
    return [row.title for row in timeline_of(complaint) if row.step.value in ("B1", "B2")]


def public(complaint) -> list[str]:
    """The same where everybody reads it."""
    answer = PublishedAnswer.objects.get(complaint=complaint)
    rows = closed_timelines([answer])[complaint.pk]
    return [row.title for row in rows if row.step.value in ("B1", "B2")]


def test_an_answer_that_was_never_corrected_names_no_correction(office):
    complaint = office.complaint(to=State.PUBLISHED)
    assert own(complaint) == public(complaint) == USUAL


def test_each_correction_is_named_once_it_is_published(office, client):
    complaint = office.complaint(to=State.PUBLISHED)
    for times in (1, 2):
        corrected(office, complaint, f"<p>Diganti pada hari ke-{times}.</p>")
        assert own(complaint) == public(complaint) == [*USUAL, *[CHANGED, PUBLISHED] * times]
    assert PUBLISHED in client.get(page_of(complaint).get_url()).content.decode()


@pytest.mark.parametrize(
    ("state", "seen"),
    [(State.CORRECTION, [CHANGED]), (State.CORRECTION_CHECK, [CHANGED, PUBLISHED])],
)
def test_a_correction_under_way_is_the_reporters_to_see_and_not_the_publics(office, state, seen):
    complaint = office.complaint(to=state)
    assert own(complaint) == [*USUAL, *seen]
    assert public(complaint) == USUAL


def test_a_correction_that_changed_nothing_is_not_told_to_the_public(office):
    complaint = office.complaint(to=State.CORRECTION)
    actions.keep(complaint.pk, office.editor)
    assert own(complaint) == [*USUAL, CHANGED]
    assert public(complaint) == USUAL
    corrected(office, complaint)
    assert public(complaint) == [*USUAL, CHANGED, PUBLISHED]


def test_a_correction_that_is_sent_back_stays_one(office):
    complaint = office.complaint(to=State.CORRECTION_CHECK)
    actions.send_back(complaint.pk, office.coordinator, "Masih ada salah tulis.")
    assert own(complaint) == [*USUAL, CHANGED, PUBLISHED, CHANGED]


def test_the_second_answer_of_a_reopened_complaint_is_no_correction(office):
    complaint = office.reopened(to=State.PUBLISHED)
    assert own(complaint) == public(complaint) == USUAL * 2


def test_the_steps_of_a_reopened_complaint_stay_out_until_it_is_answered(office):
    complaint = office.reopened(to=State.PUBLICATION)
    assert own(complaint) == USUAL * 2
    assert public(complaint) == USUAL


def test_a_private_answer_is_not_called_published(office):
    complaint = office.complaint(to=State.ANSWERED_PRIVATELY)
    assert own(complaint) == [USUAL[0], "Memberikan jawaban hanya kepada pelapor"]
