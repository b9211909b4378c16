"""Feeds and the map for search engines: which answers they hold, in which order, said how."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import pytest

from bench.crowd import make_answers
from pengaduan_app.models import AgencyPage, PublishedAnswer
from tests.support.factories import AgencyFactory, CategoryFactory

NOON = datetime(2026, 2, 2, 5, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def answers(city):
    """32 answers, one a day and each published an hour later; the last is the newest."""
    AgencyFactory(slug="dinas-x", name="Dinas X")
    CategoryFactory(slug="umum", name="Umum")
    make_answers(32)
    for number, row in enumerate(PublishedAnswer.objects.order_by("pk")):
        row.answered_at, row.title = NOON + timedelta(days=number), f"Jawaban nomor {number}"
        row.published_at, row.year = row.answered_at + timedelta(hours=1), 2026
        row.save()
    return list(PublishedAnswer.objects.with_names().order_by("answered_at"))


def xml(client, address: str):
    response = client.get(address)
    assert response.status_code == 200
    return ElementTree.fromstring(response.content)


def test_a_feed_holds_the_thirty_newest_answers_the_newest_first(answers, client):
    newest = [f"Jawaban nomor {number}" for number in range(31, 1, -1)]
    items = xml(client, "/feed/").findall("channel/item")
    assert [item.findtext("title") for item in items] == newest
    entries = xml(client, "/feed/atom/").findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == newest


def test_an_item_says_who_answered_what_and_when(answers, client):
    row = answers[-1]
    [item, *_others] = xml(client, "/feed/").findall("channel/item")
    assert item.findtext("link") == f"http://testserver{row.address}"
    assert item.findtext("description") == row.answer
    assert item.findtext("category") == "Umum"
    assert parsedate_to_datetime(item.findtext("pubDate")) == row.answered_at
    [entry, *_others] = xml(client, "/feed/atom/").findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Dinas X"
    moments = [entry.findtext(f"{ATOM}{name}") for name in ("published", "updated")]
    assert [datetime.fromisoformat(moment) for moment in moments] == [
        row.answered_at,
        row.published_at,
    ]


def test_an_answer_without_a_subject_matter_names_none(answers, client):
    PublishedAnswer.objects.update(category=None)
    items = xml(client, "/feed/").findall("channel/item")
    assert len(items) == 30 and not any(item.findall("category") for item in items)


@pytest.mark.parametrize(
    ("query", "title", "link"),
    [
        ("", "Pengaduan yang sudah dijawab", ""),
        ("?agency=dinas-x", "Pengaduan yang sudah dijawab: Dinas X", "?agency=dinas-x"),
        (
            "?category=umum&agency=dinas-x",
            "Pengaduan yang sudah dijawab: Dinas X, Umum",
            "?agency=dinas-x&category=umum",
        ),
    ],
)
def test_a_narrowed_feed_says_what_it_holds_and_leads_to_that_list(
    answers, client, query, title, link
):
    channel = xml(client, "/feed/" + query).find("channel")
    assert channel.findtext("title") == title
    assert channel.findtext("link") == f"http://testserver/pengaduan/{link}"


def test_a_narrowed_feed_holds_nothing_else(answers, client):
    other = AgencyFactory(slug="dinas-y")
    row = answers[0]
    row.agency = other
    row.save()
    [item] = xml(client, "/feed/?agency=dinas-y").findall("channel/item")
    assert item.findtext("title") == row.title
    assert len(xml(client, "/feed/atom/?agency=dinas-y").findall(f"{ATOM}entry")) == 1


@pytest.mark.parametrize("sign", ["\x01", "\x0b", "\ufffe"])
@pytest.mark.parametrize("place", ["title", "answer", "agency", "category"])
def test_a_sign_that_no_xml_can_hold_ends_no_feed(answers, client, place, sign):
    row = answers[-1]
    named = getattr(row, place)
    if place in ("agency", "category"):
        named.name = f"a{sign}b"
        named.save()
    else:
        PublishedAnswer.objects.filter(pk=row.pk).update(**{place: f"a{sign}b"})
    queries = ("?agency=dinas-x&category=umum",)
    for address in ("/feed/", "/feed/atom/", *(f"/feed/{query}" for query in queries)):
        assert "a b" in "".join(xml(client, address).itertext()), address


def test_tabs_and_line_ends_stay_as_they_are(answers, client):
    PublishedAnswer.objects.update(answer="satu\n\tdua")
    [item, *_others] = xml(client, "/feed/").findall("channel/item")
    assert item.findtext("description") == "satu\n\tdua"


# The map for search engines.


def places(client, address: str) -> list[str]:
    return [element.text for element in xml(client, address).iter(f"{MAP}loc")]


def test_the_map_names_each_answer_once_and_the_other_pages(answers, client):
    found = places(client, "/sitemap.xml")
    for row in answers:
        assert found.count(f"http://testserver{row.address}") == 1
    others = [place for place in found if "/jawaban" not in place.lower()]
    section = AgencyPage.objects.get(agency__slug="dinas-x")
    assert any(place.endswith(section.url) for place in others)
    assert len(found) == len(set(found))


def test_the_other_pages_are_a_part_without_any_answer(answers, client):
    found = places(client, "/sitemap-halaman.xml")
    assert found and not any(row.slug in place for row in answers for place in found)


def test_the_answers_are_listed_the_oldest_first_with_their_last_change(answers, client):
    """A full file stays as it is while new answers come."""
    root = xml(client, "/sitemap-jawaban.xml")
    assert [element.text for element in root.iter(f"{MAP}loc")] == [
        f"http://testserver{row.address}" for row in answers
    ]
    changed = [element.text for element in root.iter(f"{MAP}lastmod")]
    # Days of the city or of UTC: an hour after noon in the city both are the same.
    assert changed == [row.published_at.date().isoformat() for row in answers]


@pytest.mark.parametrize(("limit", "parts"), [(33, 0), (32, 0), (31, 3), (16, 3), (15, 4)])
def test_the_map_becomes_a_list_of_its_parts_when_one_file_is_full(
    answers, client, monkeypatch, limit, parts
):
    monkeypatch.setattr("pengaduan_app.publication.sitemaps.AnswerSitemap.limit", limit)
    assert len(list(xml(client, "/sitemap.xml").iter(f"{MAP}sitemap"))) == parts


def test_an_unknown_part_of_the_map_is_not_there(answers, client):
    assert client.get("/sitemap-rahasia.xml").status_code == 404


def test_a_list_without_answers_offers_no_year(city, client):
    text = client.get("/pengaduan/").content.decode()
    assert 'id="filter-year"' not in text and 'id="filter-kind"' not in text
