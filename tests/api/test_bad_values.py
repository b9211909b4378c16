"""Nonsense in every parameter of every public address: never a 500."""

from __future__ import annotations

import pytest
from django.urls import reverse

from pengaduan_app import tasks
from pengaduan_app.api import ComplaintsAPIViewSet
from pengaduan_app.procedure.sop import State
from tests.support.crowd import standing_city
from tests.support.process import Office, page_of

NONSENSE = (
    *("", "x", "null", "-1", "1.5", "²", "9" * 19, "9" * 400, "2026-13-45", "a,b", "*", "((("),
    *("\x00", "🚧", "../../etc/passwd", "A" * 5000),
)
ENDPOINTS = ("pages", "images", "documents", "complaints", "search", "statistics")
PARAMETERS = (
    *("limit", "offset", "fields", "order", "search", "search_operator", "type", "id", "slug"),
    *("title", "kind", "agency", "category", "village", "year", "received_at", "answered_at"),
    *("first_published_at", "show_in_menus", "locale", "child_of", "ancestor_of"),
    *("descendant_of", "translation_of", "site", "html_path", "q", "page", "format", "tags"),
    *("width", "height", "alias_of", "question"),
)
SITE = {
    "/pengaduan/": "agency category village kind year page sort after before q",
    "/cari/": "q agency category village kind year page",
    "/cari/saran/": "q",
    "/feed/": "agency category format kind year village",
    "/feed/atom/": "agency category",
    "/statistik/": "table export year",
    "/lapor/": "agency category village kind subject",
    "/lacak/": "ticket code",
    "/sitemap.xml": "p page section",
    "/": "page preview",
}


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    with standing_city(django_db_blocker):
        page = page_of(Office().complaint(to=State.PUBLISHED))
        tasks.count_statistics()
        yield page


@pytest.fixture
def ask(db, scene, client):
    client.raise_request_exception = False
    return client.get


def failures(ask, address: str, names: list[str]) -> list[str]:
    """The questions that ended in a 500."""
    return [
        f"{address}?{name}={value[:30]!r}"
        for name in names
        for value in NONSENSE
        if ask(address, {name: value}).status_code >= 500
    ]


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_no_parameter_of_a_list_breaks_it(ask, endpoint):
    assert ask(f"/api/v2/{endpoint}/").status_code == 200
    assert failures(ask, f"/api/v2/{endpoint}/", PARAMETERS) == []


@pytest.mark.parametrize("endpoint", ["pages", "images", "documents", "complaints"])
def test_no_id_breaks_an_endpoint(ask, endpoint):
    assert failures(ask, f"/api/v2/{endpoint}/find/", ["id", "html_path", "fields"]) == []
    wrong = [
        key
        for key in ("0", "1", "9" * 18, "9" * 20, "9" * 400)
        if ask(f"/api/v2/{endpoint}/{key}/").status_code not in (200, 404, 400)
    ]
    assert wrong == []


def test_no_parameter_of_an_answer_breaks_it(ask, scene):
    assert failures(ask, f"/api/v2/complaints/{scene.pk}/", ["fields", "format", "locale"]) == []


@pytest.mark.parametrize("address", SITE)
def test_no_parameter_of_the_site_breaks_it(ask, address):
    assert failures(ask, address, SITE[address].split()) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("received_at", "kemarin"),
        ("answered_at", "2026-13-45"),
        ("answered_at", "null"),
        ("id", "x"),
        ("id", "9" * 20),
    ],
)
@pytest.mark.parametrize("endpoint", ["complaints", "pages"])
def test_what_cannot_be_read_is_said_in_a_sentence(ask, endpoint, name, value):
    kind = {} if endpoint == "complaints" else {"type": "pengaduan_app.ComplaintPage"}
    answer = ask(f"/api/v2/{endpoint}/", {name: value, **kind})
    assert answer.status_code == 400
    assert len(answer.json()["message"]) > 10


def test_an_unknown_id_and_one_that_is_none_are_told_apart(ask):
    assert ask("/api/v2/pages/find/", {"id": "x"}).status_code == 400
    assert ask("/api/v2/pages/find/", {"id": "999999"}).status_code == 404


def test_a_fault_of_our_own_stays_one(ask, monkeypatch):
    """Only what somebody asked for can be their mistake."""

    def broken(self, request):
        raise ValueError("ours")

    monkeypatch.setattr(ComplaintsAPIViewSet, "listing_view", broken)
    assert ask("/api/v2/complaints/").status_code == 500


def test_a_feed_of_an_unknown_agency_is_not_there(ask):
    assert ask(reverse("pengaduan:feed"), {"agency": "tidak-ada"}).status_code == 404
