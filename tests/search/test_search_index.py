"""The index holds what is published now, and nothing else, whichever way it came or went."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from wagtail.models import PageViewRestriction

from pengaduan_app import actions
from pengaduan_app.contrib.search import finding, indexing, vocabulary
from pengaduan_app.contrib.search.models import Answer, Word
from pengaduan_app.models import ComplaintPage
from pengaduan_app.procedure.sop import State
from tests.privacy.test_vault import IDENTITY, all_tables, traces_in
from tests.support.factories import CategoryFactory, VillageFactory
from tests.support.process import ANSWER, page_of, write_answer

pytestmark = pytest.mark.django_db
# One that no other text of the tests says, and its stem as it stands in the index.
WORD, STEM = "kwetiaunya", "kwetiau"


@pytest.fixture
def published(office):
    complaint = office.complaint(
        to=State.PUBLISHED,
        subject="Saluran depan balai mampet",
        category=CategoryFactory(name="Drainase kota"),
        village=VillageFactory(name="Meri"),
    )
    return complaint


def found(text: str, **filters) -> list[int]:
    """The pages that a search finds, best first."""
    numbers = [candidate.pk for _score, candidate in finding.find(text, filters).ranked]
    pages = dict(Answer.objects.values_list("pk", "page_id"))
    return [pages[number] for number in numbers]


def own_tables() -> list[str]:
    """Everything that the index's tables hold, as text."""
    found = [text for name, text in all_tables().items() if name.startswith("pengaduan_search_")]
    assert len(found) >= 6
    return found


def index_holds(word: str) -> bool:
    """Anywhere: in a row, in the vocabulary, or in what the full-text part would match."""
    rows = any(word in text for text in own_tables())
    return rows or bool(found(f'"{word}"'))


def in_step() -> dict:
    """The whole index, in words, to compare it with a fresh one."""
    columns = ("page_id", "title_stems", "body_stems", "about_stems", "url", "day", "answer")
    return {
        "answers": sorted(Answer.objects.values_list(*columns)),
        "words": sorted(Word.objects.values_list("word", "stem", "answers")),
        "misspellings": sorted(Word.objects.values_list("word", "misspellings__key")),
    }


def assert_in_step() -> None:
    before = in_step()
    indexing.rebuild()
    assert in_step() == before


def test_a_published_answer_is_found_by_title_question_answer_and_names(published):
    page = page_of(published)
    for text in ("saluran mampet", "lampu padam tiga malam", "sudah diganti", "drainase", "meri"):
        assert found(text) == [page.pk]
    assert_in_step()


def test_a_complaint_is_not_found_before_it_is_published(office):
    office.complaint(to=State.PUBLICATION, subject=f"Warung {WORD} menutup got")
    assert not index_holds(STEM)
    assert Answer.objects.count() == 0


def test_a_private_answer_is_never_found(office):
    office.complaint(to=State.ANSWERED_PRIVATELY, subject=f"Warung {WORD}")
    assert not index_holds(STEM)


def test_the_index_knows_nothing_of_the_reporter(office):
    complaint = office.complaint(
        to=State.DECISION, identity=IDENTITY, body="Saya Zubaidah Qwertana Xylofia, lampu padam."
    )
    write_answer(complaint, office.head, "<p>Ibu Zubaidah Qwertana, sudah kami ganti.</p>")
    office.advance(complaint, State.EDITING)
    write_answer(complaint, office.editor, ANSWER)
    office.advance(complaint, State.PUBLISHED)
    texts = own_tables()
    assert "lampu" in " ".join(texts)
    assert traces_in(" ".join(texts)) == []
    assert complaint.ticket.lower() not in " ".join(texts).lower()


def test_a_draft_of_a_published_answer_stays_out(published, office):
    page = page_of(published)
    page.answer = f"<p>{WORD}</p>"
    page.moved_by_procedure = True
    page.save_revision(clean=False)
    page.save(update_fields=["has_unpublished_changes"])
    assert not index_holds(STEM)
    assert found("sudah diganti") == [page.pk]


def test_a_withdrawn_answer_is_gone_with_its_words(published, office):
    assert Word.objects.filter(word="mampet").exists()
    actions.withdraw(published.pk, office.coordinator)
    assert found("saluran mampet") == []
    assert not Word.objects.exists()


def test_what_is_undone_was_never_in_the_index(published, office):
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.withdraw(published.pk, office.coordinator)
        assert found("saluran mampet") == []
        raise RuntimeError
    assert found("saluran mampet") == [page_of(published).pk]
    assert_in_step()


def test_a_publication_that_fails_leaves_nothing(office):
    complaint = office.complaint(to=State.PUBLICATION, subject=f"Warung {WORD}")
    with pytest.raises(RuntimeError), transaction.atomic():
        office.advance(complaint, State.PUBLISHED)
        assert found(WORD)
        raise RuntimeError
    assert not index_holds(STEM)


def test_a_deleted_page_is_gone(published):
    ComplaintPage.objects.get(complaint=published).delete()
    assert in_step() == {"answers": [], "words": [], "misspellings": []}
    assert found("saluran mampet") == []


def test_a_corrected_answer_is_found_by_its_new_words_alone(published):
    page = page_of(published)
    page.title = f"Warung {WORD}"
    page.save(clean=False)
    assert found(WORD) == [page.pk]
    assert found("mampet") == []
    assert_in_step()


@pytest.mark.parametrize("name", ["agency", "category", "village"])
def test_after_a_new_name_answers_are_found_by_it_alone(published, name):
    page = page_of(published)
    row = getattr(page, name)
    other = row.name
    row.name = f"Urusan {WORD}"
    row.save()
    assert found(WORD) == [page.pk]
    assert other not in Answer.objects.get().about
    assert_in_step()


def test_links_follow_when_an_agency_gets_another_address(
    published, django_capture_on_commit_callbacks
):
    published.agency.slug = "alamat-baru"
    # Wagtail itself tells of new addresses once they are committed.
    with django_capture_on_commit_callbacks(execute=True):
        published.agency.save()
    row = Answer.objects.get()
    assert row.url == page_of(published).get_url()
    assert "/alamat-baru/" in row.url
    assert_in_step()


def test_what_wagtail_asks_a_password_for_is_not_searched(published):
    section = page_of(published).get_parent()
    restriction = PageViewRestriction.objects.create(
        page=section, restriction_type=PageViewRestriction.LOGIN
    )
    assert found("mampet") == []
    restriction.delete()
    assert found("mampet") == [page_of(published).pk]


def test_the_command_fills_the_index_anew(published, capsys):
    before = in_step()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM pengaduan_search_answer")
        cursor.execute("DELETE FROM pengaduan_search_misspelling")
        cursor.execute("DELETE FROM pengaduan_search_word")
    assert found("mampet") == []
    call_command("rebuild_search")
    assert in_step() == before
    assert found("mampet") == [page_of(published).pk]


def test_words_are_counted_by_answers(office):
    for _number in range(2):
        office.complaint(to=State.PUBLISHED)
    assert Word.objects.get(word=vocabulary.ALL).answers == 2
    assert Word.objects.get(word="lampu").answers == 2
    actions.withdraw(ComplaintPage.objects.first().complaint_id, office.coordinator)
    assert Word.objects.get(word="lampu").answers == 1
    assert_in_step()
