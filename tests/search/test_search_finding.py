"""What is found, in which order; the same on both databases."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import mean

import pytest

from bench import corpus
from bench.search import judge
from pengaduan_app.contrib.search import finding, reference_cache
from pengaduan_app.contrib.search.models import Answer, SynonymSet
from pengaduan_app.contrib.search.query import Wanted
from pengaduan_app.contrib.search.ranking import Candidate, rank
from pengaduan_app.contrib.search.results import search
from pengaduan_app.contrib.search.suggesting import suggest
from pengaduan_app.models import Agency, Category
from tests.support.search_city import city_with

pytestmark = pytest.mark.django_db
# The order in which these searches find, as both databases gave it when it was written.
ORDER = Path(__file__).parents[1] / "data/search_order.json"
CASES = 620  # ten for each topic


@pytest.fixture(scope="module")
def cases(django_db_setup, django_db_blocker):
    with city_with(CASES, django_db_blocker) as by_page:
        yield by_page


@pytest.fixture
def topics_of(db, cases):
    """The topics of the ten best answers."""
    return lambda text, **params: [cases[pk].topic for pk in hits(text, **params)]


def hits(text: str, **params) -> list[int]:
    return [hit.pk for hit in search({"q": text, **params}).hits]


def test_both_databases_give_the_same_order(db, cases):
    number_of = {pk: number for number, pk in enumerate(cases)}
    expected = json.loads(ORDER.read_text(encoding="utf-8"))
    assert {text: [number_of[pk] for pk in hits(text)] for text in expected} == expected


def test_people_find_what_they_mean(db, cases):
    """The judged searches; figures over more answers are printed by `make bench`."""
    judged = judge(hits, corpus.searches(), cases)
    assert mean(row[0] for row in judged) >= 0.8
    assert mean(row[1] for row in judged) >= 0.8


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("jalan rusak", "jalan-berlubang"),
        ("KERUSAKAN JALANAN", "jalan-berlubang"),
        ("pju mati", "lampu-jalan"),
        ("pnerangan jaln umum", "lampu-jalan"),
        ("antrian pkm", "antre-puskesmas"),
        ("perijinan usaha", "izin-usaha"),
        ("rtlh", "rumah-tidak-layak"),
        ("imunsiasi", "imunisasi"),
        ("perpustakan", "perpustakaan"),
        ("got-got mampet", "got-mampet"),
    ],
)
def test_the_best_answer_is_about_what_was_meant(topics_of, text, topic):
    assert topics_of(text)[0] == topic


def test_a_misspelled_word_is_named_with_what_was_searched(db, cases):
    match = finding.find("seragm gratis")
    assert match.meant == {"seragm": "seragam"}
    assert match.ranked


def test_a_rare_word_is_searched_and_the_common_one_offered(db, cases):
    row = Answer.objects.first()
    page = row.page
    page.question = "Rambbu itu roboh."
    page.save(clean=False)
    results = search({"q": "rambbu roboh", "year": str(row.year)})
    assert page.pk in [hit.pk for hit in results.hits]
    assert results.match.meant == {}
    assert results.suggestions == [
        {
            "label": "Mungkin maksud Anda:",
            "text": "rambu roboh",
            "url": f"?q=rambu+roboh&year={row.year}",
        }
    ]


def test_a_phrase_in_quotes_is_found_as_it_stands(db, cases):
    found = hits('"cerobong pabrik mengeluarkan asap hitam"')
    assert found
    assert all("mengeluarkan asap hitam" in cases[pk].question for pk in found)
    assert hits('"hitam asap mengeluarkan"') == []


def test_a_phrase_that_no_answer_has_is_offered_without_quotes(db, cases):
    results = search({"q": '"hitam asap" pabrik', "year": "2024"})
    assert [offer["text"] for offer in results.suggestions] == ["hitam asap pabrik"]
    assert results.suggestions[0]["url"] == "?q=hitam+asap+pabrik&year=2024"
    assert search({"q": '"asap hitam"'}).suggestions == []
    assert search({"q": "xyzzyqwv"}).suggestions == []


def test_no_phrase_crosses_from_the_question_into_the_answer(db, cases):
    case = next(iter(cases.values()))
    last, first = case.question.split()[-1], case.answer.removeprefix("<p>").split()[0]
    assert hits(f'"{last} {first}"') == []


def test_few_full_matches_are_followed_by_those_that_lack_a_word(topics_of):
    assert topics_of("ayunan putus xyzzykota")[0] == "taman-rusak"
    assert len(topics_of("ayunan cerobong")) > 1


@pytest.mark.parametrize("text", ["ayunan cerobong", "ayunan putus xyzzykota"])
def test_where_no_answer_has_every_word_it_says_so(db, cases, text):
    match = finding.find(text)
    assert match.ranked and match.lacks_words


@pytest.mark.parametrize("text", ["ayunan putus", "ayunan", "pju mati", "xyzzyqwv plughfoo", ""])
def test_where_an_answer_has_them_all_or_none_has_any_it_does_not(db, cases, text):
    assert not finding.find(text).lacks_words


def test_a_rare_word_in_the_text_comes_before_a_common_one_in_the_title():
    rare, common = (
        Wanted(phrases=((word,),), word=word, start=0, end=0, answers=answers)
        for word, answers in (("cerobong", 5), ("sampah", 15))
    )
    filler = "lain " * 300
    texts = {
        1: (" sampah sampah ", f" sampah {filler}"),
        2: (" asap pabrik ", f" {filler}cerobong "),
    }
    found = [Candidate(pk, 1, 1, 2025, 1, *text, about=" ") for pk, text in texts.items()]
    assert [each.pk for _score, each in rank(found, [rare, common], total=600)] == [2, 1]


@pytest.mark.parametrize("text", ["yang di", "Apakah ini?"])
def test_words_that_stand_everywhere_are_no_search(db, cases, text):
    results = search({"q": text})
    assert results.match.is_vague
    assert (results.hits, results.facets) == ([], [])


def test_words_that_nobody_used_find_nothing(db, cases):
    assert hits("xyzzyqwv plughfoo") == []


def test_without_words_the_newest_come_first(db, cases):
    newest = sorted(cases, key=lambda pk: cases[pk].answered_at, reverse=True)
    assert hits("") == newest[:10]


def test_later_pages_go_on_where_the_first_ended(db, cases):
    first, second = hits("jalan"), hits("jalan", page="2")
    assert len(first) == len(second) == 10
    assert not set(first) & set(second)
    assert hits("jalan", page="99999")[-1:] != []


# Synonyms.


def test_a_new_synonym_counts_at_once(db, cases):
    assert hits("lurung") == []
    row = SynonymSet.objects.create(words="lurung, gang buntu, selokan")
    assert cases[hits("lurung")[0]].topic == "got-mampet"
    row.words = "lurung, perpustakaan"
    row.save()
    assert cases[hits("lurung")[0]].topic == "perpustakaan"
    row.delete()
    assert hits("lurung") == []


def test_another_process_sees_the_change_with_its_next_search(db, cases, monkeypatch):
    hits("lurung")
    elsewhere = reference_cache.current()
    SynonymSet.objects.create(words="lurung, selokan")
    monkeypatch.setattr(reference_cache, "_current", elsewhere)
    assert hits("lurung")


def test_a_name_finds_no_less_than_its_words(db, cases):
    """“Lampu jalan” is a name with synonyms, and also a lamp on some road."""
    page = Answer.objects.first().page
    page.question = "Lampu di Jalan Kartini berkedip."
    page.save(clean=False)
    found = [each.pk for _score, each in finding.find("lampu jalan").ranked]
    row = Answer.objects.get(page=page).pk
    as_a_name = Answer.objects.filter(title__icontains="lampu jalan").values_list("pk", flat=True)
    assert row in found
    assert found.index(row) > max(map(found.index, as_a_name))


def test_a_name_that_no_answer_has_is_searched_by_its_words(topics_of):
    SynonymSet.objects.create(words="ayunan cerobong, mainan pabrik")
    assert {"taman-rusak", "asap-pembakaran"} & set(topics_of("ayunan cerobong"))
    assert finding.find("ayunan cerobong").lacks_words


def test_the_small_words_of_a_name_are_not_marked(db, cases):
    hit = search({"q": "pju tidak menyala"}).hits[0]
    assert "<mark>" in hit.title
    assert "<mark>tidak</mark>" not in f"{hit.title} {hit.excerpt}".lower()


# What to narrow by.


def options(results, name: str) -> dict[str, int]:
    facet = next(facet for facet in results.facets if facet["name"] == name)
    return {option["label"]: option["count"] for option in facet["options"]}


def test_facets_count_what_was_found(db, cases):
    results = search({"q": "sampah"})
    assert sum(options(results, "agency").values()) == results.total
    assert sum(options(results, "year").values()) == results.total
    name = Agency.objects.get(slug="dlh").name
    assert options(results, "agency")[name] == search({"q": "sampah", "agency": "dlh"}).total


@pytest.mark.parametrize("name", ["agency", "category", "year", "village"])
def test_filters_narrow_and_unknown_ones_are_ignored(db, cases, name):
    every = search({"q": "rusak"})
    values = {"agency": "dlh", "category": "pendidikan", "year": "2024", "village": "meri"}
    narrow = search({"q": "rusak", name: values[name]})
    assert 0 < narrow.total < every.total
    for nonsense in ("", "nonsense", "²", "-1", "99999", "'"):
        assert search({"q": "rusak", name: nonsense}).total in (every.total, 0)


def test_a_filter_that_was_chosen_can_be_taken_back(db, cases):
    results = search({"q": "rusak", "category": "pendidikan", "year": "2024"})
    option = next(f for f in results.facets if f["name"] == "category")["options"][0]
    assert (option["current"], option["url"]) == ("true", "?q=rusak&year=2024")
    assert option["label"] == Category.objects.get(slug="pendidikan").name


def test_at_most_a_thousand_matches_are_ranked_and_counted(db, cases, monkeypatch):
    monkeypatch.setattr(finding, "MOST", 30)
    match = finding.find("jalan")
    assert len(match.ranked) == 31 and match.is_capped
    newest = Answer.objects.order_by("-pk").values_list("pk", flat=True)
    assert max(candidate.pk for _score, candidate in match.ranked) >= newest[30]


# Suggestions.


def test_an_unfinished_word_suggests_agencies_and_questions(db, cases):
    offers = suggest("dinas ke")
    assert {offer["kind"] for offer in offers[:1]} == {"agency"}
    assert len(offers) <= 8
    titles = [offer["text"] for offer in suggest("perundu")]
    assert "Perundungan di SMP" in titles
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize("text", ["", "a", "\x00", "%", "*", "zzzzzzzz", '"'])
def test_nothing_is_suggested_for_nothing(db, cases, text):
    assert suggest(text) == []


@pytest.mark.parametrize(
    "text", ["🚧", "👍👍", "…", "—", "???", '""', "№", "水", "мост", "ماء", "_", "%"]
)
def test_what_the_index_can_not_hold_finds_nothing(db, cases, text):
    """And not every answer, as though nothing had been typed."""
    found = search({"q": text})
    assert (found.total, found.hits, found.match.is_vague) == (0, [], False)
    assert suggest(text * 2) == []


@pytest.mark.parametrize("text", ["", " ", "\u200b\u200b", "\u3164", "\u2800 "])
def test_what_nobody_sees_was_not_typed(db, cases, text):
    assert search({"q": text}).total == CASES and search({"q": text}).query == ""


def test_beside_a_word_it_changes_nothing(db, cases):
    assert hits("🚧 jalan rusak ‼️") == hits("jalan rusak")
