"""An answer's own page: for whom it may be put together, what stands around it, who may see it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib import messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from wagtail import hooks
from wagtail.models import Page, PageViewRestriction

from bench.crowd import make_answers
from pengaduan_app import tasks
from pengaduan_app.models import AgencyPage, PublishedAnswer
from pengaduan_app.presentation import Share
from pengaduan_app.procedure.sop import State, Step
from pengaduan_app.publication import facets
from pengaduan_app.publication.answer_context import RELATED_HOOK
from pengaduan_app.publication.timeline import TimelineRow
from tests.support.factories import AgencyFactory, CategoryFactory
from tests.support.process import page_of

NOON = datetime(2026, 2, 2, 5, tzinfo=UTC)


@pytest.fixture
def page(office):
    return page_of(office.complaint(State.PUBLISHED))


@pytest.fixture
def answers(city):
    """Seven drawn answers of one agency and one category, the last of them the newest."""
    AgencyFactory(slug="dinas-x")
    CategoryFactory(slug="umum")
    make_answers(7)
    for number, row in enumerate(PublishedAnswer.objects.order_by("pk")):
        row.answered_at, row.title = NOON + timedelta(days=number), f"Jawaban nomor {number}"
        row.save()
    tasks.draw_answers()
    return list(PublishedAnswer.objects.with_names().order_by("answered_at"))


def text_of(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def give_message(client, text: str) -> None:
    """The visitor's browser brings a message of the page that it comes from."""
    request, response = RequestFactory().get("/"), HttpResponse()
    storage = CookieStorage(request)
    storage.add(messages.SUCCESS, text)
    storage.update(response)
    client.cookies["messages"] = response.cookies["messages"].value


# Who gets a page that was put together.


@pytest.mark.parametrize("which", ["answer", "list", "section"])
def test_a_message_reaches_its_visitor_and_nobody_else(page, client, which):
    section = page.get_parent().specific.url
    address = {"answer": page.url, "list": "/pengaduan/", "section": section}[which]
    text_of(client, address)
    give_message(client, "Terima kasih, Bu Misalnya.")
    response = client.get(address)
    assert "Terima kasih, Bu Misalnya." in response.content.decode()
    assert "ETag" not in response.headers
    assert "Misalnya" not in text_of(client, address)


@pytest.mark.parametrize("which", ["answer", "list"])
def test_a_visitor_with_another_language_leaves_the_others_theirs(page, client, settings, which):
    settings.LANGUAGES = [("id", "Indonesia"), ("en", "Inggris")]
    address = {"answer": page.url, "list": "/pengaduan/"}[which]
    response = client.get(address, headers={"accept-language": "en"})
    english = response.content.decode()
    assert '<html lang="en">' in english and "Skip to the content" in english
    assert "ETag" not in response.headers
    own = text_of(client, address)
    assert '<html lang="id">' in own and "Skip to the content" not in own


def test_each_view_has_the_menu_of_its_own_place(page, client):
    """The list is where the reader stands; of an answer it is what lies above."""
    session = type(client)()
    session.cookies["sessionid"] = "unknown"
    for address in ("/pengaduan/", page.url, page.get_parent().specific.url):
        current = re.findall(r'href="([^"]+)" aria-current="(\w+)"', text_of(client, address))
        assert current == re.findall(
            r'href="([^"]+)" aria-current="(\w+)"', text_of(session, address)
        )


def test_what_has_changed_is_sent_again_and_what_has_not_is_not(page, client):
    tag = client.get(page.url)["ETag"]
    assert client.get(page.url)["ETag"] == tag
    row = PublishedAnswer.objects.get()
    row.title = "Judul yang diperbaiki"
    row.save()
    PublishedAnswer.objects.update(drawn_by="")
    tasks.draw_answers()
    again = client.get(page.url, headers={"if-none-match": tag})
    assert again.status_code == 200 and again["ETag"] != tag
    assert "Judul yang diperbaiki" in again.content.decode()


def test_two_lists_have_two_tags(answers, client):
    tags = {client.get(f"/pengaduan/{query}")["ETag"] for query in ("", "?sort=oldest")}
    assert len(tags) == 2


@pytest.mark.parametrize("session", [False, True])
def test_an_answer_under_a_wrong_agency_leads_to_its_own(answers, client, session):
    """For good: the address that a search engine keeps is the right one from then on."""
    AgencyFactory(slug="dinas-y")
    if session:
        client.cookies["sessionid"] = "unknown"
    wrong = answers[0].address.replace("dinas-x", "dinas-y")
    response = client.get(wrong)
    assert (response.status_code, response["Location"]) == (301, answers[0].address)


# Others like it.


def related(text: str) -> list[int]:
    found = text.partition('id="related"')[2]
    return [int(number) for number in re.findall(r">Jawaban nomor (\d+)</a></h3>", found)]


@pytest.mark.parametrize("session", [False, True])
@pytest.mark.parametrize(
    ("which", "beside"),
    [(6, [5, 4, 3, 2]), (0, [4, 3, 2, 1]), (2, [4, 3, 1, 0]), (4, [3, 2, 1, 0])],
)
def test_beside_an_answer_stand_the_four_before_it_or_the_next_ones(
    answers, client, which, beside, session
):
    if session:
        client.cookies["sessionid"] = "unknown"
    assert related(text_of(client, answers[which].address)) == beside


@pytest.mark.parametrize("session", [False, True])
@pytest.mark.parametrize("what", ["agency", "category"])
def test_beside_an_answer_stand_none_of_another_agency_or_category(answers, client, what, session):
    if session:
        client.cookies["sessionid"] = "unknown"
    for row in answers[4:]:
        setattr(row, what, {"agency": AgencyFactory, "category": CategoryFactory}[what]())
        row.save()
    assert related(text_of(client, answers[0].address)) == [3, 2, 1]


def test_an_answer_that_stands_alone_names_no_others(page, client):
    assert 'id="related"' not in text_of(client, page.url)


def test_a_sites_own_related_answers_stand_on_the_page(answers, client):
    with hooks.register_temporarily(RELATED_HOOK, lambda answer: [answers[1]]):
        assert related(text_of(client, answers[6].address)) == [1]
    # "Nothing to say" asks the next.
    with hooks.register_temporarily(RELATED_HOOK, lambda answer: None):
        assert related(text_of(client, answers[6].address)) == [5, 4, 3, 2]


# Closed parts of the tree.


@pytest.mark.parametrize(
    ("closed", "is_public"),
    [("root", False), ("home", False), ("list", False), ("section", False), ("answer", False),
     ("another section", True), ("another site", True)],
)  # fmt: skip
def test_an_answer_is_public_unless_it_or_a_page_above_it_is_closed(
    office, other_office, page, client, closed, is_public
):
    above = dict(zip(
        ("root", "home", "list", "section", "answer"), page.get_ancestors(inclusive=True),
        strict=True,
    ))  # fmt: skip
    elsewhere = Page.get_first_root_node().get_children().exclude(pk=above["home"].pk).first()
    if elsewhere is None:
        elsewhere = Page.get_first_root_node().add_child(instance=Page(title="Lain"))
    above["another section"] = AgencyPage.objects.get(agency=other_office.agency)
    above["another site"] = elsewhere
    PageViewRestriction.objects.create(page=above[closed], restriction_type="login")
    assert PublishedAnswer.objects.exists() == is_public
    assert (client.get(page.url).status_code == 200) == is_public
    assert (page.title in client.get("/feed/").content.decode()) == is_public


# An agency's figures.


def say_late(condition: str, *values) -> None:
    """Past the ledger's own guard: a row is written once."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE pengaduan_app_steprecord SET late = {condition}", values)
    facets.forget()


def test_an_agencys_figures_speak_of_its_newest_answers_alone(answers, monkeypatch):
    monkeypatch.setattr(facets, "RECENT", 2)
    oldest, newest = answers[0], answers[-1]
    say_late("(complaint_id = %s)", oldest.complaint_id)
    assert facets.figures(oldest.agency_id).on_time == Share(2, 2)
    say_late("(complaint_id = %s AND step = %s)", newest.complaint_id, Step.A5.value)
    assert facets.figures(oldest.agency_id).on_time == Share(1, 2)


def test_half_of_an_agencys_answers_took_no_longer_than_its_median(answers):
    for days, row in enumerate(answers, 1):
        PublishedAnswer.objects.filter(pk=row.pk).update(
            received_at=row.answered_at - timedelta(days=days)
        )
    facets.forget()
    figures = facets.figures(answers[0].agency_id)
    assert figures.median_seconds == timedelta(days=4).total_seconds()


def test_an_agencys_figures_are_its_own(answers, office, client):
    assert facets.figures(office.agency.pk) is None
    text = text_of(client, f"/pengaduan/{office.agency.slug}/")
    assert 'class="tile"' not in text
    assert text_of(client, "/pengaduan/dinas-x/").count('class="tile"') == 3


# Steps as the public sees them.


@pytest.mark.parametrize(
    ("now", "finished", "delay"),
    [
        (NOON - timedelta(seconds=1), None, None),
        (NOON, None, None),
        (NOON + timedelta(seconds=1), None, timedelta(seconds=1)),
        (NOON + timedelta(hours=3), NOON + timedelta(hours=2), None),
    ],
)
def test_a_step_is_overdue_from_the_second_after_its_time(now, finished, delay):
    started = NOON - timedelta(hours=1)
    row = TimelineRow(Step.A1, "Verifikasi", "Dinas", started, finished, NOON, "", False)
    with time_machine.travel(now, tick=False):
        assert row.delay == delay
    assert row.duration == (finished and finished - started)


def test_steps_after_the_answer_are_not_shown_beside_it(office, client):
    """A complaint that is handled again keeps its published answer, as it came to be."""
    complaint = office.reopened(to=State.DECISION)
    text = text_of(client, page_of(complaint).url)
    codes = re.findall(r'class="code">(\w+)<', text)
    assert codes == ["A1", "A2", "A5", "A6", "A8", "B1", "B2"]


def test_a_step_of_public_relations_names_no_agency(office, client):
    text = text_of(client, page_of(office.complaint(State.PUBLISHED)).url)
    rows = dict(re.findall(r'class="code">(\w+)<(.*?)(?=class="code"|</ol>|</table>|</section>)',
                           text, re.DOTALL))  # fmt: skip
    assert {code for code, row in rows.items() if office.agency.name in row} == {
        "A1", "A2", "A5", "A6", "A8",
    }  # fmt: skip
