"""Answers kept as finished HTML: never old, and the same as what is drawn on request."""

from __future__ import annotations

import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.crowd import make_answers
from pengaduan_app import tasks
from pengaduan_app.models import ComplaintPage, PublishedAnswer
from pengaduan_app.procedure.sop import State
from pengaduan_app.publication import prerendering
from tests.support.factories import CategoryFactory, VillageFactory
from tests.support.process import page_of


@pytest.fixture
def page(office):
    return page_of(office.complaint(State.PUBLISHED))


def is_put_together(response) -> bool:
    return "ETag" in response.headers


def words(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def card_of(client) -> str:
    """The only answer's card in the list, without the filters beside it."""
    [card] = re.findall(r'<li class="card">.*?</li>', words(client.get("/pengaduan/")))
    return card


def with_session() -> Client:
    """A visitor who gets every page drawn."""
    client = Client()
    client.cookies["sessionid"] = "unknown"
    return client


def test_publication_draws_the_answer_and_lists_are_put_together(page, client):
    addresses = (page.url, "/pengaduan/", page.get_parent().specific.url, "/pengaduan/?year=2026")
    for address in addresses:
        with_session().get(address)
        kept, drawn = client.get(address), with_session().get(address)
        assert is_put_together(kept) and not is_put_together(drawn), address
        assert words(kept) == words(drawn), address
    assert 'class="code">B2<' in words(client.get(page.url))


def test_an_answer_that_was_read_before_is_not_sent_again(page, client):
    tag = client.get(page.url)["ETag"]
    again = client.get(page.url, headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == "no-cache"


def test_another_host_gets_its_own_addresses(page, settings, client):
    settings.ALLOWED_HOSTS = ["*"]
    text = client.get(page.url, headers={"host": "lain.example"}).content.decode()
    assert f'rel="canonical" href="http://lain.example{page.url}"' in text
    assert "testserver" not in text and prerendering.ORIGIN not in text


@pytest.mark.parametrize("which", ["agency", "category", "village"])
def test_a_new_name_shows_at_once_and_is_drawn_again_within_a_minute(page, client, which):
    others = {"category": CategoryFactory(), "village": VillageFactory()}
    ComplaintPage.objects.filter(pk=page.pk).update(**others)
    call_command("refresh_answers")
    assert is_put_together(client.get(page.url))
    named = {"agency": page.agency, **others}[which]
    named.name = "Nama Baru Sekali"
    if which == "agency":
        # Lists have room for the short one alone.
        named.short_name = named.name
    named.save()
    now = client.get(page.url)
    assert "Nama Baru Sekali" in now.content.decode() and not is_put_together(now)
    assert "Nama Baru Sekali" in card_of(client)
    assert tasks.draw_answers() == 1
    assert is_put_together(client.get(page.url))
    assert "Nama Baru Sekali" in client.get(page.url).content.decode()


def test_what_another_version_of_the_templates_drew_is_not_shown(page, client):
    PublishedAnswer.objects.update(article="alt", card="alt", drawn_by="other")
    assert page.title in client.get(page.url).content.decode()
    assert page.title in client.get("/pengaduan/").content.decode()
    call_command("refresh_answers")
    assert is_put_together(client.get(page.url))


def test_a_text_with_our_own_marks_is_drawn_on_request(page, client):
    ComplaintPage.objects.filter(pk=page.pk).update(question=f"a {prerendering.MARK} b")
    call_command("refresh_answers")
    response = client.get(page.url)
    assert response.status_code == 200 and not is_put_together(response)


def test_a_broken_template_stops_no_publication(office, client, monkeypatch):
    monkeypatch.setattr(prerendering, "TEMPLATE", "tidak-ada.html")
    prerendering.forget_version()
    page = page_of(office.complaint(State.PUBLISHED))
    assert page.live
    monkeypatch.undo()
    prerendering.forget_version()
    assert client.get(page.url).status_code == 200


@pytest.mark.parametrize("more", [10, 300])
def test_the_api_and_the_sitemap_ask_as_much_of_any_number(city, client, more, page):
    make_answers(more)
    for address, most in (
        ("/api/v2/complaints/", 4),
        (f"/api/v2/complaints/?agency={page.agency.slug}&year=2026&offset=5", 4),
        ("/sitemap-jawaban.xml", 3),
    ):
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200, address
        assert len(captured) <= most, address
    assert client.get("/api/v2/complaints/?village=tidak-ada").status_code == 400
