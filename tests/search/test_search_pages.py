"""`/cari/`, its suggestions and its API: what a stranger gets, for how many queries."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import city, corpus
from pengaduan_app.contrib.search import indexing
from pengaduan_app.models import ComplaintPage
from tests.api.test_api_privacy import INNER
from tests.support.search_city import city_with
from tests.whole.test_nasty_input import NASTY

pytestmark = pytest.mark.django_db
MOST_QUERIES = 5
NASTIER = (
    *NASTY,
    '"' * 999,
    'a" OR "b',
    "NEAR(jalan lampu, 2)",
    "title_stems : jalan",
    "jalan AND NOT lampu",
    "-jalan +lampu ^rusak*",
    "jalan & !lampu | (rusak <-> got)",
    "'; DROP TABLE pengaduan_search_answer; --",
    "a:* & b",
    "'jalan' <-> ",
    "{jalan lampu} : x",
    " ".join(f"kata{number}" for number in range(200)),
    "j" * 200_000,
)
EVERY_KIND = ("jalan rusak", "jlaan rusakk xyzzy", '"aspal panas"', "", "xyzzyqwv", "pju meri")


@pytest.fixture(scope="module")
def cases(django_db_setup, django_db_blocker):
    with city_with(310, django_db_blocker) as by_page:
        yield by_page


@pytest.fixture
def ask(db, cases):
    """Ask an address as a stranger does; an error page comes back as one."""
    return Client(raise_request_exception=False).get


def queries_of(ask, text: str) -> int:
    ask("/cari/", {"q": text})
    with CaptureQueriesContext(connection) as captured:
        assert ask("/cari/", {"q": text, "year": "2024"}).status_code == 200
    return len(captured)


@pytest.mark.parametrize("number", [10, 1000])
def test_a_search_costs_few_queries_however_many_answers_there_are(ask, number):
    city.load(corpus.cases(number))
    indexing.rebuild()
    assert {text: n for text in EVERY_KIND if (n := queries_of(ask, text)) > MOST_QUERIES} == {}


@pytest.mark.parametrize("value", NASTIER, ids=lambda value: ascii(value[:12]))
def test_nothing_that_is_typed_breaks_it(ask, value):
    for address in ("/cari/", "/cari/saran/", "/api/v2/search/"):
        for name in ("q", "agency", "category", "year", "page", "village", "kind"):
            answer = ask(address, {"q": "jalan", name: value})
            assert answer.status_code == 200, (address, name)
            assert "<script>alert(1)" not in answer.content.decode()


def test_bytes_that_are_no_text_break_nothing(ask):
    assert ask("/cari/?q=%ff%fe%00%c3").status_code == 200


def test_what_was_asked_for_is_marked_and_everything_else_escaped(ask, cases):
    page = ComplaintPage.objects.first()
    page.title = "Lubang <b>& lampu-lampunya"
    page.question = "<script>alert(1)</script> lampu \"padam\" & 'gelap' di sini"
    page.save(clean=False)
    body = ask("/cari/", {"q": "lampu padam lubang"}).content.decode()
    assert "<mark>Lubang</mark> &lt;b&gt;&amp; <mark>lampu-lampunya</mark>" in body
    assert "&lt;script&gt;alert(1)&lt;/script&gt; <mark>lampu</mark>" in body


def test_the_page_shows_hits_with_links_and_what_to_narrow_by(ask, cases):
    body = ask("/cari/", {"q": "sampah"}).content.decode()
    assert body.count('<li class="card">') == 10
    page = ComplaintPage.objects.get(
        pk=ask("/cari/", {"q": "sampah"}).context["results"].hits[0].pk
    )
    assert f'href="{page.get_url()}"' in body
    assert "?q=sampah&amp;agency=dlh" in body
    assert 'rel="next"' in body and 'rel="prev"' not in body
    assert 'content="noindex"' in body


def test_who_finds_nothing_is_helped_on(ask, cases):
    body = ask("/cari/", {"q": "xyzzyqwv"}).content.decode()
    assert "/lapor/" in body and "/pengaduan/?category=" in body
    assert 'class="card"' not in body


def test_a_misspelled_word_is_explained(ask, cases):
    body = ask("/cari/", {"q": "perpustakan"}).content.decode()
    assert "perpustakan" in body and "perpustakaan" in body
    assert 'class="note"' in body


def test_it_says_when_no_answer_has_all_words(ask, cases):
    note = "Tidak ada jawaban yang memuat semua kata; yang paling mendekati ditampilkan."
    assert note in ask("/cari/", {"q": "ayunan cerobong"}).content.decode()
    assert note not in ask("/cari/", {"q": "got mampet"}).content.decode()
    assert ask("/api/v2/search/", {"q": "ayunan cerobong"}).json()["meta"]["lacks_words"]


def test_words_that_stand_everywhere_are_called_so(ask, cases):
    body = ask("/cari/", {"q": "yang di"}).content.decode()
    assert "Kata-kata ini ada di setiap jawaban." in body
    assert "Tambahkan kata yang menyebut perkaranya." in body
    assert "<mark>" not in body and "Belum ada jawaban" not in body


def test_a_phrase_without_a_hit_is_one_press_from_its_words(ask, cases):
    body = ask("/cari/", {"q": '"rusak jalan parah"'}).content.decode()
    assert 'Cari tanpa tanda kutip: <a href="?q=rusak+jalan+parah">rusak jalan parah</a>' in body


def test_the_page_is_light(ask, cases):
    assert len(ask("/cari/", {"q": "jalan"}).content) < 40_000


def test_suggestions_are_plain_json_that_browsers_keep_a_while(ask, cases):
    answer = ask("/cari/saran/", {"q": "dinas"})
    offers = json.loads(answer.content)["suggestions"]
    assert 0 < len(offers) <= 8
    assert all(set(offer) == {"kind", "text", "url"} for offer in offers)
    assert all(ask(offer["url"]).status_code == 200 for offer in offers)
    assert "max-age" in answer["Cache-Control"]


def test_the_api_gives_the_whitelist_and_no_more(ask, cases):
    answer = ask("/api/v2/search/", {"q": "lampu jalan"}).json()
    assert set(answer) == {"meta", "items"}
    assert answer["items"]
    for item in answer["items"]:
        assert set(item) == {
            "id", "title", "excerpt", "url", "kind", "agency", "category", "village", "answered_at",
        }  # fmt: skip


def test_the_api_takes_no_inner_names(ask, cases):
    every = ask("/api/v2/search/", {"q": "lampu"}).json()
    assert all(ask("/api/v2/search/", {"q": "lampu", name: "1"}).json() == every for name in INNER)
