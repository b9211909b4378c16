"""Walking a list page by page: which answers stand on which, and where the ways on end."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from bench.crowd import make_answers
from pengaduan_app import tasks
from pengaduan_app.models import PublishedAnswer
from pengaduan_app.procedure.sop import Kind
from pengaduan_app.process_cache import ProcessCache
from pengaduan_app.publication import facets, pagination
from tests.support.crowd import standing_city, undone
from tests.support.factories import AgencyFactory, CategoryFactory

NOON = datetime(2026, 2, 2, 5, tzinfo=UTC)
ANSWERS, PER_PAGE = 45, 20
BEYOND = "tidak memiliki halaman dengan nomor tersebut"


@pytest.fixture(scope="module")
def archive(django_db_setup, django_db_blocker):
    """45 answers of one agency, one a day, the last of them the newest."""
    with standing_city(django_db_blocker):
        AgencyFactory(slug="dinas-x")
        make_answers(ANSWERS)
        for number, row in enumerate(PublishedAnswer.objects.order_by("pk")):
            row.answered_at, row.year = NOON + timedelta(days=number), 2026
            row.title, row.kind = f"Jawaban nomor {number}", Kind.COMPLAINT.value
            row.save()
        yield


@pytest.fixture
def rows(archive, db):
    """The answers by age, the oldest first; what a test changes is undone."""
    with undone():
        yield list(PublishedAnswer.objects.order_by("answered_at"))
    facets.forget()


def text_of(client, query: str, path: str = "/pengaduan/") -> str:
    response = client.get(path + query)
    assert response.status_code == 200
    return response.content.decode()


def numbers(text: str) -> list[int]:
    """The answers of a page, in its order."""
    return [int(number) for number in re.findall(r">Jawaban nomor (\d+)</a></h3>", text)]


def way(text: str, rel: str) -> str | None:
    found = re.search(rf'<a rel="{rel}" href="([^"]+)"', text)
    return found and found[1].replace("&amp;", "&")


NEWEST = list(range(ANSWERS))[::-1]


@pytest.mark.parametrize(
    ("query", "shown", "back", "on"),
    [
        ("", NEWEST[:20], False, True),
        ("?page=1", NEWEST[:20], False, True),
        ("?page=2", NEWEST[20:40], True, True),
        ("?page=3", NEWEST[40:], True, False),
        ("?page=2&sort=oldest", NEWEST[::-1][20:40], True, True),
        ("?page=3&sort=oldest", NEWEST[::-1][40:], True, False),
        # A number that no page has leads to the end of the list.
        ("?page=4", NEWEST[25:], True, False),
        ("?page=4&sort=oldest", NEWEST[::-1][25:], True, False),
        # What is no number is the first page.
        ("?page=0", NEWEST[:20], False, True),
        ("?page=-1", NEWEST[:20], False, True),
        ("?page=1.5", NEWEST[:20], False, True),
        ("?page=²", NEWEST[:20], False, True),
    ],
)
def test_a_numbered_page_holds_its_twenty_answers(rows, client, query, shown, back, on):
    text = text_of(client, query)
    assert numbers(text) == shown
    assert (bool(way(text, "prev")), bool(way(text, "next"))) == (back, on)


@pytest.mark.parametrize(
    ("query", "said"), [("", False), ("?page=3", False), ("?page=4", True), ("?page=4000", True)]
)
def test_only_who_asks_for_a_page_too_many_is_told_so(rows, client, query, said):
    """Also right after somebody who read the last page."""
    text_of(client, "?page=3")
    assert (BEYOND in text_of(client, query)) == said


@pytest.mark.parametrize(
    ("number", "shown", "said"),
    [(1, NEWEST[:20], False), (2, NEWEST[20:40], False), (3, NEWEST[20:40], True)],
)
def test_numbers_lead_as_far_as_they_may_and_no_further(
    rows, client, monkeypatch, number, shown, said
):
    """An index counts off so many rows quickly; from there "more answers" leads on."""
    monkeypatch.setattr(pagination, "LAST_NUMBERED", 2)
    text = text_of(client, f"?page={number}")
    assert numbers(text) == shown and (BEYOND in text) == said
    assert way(text, "next")


@pytest.mark.parametrize(("left", "on"), [(19, False), (20, False), (21, True)])
def test_a_full_last_page_promises_nothing_more(rows, client, left, on):
    chosen = [row.pk for row in rows[:left]]
    PublishedAnswer.objects.filter(pk__in=chosen).update(kind=Kind.SUGGESTION.value)
    text = text_of(client, "?kind=suggestion")
    assert len(numbers(text)) == min(left, PER_PAGE)
    assert bool(way(text, "next")) == on


@pytest.mark.parametrize(("left", "on"), [(40, False), (41, True)])
def test_a_full_last_page_that_a_cursor_led_to_promises_nothing_more(rows, client, left, on):
    chosen = [row.pk for row in rows[:left]]
    PublishedAnswer.objects.filter(pk__in=chosen).update(kind=Kind.SUGGESTION.value)
    second = text_of(client, way(text_of(client, "?kind=suggestion"), "next"))
    assert len(numbers(second)) == PER_PAGE
    assert bool(way(second, "next")) == on


def test_the_way_back_leads_over_the_same_pages(rows, client):
    second = text_of(client, way(text_of(client, ""), "next"))
    third = text_of(client, way(second, "next"))
    assert numbers(third) == NEWEST[40:]
    back = text_of(client, way(third, "prev"))
    assert numbers(back) == NEWEST[20:40]
    assert way(back, "next") and way(back, "prev")
    first = text_of(client, way(back, "prev"))
    assert numbers(first) == NEWEST[:20]
    assert not way(first, "prev")


def test_the_way_back_to_the_start_is_the_start_itself(rows, client):
    """Search engines may keep it, as they may the address without a cursor."""
    second = text_of(client, way(text_of(client, ""), "next"))
    first = text_of(client, way(second, "prev"))
    assert 'name="robots" content="index, follow"' in first
    assert 'name="robots" content="noindex, follow"' in second


def test_answers_of_one_moment_are_told_apart_by_their_key(rows, client):
    PublishedAnswer.objects.update(answered_at=NOON)
    for sort in ("newest", "oldest"):
        pages, query = [], f"?sort={sort}"
        while query:
            text = text_of(client, query)
            pages.append(numbers(text))
            query = way(text, "next")
        assert [len(page) for page in pages] == [20, 20, 5]
        assert len({number for page in pages for number in page}) == ANSWERS


@pytest.mark.parametrize("key", [2**63 - 1, 2**63, 2**64])
@pytest.mark.parametrize("name", ["after", "before"])
def test_a_cursor_with_a_key_that_no_row_can_have_shows_a_list(rows, client, name, key):
    moment = pagination.write_cursor(rows[0]).partition("-")[0]
    assert numbers(text_of(client, f"?{name}={moment}-{key:x}"))


def test_a_cursor_outlives_the_answer_that_it_names(rows, client):
    """An answer that was the last of a page is taken down; its reader goes on all the same."""
    on = way(text_of(client, ""), "next")
    rows[-PER_PAGE].delete()
    assert numbers(text_of(client, on)) == NEWEST[20:40]


def test_a_newer_answer_does_not_push_another_onto_the_next_page(rows, client):
    on = way(text_of(client, ""), "next")
    newer = rows[0]
    newer.answered_at = NOON + timedelta(days=99)
    newer.save()
    assert numbers(text_of(client, on))[0] == NEWEST[20]


@pytest.mark.parametrize("who", ["a visitor", "somebody with a session"])
def test_a_page_keeps_its_order_where_only_some_cards_are_drawn(rows, client, who):
    if who != "a visitor":
        client.cookies["sessionid"] = "unknown"
    tasks.draw_answers()
    for row in rows[-5::2]:
        PublishedAnswer.objects.filter(pk=row.pk).update(drawn_by="")
    assert numbers(text_of(client, "")) == NEWEST[:20]


def test_the_ways_on_keep_the_filters_and_the_order(rows, client):
    text = text_of(client, "?kind=complaint&sort=oldest")
    assert re.search(r'rel="next" href="\?kind=complaint&amp;sort=oldest&amp;after=', text)
    second = text_of(client, way(text, "next"))
    assert numbers(second) == NEWEST[::-1][20:40]
    assert re.search(r'rel="prev" href="\?kind=complaint&amp;sort=oldest&amp;before=', second)


# A year begins at midnight in the city.


@pytest.mark.parametrize(
    ("answered", "year"),
    [
        (datetime(2025, 12, 31, 16, 59, 59, tzinfo=UTC), 2025),
        (datetime(2025, 12, 31, 17, tzinfo=UTC), 2026),
        (datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC), 2026),
        (datetime(2026, 12, 31, 17, tzinfo=UTC), 2027),
    ],
)
def test_the_year_of_an_answer_is_that_of_the_citys_clock(rows, client, answered, year):
    category = CategoryFactory()
    PublishedAnswer.objects.exclude(pk=rows[0].pk).delete()
    row = rows[0]
    row.answered_at, row.category = answered, category
    for other in (2025, 2026, 2027):
        row.year = year
        row.save()
        text = text_of(client, f"?category={category.slug}&year={other}")
        # A year without answers isn't offered: it is left out, and the list shows all.
        offered = f'<option value="{other}"' in text
        assert offered == (other == year)
        assert numbers(text) == [0]


def test_each_year_leaves_its_own_answers(rows, client):
    edge = datetime(2025, 12, 31, 17, tzinfo=UTC)
    for row, moment in zip(rows, (edge - timedelta(seconds=1), edge), strict=False):
        row.answered_at, row.year = moment, 2025 if moment < edge else 2026
        row.save()
    assert numbers(text_of(client, "?year=2025")) == [0]
    assert numbers(text_of(client, "?year=2026&sort=oldest"))[0] == 1


def test_years_are_offered_without_a_gap_the_newest_first(rows, client):
    row = rows[0]
    row.answered_at, row.year = datetime(2023, 6, 1, tzinfo=UTC), 2023
    row.save()
    text = text_of(client, "")
    select = re.search(r'<select id="filter-year".+?</select>', text, re.DOTALL)[0]
    assert re.findall(r'value="(\d+)"', select) == ["2026", "2023"]


# What is remembered of one list is not shown of another.


def offered(text: str, name: str) -> dict[str, int]:
    select = re.search(rf'<select id="filter-{name}".+?</select>', text, re.DOTALL)[0]
    found = re.findall(r'value="([^"]+)"[^>]*>[^<]*\((\d+)\)</option>', select)
    return {value: int(number) for value, number in found}


def test_the_counts_of_a_section_are_not_those_of_the_list_narrowed_to_it(rows, client):
    """A section offers no other agency; the list narrowed to one says what others have."""
    other = AgencyFactory(slug="dinas-y")
    for row in rows[:3]:
        row.agency = other
        row.save()
    assert numbers(text_of(client, "", "/pengaduan/dinas-x/"))
    counts = offered(text_of(client, "?agency=dinas-x"), "agency")
    assert counts == {"dinas-x": 42, "dinas-y": 3}
    assert 'id="filter-agency"' not in text_of(client, "", "/pengaduan/dinas-x/")


def test_what_another_process_published_shows_after_a_minute(rows, client, monkeypatch):
    """This process hears nothing of it, and remembers its counts for so long."""
    now = 1_000_000.0
    monkeypatch.setattr("pengaduan_app.process_cache.monotonic", lambda: now)
    facets.forget()
    assert "45 jawaban ditemukan" in text_of(client, "")
    PublishedAnswer.objects.filter(pk=rows[0].pk)._raw_delete("default")
    client.cookies["sessionid"] = "unknown"
    now += 59.9
    assert "45 jawaban ditemukan" in text_of(client, "")
    now += 0.1
    assert "44 jawaban ditemukan" in text_of(client, "")


def test_what_is_forgotten_while_it_is_made_is_made_again():
    """A reader who came just before a change would keep the old for everybody."""
    memory = ProcessCache(60)

    def made_meanwhile():
        return memory.clear() or "lama"

    assert memory.get_or_set("jumlah", made_meanwhile) == "lama"
    assert memory.get_or_set("jumlah", lambda: "baru") == "baru"


def test_a_full_memory_begins_anew_and_never_grows_past_its_bound():
    memory = ProcessCache(60, 2)
    for key in "abc":
        memory.get_or_set(key, lambda key=key: key)
    assert memory.get_or_set("c", lambda: "baru") == "c"
    assert memory.get_or_set("a", lambda: "baru") == "baru"
    assert memory.get_or_set("b", lambda: "baru") == "baru"
