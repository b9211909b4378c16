"""Reading the list: its filters, the walk through it, feeds and sitemap."""

from __future__ import annotations

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from bench.crowd import make_answers
from pengaduan_app.models import PublishedAnswer
from pengaduan_app.models.page.published import summary_of
from pengaduan_app.procedure.sop import Kind
from pengaduan_app.publication import facets, list_filters, pagination
from pengaduan_app.publication.answer_context import RELATED_HOOK, related
from tests.support.crowd import standing_city
from tests.support.factories import AgencyFactory, CategoryFactory, VillageFactory

CITY = 300


class Town:
    """A city with many answers, made quickly."""

    def __init__(self):
        self.agencies = [AgencyFactory(slug=f"dinas-x{n}") for n in range(3)]
        self.categories = [CategoryFactory() for _n in range(3)]
        self.villages = [VillageFactory() for _n in range(3)]
        make_answers(CITY)
        # A third of them at the very same moment.
        same = PublishedAnswer.objects.filter(page__complaint__pk__gt=0, kind=Kind.COMPLAINT)
        moment = timezone.now() - timedelta(days=200)
        same.update(answered_at=moment, year=timezone.localtime(moment).year)


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker):
    with standing_city(django_db_blocker):
        yield Town()


def links(text: str) -> list[str]:
    cards = text[text.index('<ul class="cards">') : text.index('class="pager"')]
    return re.findall(r'<h3><a href="([^"]+)"', cards)


def way(text: str, rel: str) -> str | None:
    found = re.search(rf'rel="{rel}" href="([^"]+)"', text)
    return found and found[1].replace("&amp;", "&")


def walk(client, start: str, rel: str = "next") -> list[list[str]]:
    """The links of every page of a list, from its start to where no way leads on."""
    pages, address = [], start
    while address and len(pages) < 50:
        text = client.get("/pengaduan/" + address).content.decode()
        pages.append(links(text))
        address = way(text, rel)
    return pages


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_walking_the_list_visits_each_answer_once_there_and_back(db, town, client, sort):
    pages = walk(client, f"?sort={sort}")
    seen = [link for page in pages for link in page]
    assert len(seen) == len(set(seen)) == CITY
    order = "-" if sort == "newest" else ""
    rows = PublishedAnswer.objects.with_names().order_by(f"{order}answered_at", f"{order}pk")
    assert seen == [row.address for row in rows]
    text = client.get(f"/pengaduan/?sort={sort}&page={len(pages)}").content.decode()
    back = [links(text)]
    while address := way(text, "prev"):
        text = client.get("/pengaduan/" + address).content.decode()
        back.append(links(text))
    assert back[-1] == pages[0]
    assert {link for page in back for link in page} == set(seen)


@pytest.mark.parametrize("name", list_filters.FILTERS)
def test_each_filter_leaves_exactly_its_answers(db, town, client, name):
    for option in facets.options()[name]:
        rows = PublishedAnswer.objects.filter(**{name: option.key}).with_names()
        pages = walk(client, f"?{name}={option.value}")
        assert sorted(link for page in pages for link in page) == sorted(r.address for r in rows)
        text = client.get(f"/pengaduan/?{name}={option.value}").content.decode()
        assert f"{option.label} ({rows.count()})".replace("&", "&amp;") in text
        assert 'class="chip"' in text


def offers(text: str, name: str) -> dict[str, int]:
    """What a filter offers: by its value how many answers it says. Empty if there is no filter."""
    select = re.search(rf'<select id="filter-{name}".+?</select>', text, re.DOTALL)
    found = re.findall(r'value="([^"]+)"[^>]*>[^<]*\((\d+)\)</option>', select[0] if select else "")
    return {value: int(number) for value, number in found}


def test_the_values_beside_a_chosen_one_say_what_they_would_leave_instead(db, town, client):
    agency, category = town.agencies[0], town.categories[0]
    text = client.get(f"/pengaduan/?agency={agency.slug}&category={category.slug}").content.decode()
    for name, kept, others in (
        ("category", {"agency": agency}, town.categories),
        ("agency", {"category": category}, town.agencies),
    ):
        rows = PublishedAnswer.objects.filter(**kept)
        counts = {other.slug: rows.filter(**{name: other}).count() for other in others}
        assert offers(text, name) == {slug: number for slug, number in counts.items() if number}


@pytest.mark.parametrize(
    ("name", "factory"),
    [("agency", AgencyFactory), ("category", CategoryFactory), ("village", VillageFactory)],
)
def test_what_would_leave_nothing_is_not_offered_unless_it_is_chosen(
    db, town, client, name, factory
):
    empty = factory(slug="kosong")
    facets.forget()
    found = offers(client.get("/pengaduan/").content.decode(), name)
    assert found and all(found.values())
    assert empty.slug not in found
    chosen = client.get(f"/pengaduan/?{name}={empty.slug}").content.decode()
    assert offers(chosen, name)[empty.slug] == 0
    facets.forget()


def test_where_not_all_were_counted_every_value_can_be_chosen(db, town, client, monkeypatch):
    monkeypatch.setattr(facets, "MOST", 5)
    CategoryFactory(slug="kosong")
    facets.forget()
    text = client.get("/pengaduan/").content.decode()
    assert "5+ jawaban" in text and 'value="kosong"' in text
    facets.forget()


def test_filters_work_together_and_on_an_agencys_page(db, town, client):
    agency, category = town.agencies[0], town.categories[0]
    rows = PublishedAnswer.objects.filter(agency=agency, category=category).with_names()
    wanted = {row.address for row in rows}
    both = walk(client, f"?agency={agency.slug}&category={category.slug}")
    assert {link for page in both for link in page} == wanted
    section = client.get(f"/pengaduan/{agency.slug}/?category={category.slug}").content.decode()
    assert set(links(section)) <= wanted and links(section)


@pytest.mark.parametrize("address", ["?page=2", "?page=15", "?page=999", "?page=99999999999"])
def test_numbered_pages_lead_somewhere(db, town, client, address):
    answer = client.get("/pengaduan/" + address)
    assert answer.status_code == 200
    assert links(answer.content.decode())


@pytest.mark.parametrize("name", ["after", "before", "sort", "kind", "year", "agency"])
@pytest.mark.parametrize(
    "value",
    ["", "\x00", "-", "x-y", "0-0", "f" * 39, "-1-1", "f" * 30 + "-1", "²-²", "💧", "9" * 4000],
)
def test_odd_values_show_a_list(db, town, client, name, value):
    for path in ("/pengaduan/", f"/pengaduan/{town.agencies[0].slug}/"):
        assert client.get(path, {name: value}).status_code == 200
    # A feed that somebody subscribes to must not become the whole city's.
    narrows = value and name in ("kind", "year", "agency")
    assert client.get("/feed/", {name: value}).status_code == (404 if narrows else 200)


def test_a_cursor_can_be_read_back(town):
    row = PublishedAnswer(pk=7, answered_at=timezone.now())
    assert pagination.read_cursor(pagination.write_cursor(row)) == (row.answered_at, 7)


@pytest.mark.parametrize(
    ("query", "robots", "canonical"),
    [
        ("", "index", ""),
        ("?page=2", "noindex", ""),
        ("?sort=oldest", "noindex", ""),
        ("?agency=dinas-x1", "index", "dinas-x1/"),
        ("?kind=complaint", "index", "?kind=complaint"),
        ("?kind=complaint&agency=dinas-x1", "noindex", "?agency=dinas-x1&amp;kind=complaint"),
        ("?kind=unknown&utm_source=x", "index", ""),
    ],
)
def test_search_engines_are_told_which_lists_to_keep(db, town, client, query, robots, canonical):
    text = client.get("/pengaduan/" + query).content.decode()
    assert f'name="robots" content="{robots}, follow"' in text
    assert f'rel="canonical" href="http://testserver/pengaduan/{canonical}"' in text


@pytest.mark.parametrize("address", ["/feed/", "/feed/atom/", "/feed/?agency=dinas-x1"])
def test_feeds_are_xml_with_the_newest_answers(db, town, client, address):
    root = ElementTree.fromstring(client.get(address).content)
    atom = "{http://www.w3.org/2005/Atom}"
    items = root.findall(f"{atom}entry") or root.findall("channel/item")
    assert len(items) == 30
    for item in items:
        link = item.findtext("link") or item.find(f"{atom}link").get("href")
        assert link.startswith("http://testserver/pengaduan/")
        assert "agency" not in address or "/dinas-x1/" in link


def test_the_sitemap_splits_when_it_grows(db, town, client, monkeypatch):
    whole = client.get("/sitemap.xml").content.decode()
    assert whole.count("/pengaduan/dinas-x") >= CITY
    monkeypatch.setattr("pengaduan_app.publication.sitemaps.AnswerSitemap.limit", 100)
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    places = [element.text for element in index.iter() if element.tag.endswith("loc")]
    assert len(places) == 1 + CITY // 100
    for place in places:
        assert client.get(place.removeprefix("http://testserver")).status_code == 200
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()


def test_a_site_can_bring_its_own_related_answers(db, town, client):
    from wagtail import hooks

    answer = PublishedAnswer.objects.with_names().first()
    assert answer not in related(answer) and len(related(answer)) == 4
    with hooks.register_temporarily(RELATED_HOOK, lambda found: []):
        assert related(answer) == []


@pytest.mark.parametrize(
    ("words", "end"),
    [
        ("Lampu " * 25 + "lama. Mohon", "lama…"),
        ("Lampu " * 25 + "lama, Mohon", "lama…"),
        ("Lampu " * 25 + "padam sejak", "padam…"),
        ("Lampu padam.", "padam."),
    ],
)
def test_a_summary_ends_with_one_mark(words, end):
    assert summary_of(words).split()[-1] == end


def test_an_agency_is_reached_with_one_touch(db, town, client):
    agency = town.agencies[0]
    agency.phone, agency.email = "(0321) 000-101 / 102", "dinas@kota.example"
    agency.save()
    text = client.get(f"/pengaduan/{agency.slug}/").content.decode()
    assert '<a href="tel:0321000101">(0321) 000-101 / 102</a>' in text
    assert '<a href="mailto:dinas@kota.example">' in text


@pytest.mark.parametrize("slug", ["dinas-x1", "tidak-ada", "\x00", ""])
def test_an_agencys_page_leads_to_the_form_with_that_agency_chosen(db, town, client, slug):
    """A name that nobody knows is ignored."""
    assert "/lapor/?agency=dinas-x1" in client.get("/pengaduan/dinas-x1/").content.decode()
    text = client.get("/lapor/", {"agency": slug}).content.decode()
    select = re.search(r'<select name="agency".+?</select>', text, re.DOTALL)[0]
    chosen = re.findall(r'value="(\d*)" selected', select)
    assert chosen == ([str(town.agencies[1].pk)] if slug == "dinas-x1" else [""])
