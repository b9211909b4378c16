"""Suggestions, facets and the ways on from a page of results, on a small archive."""

from __future__ import annotations

import pytest

from pengaduan_app.contrib.search import indexing
from pengaduan_app.contrib.search.results import search
from pengaduan_app.contrib.search.suggesting import suggest
from pengaduan_app.models import Agency
from tests.support.crowd import undone
from tests.support.factories import AgencyFactory
from tests.support.search_city import city_with

pytestmark = pytest.mark.django_db
CASES = 124  # two for each topic


@pytest.fixture(scope="module")
def cases(django_db_setup, django_db_blocker):
    with city_with(CASES, django_db_blocker) as by_page:
        yield by_page


@pytest.fixture
def archive(db, cases):
    with undone():
        yield cases


def agencies(text: str) -> list[str]:
    return [offer["text"] for offer in suggest(text) if offer["kind"] == "agency"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("rekaan pengujian", True),
        ("pengujian", True),
        ("rekaan penguj", True),
        ("drp", True),
        # Only the last word may be unfinished, and every word must be there.
        ("reka pengujian", False),
        ("rekaan pengujian air", False),
        ("ujian", False),
    ],
)
def test_an_agency_is_offered_by_every_word_the_last_unfinished(archive, typed, found):
    name = "Badan Rekaan Pengujian"
    AgencyFactory(name=name, short_name="DRP", slug="badan-rekaan")
    indexing.rebuild()
    assert (name in agencies(typed)) == found


def test_an_offered_agency_leads_to_its_own_page(archive, client):
    agency = Agency.objects.get(slug="dlh")
    [offer] = [each for each in suggest(agency.name) if each["text"] == agency.name]
    assert offer["url"] == "/pengaduan/dlh/"
    assert client.get(offer["url"]).status_code == 200


def test_no_more_than_three_agencies_leave_room_for_questions(archive):
    assert len(agencies("dinas")) == 3
    assert len(suggest("dinas")) <= 8


@pytest.mark.parametrize(("typed", "some"), [("j", False), ("ja", True), (" j ", False)])
def test_from_two_letters_on_something_is_offered(archive, typed, some):
    assert bool(suggest(typed)) == some


def test_a_word_that_is_finished_is_not_completed(archive):
    """A sign after it says so."""
    unfinished = {offer["text"] for offer in suggest("sampa")}
    assert unfinished
    assert not [each for each in suggest("sampa!") if each["kind"] == "answer"]


def test_every_offered_question_holds_every_typed_word(archive):
    offers = [each["text"].lower() for each in suggest("jalan rusak") if each["kind"] == "answer"]
    assert all("jalan" in text for text in offers)


# Pages of results.


def test_a_page_holds_ten_and_the_ways_on_lead_to_its_neighbours(archive, client):
    total = search({"q": ""}).total
    assert total == CASES
    last = -(-CASES // 10)
    for number, rels in ((1, ["next"]), (2, ["prev", "next"]), (last, ["prev"])):
        context = client.get("/cari/", {"page": number}).context
        assert [link["rel"] for link in context["page_links"]] == rels
        shown = len(context["results"].hits)
        assert shown == (10 if number < last else CASES - 10 * (last - 1))


@pytest.mark.parametrize(("page", "number"), [("0", 13), ("99", 13), ("x", 1), ("-1", 13), ("", 1)])
def test_a_page_that_is_not_there_is_the_nearest_that_is(archive, page, number):
    assert search({"q": "", "page": page}).page.number == number


def test_a_facet_keeps_the_query_and_the_other_filters(archive):
    def facets(**params) -> dict:
        found = search({"q": "sampah", **params}).facets
        return {facet["name"]: facet["options"] for facet in found}

    year = facets(agency="dlh")["year"][0]["label"]
    offered = facets(agency="dlh", year=year, page="1")
    assert offered["category"]
    for option in offered["category"]:
        assert option["url"].startswith("?q=sampah&") and "page=" not in option["url"]
        assert "agency=dlh" in option["url"] and f"year={year}" in option["url"]
    [chosen] = [option for option in offered["agency"] if option["current"] == "true"]
    assert chosen["url"] == f"?q=sampah&year={year}"


def test_facets_say_the_most_common_value_first(archive):
    for facet in search({"q": "jalan"}).facets:
        counts = [option["count"] for option in facet["options"]]
        if facet["name"] != "year":
            assert counts == sorted(counts, reverse=True), facet["name"]
        assert all(counts)


def test_a_phrase_that_is_respelled_keeps_the_rest_of_the_query(archive):
    results = search({"q": '"jalan xyzzy" lampu', "agency": "dlh"})
    for offer in results.suggestions:
        assert '"' not in offer["text"]
        assert offer["url"].startswith("?q=jalan+xyzzy+lampu") and "agency=dlh" in offer["url"]
    assert results.suggestions
