"""Whatever somebody types into an address: a list, a sentence, never an error page."""

from __future__ import annotations

import pytest

from tests.api.test_api_privacy import LISTS, Scene, leaks
from tests.support.crowd import standing_city, superuser
from tests.support.process import page_of

NASTY = (
    "\x00",
    "abc\x00def",
    "'",
    '" OR 1=1 --',
    "%",
    "\\",
    "*",
    "( AND",
    "-",
    "NEAR(",
    "{{ 7*7 }}",
    "<script>alert(1)</script>",
    "💧" * 50,
    "\u202egnp.exe",
    "../../etc/passwd",
    "x" * 100_000,
    "kata " * 20_000,
    "-1",
    "0",
    "1.5",
    "999999999999999999999999",
    "NaN",
    "²",
    "٣",
)
API_PARAMETERS = ("search", "fields", "order", "limit", "offset", "type", "child_of", "id", "q")


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    with standing_city(django_db_blocker):
        yield Scene()


@pytest.fixture
def ask(db, scene, client):
    """Ask an address as a stranger does; an error page comes back as one."""
    client.raise_request_exception = False
    return client.get


@pytest.mark.parametrize("value", NASTY, ids=lambda value: ascii(value[:12]))
def test_the_api_never_breaks(ask, scene, value):
    broken = []
    for address in LISTS:
        for name in API_PARAMETERS:
            answer = ask(address, {name: value})
            broken += [name] if answer.status_code >= 500 else leaks(str(answer.content), scene)
    assert broken == []


@pytest.mark.parametrize("value", NASTY, ids=lambda value: ascii(value[:12]))
def test_the_public_lists_never_break(ask, scene, value):
    section = page_of(scene.published).get_parent().slug
    broken = []
    for name in ("agency", "category", "village", "year", "page", "q"):
        for address in ("/pengaduan/", f"/pengaduan/{section}/", "/cari/"):
            query = {name: value} if name == "q" else {name: value, "q": "lampukata"}
            answer = ask(address, query)
            broken += [] if answer.status_code == 200 else [(address, name, answer.status_code)]
            broken += leaks(answer.content.decode(), scene)
            broken += ["unescaped"] if "<script>alert(1)" in answer.content.decode() else []
    assert broken == []


@pytest.mark.parametrize(
    "value", [*NASTY, "OR AND NOT", '"a" OR "b"', "type:x"], ids=lambda v: ascii(v[:12])
)
def test_the_admins_own_search_never_breaks(scene, client, db, value):
    client.force_login(superuser())
    client.raise_request_exception = False
    addresses = (
        "/admin/pages/search/",
        "/admin/complaints/",
        "/admin/snippets/pengaduan_app/agency/",
    )
    codes = {address: client.get(address, {"q": value[:2000]}).status_code for address in addresses}
    assert set(codes.values()) == {200}, codes
