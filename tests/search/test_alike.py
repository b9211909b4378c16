"""Which answers are called similar to what a citizen writes, in an archive of some size."""

from __future__ import annotations

import pytest

from pengaduan_app.contrib.search.advice.keywords import keywords_of
from pengaduan_app.contrib.search.advice.similar import similar
from pengaduan_app.contrib.search.indonesian import analyse
from pengaduan_app.contrib.search.query import Names, parse
from tests.support.search_city import city_with

CASES = 310  # five for each topic


@pytest.fixture(scope="module")
def cases(django_db_setup, django_db_blocker):
    with city_with(CASES, django_db_blocker) as by_page:
        yield by_page


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        (
            "Assalamualaikum min, di gang rumah saya got penuh lumpur dan sampah plastik, airnya "
            "gk ngalir sama sekali. tolong dibersihin ya",
            "got-mampet",
        ),
        ("Anak saya sering diejek temannya di kelas dan sekarang takut sekolah.", "perundungan"),
        ("Kartu BPJS ibu saya mendadak nonaktif padahal mau cuci darah di RS.", "bpjs"),
    ],
)
def test_a_citizens_own_words_find_what_was_answered_already(db, cases, text, topic):
    found = similar(text)
    assert 0 < len(found) <= 3
    assert {cases[row.page_id].topic for row in found} == {topic}


@pytest.mark.parametrize("text", ["", "\x00", "Selamat pagi, mohon bantuannya.", "x" * 100_000])
def test_words_that_say_nothing_have_nothing_similar(db, cases, text):
    assert similar(text) == []


# What of a text says what it is about. Pure.


def told(text: str) -> list[str]:
    places = frozenset({tuple(term.stem for term in analyse("Prajurit Kulon"))})
    return [wanted.word for wanted in keywords_of(text, parse(text, Names(places=places)))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kemarin malam di depan rumah saya RT 3 RW 2", ""),
        ("Saya warga Prajurit Kulon, got mampet", "got mampet"),
        ("Sampah di Jalan Hayam Wuruk menumpuk", "sampah menumpuk"),
        ("Rambu di Jl. Gajah Mada roboh", "rambu roboh"),
        # Who shouts or never uses capitals is read all the same.
        ("SAMPAH DI JALAN HAYAM WURUK", "sampah hayam wuruk"),
        ("jalan berlubang", "berlubang"),
    ],
)
def test_where_when_and_who_are_not_what_it_is_about(text, words):
    assert told(text) == words.split()
