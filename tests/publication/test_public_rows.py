"""One row for each answer on the website: in step with its page, within the query budget."""

from __future__ import annotations

import json
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from bench.crowd import make_answers
from pengaduan_app import actions
from pengaduan_app.models import PublishedAnswer
from pengaduan_app.procedure.sop import State
from pengaduan_app.publication import facets
from pengaduan_app.publication.prerendering import render_answers
from tests.support.factories import AgencyFactory, CategoryFactory
from tests.support.process import Office, page_of, write_answer


def queries(client, address: str) -> int:
    """Queries of a visitor's request to a server that has served others before."""
    client.get("/kontak/")
    client.get("/pengaduan/")
    facets.forget()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("more", [10, 2_000])
def test_queries_stay_within_budget_however_many_answers(city, client, more):
    AgencyFactory(slug="dinas-x")
    make_answers(more)
    render_answers(PublishedAnswer.objects.newest().values_list("pk", flat=True)[:120])
    answer = PublishedAnswer.objects.with_names().newest().first()
    assert queries(client, answer.address) <= 3
    for address in (
        "/pengaduan/",
        "/pengaduan/?year=2026&page=5",
        "/pengaduan/dinas-x/",
        "/pengaduan/?year=2026&kind=complaint&agency=dinas-x",
    ):
        assert queries(client, address) <= 5, address
    assert queries(client, "/feed/") <= 5


def test_a_draft_saved_over_a_live_page_does_not_reach_its_row(office, client):
    page = page_of(office.complaint(State.PUBLISHED))
    page.question = "belum diperiksa"
    page.moved_by_procedure = True
    page.save_revision(clean=False)
    page.save(update_fields=["live"])
    assert "belum diperiksa" not in client.get(page.url).content.decode()


def test_a_withdrawn_answer_is_gone_and_an_unknown_one_is_not_found(office, client):
    complaint = office.complaint(State.PUBLISHED)
    address = page_of(complaint).url
    assert client.get(address).status_code == 200
    actions.withdraw(complaint.pk, office.coordinator)
    assert client.get(address).status_code == 410
    for unknown in ("/pengaduan/tidak-ada/", address[:-1] + "9/"):
        assert client.get(unknown).status_code == 404
    draft = page_of(office.complaint(State.EDITING))
    assert client.get(draft.url).status_code == 404


def test_a_closed_part_of_the_tree_is_not_read_past_wagtail(office, client):
    page = page_of(office.complaint(State.PUBLISHED))
    closed = PageViewRestriction.objects.create(
        page=page.get_parent().get_parent(), restriction_type="login"
    )
    assert not PublishedAnswer.objects.exists()
    for address in (page.url, "/pengaduan/", page.get_parent().specific.url):
        assert client.get(address).status_code == 302
    closed.delete()
    assert client.get(page.url).status_code == 200


def test_an_agencys_new_name_leads_on(office, client):
    page = page_of(office.complaint(State.PUBLISHED))
    old = page.url
    office.agency.slug = "nama-baru"
    office.agency.save()
    answer = client.get(old)
    assert (answer.status_code, answer["Location"]) == (
        301,
        old.replace(old.split("/")[2], "nama-baru"),
    )
    assert client.get(answer["Location"]).status_code == 200


def test_preview_and_live_show_the_same(office, client):
    page = page_of(office.complaint(State.PUBLISHED))
    live = client.get(page.url).content.decode()
    request = RequestFactory().get(page.url)
    request.user = AnonymousUser()
    preview = page.serve(request).render().content.decode()
    assert preview[preview.index("<h1>") :] == live[live.index("<h1>") :]


def test_a_link_in_an_answer_follows_the_page_it_leads_to(office, client):
    home = page_of(office.complaint(State.STUDY)).get_ancestors().get(depth=2)
    target = home.add_child(instance=home.specific_class(title="Jadwal", slug="jadwal"))
    complaint = office.complaint(State.STUDY)
    write_answer(
        complaint, office.official, f'<p><a linktype="page" id="{target.pk}">jadwal</a></p>'
    )
    actions.approve(complaint.pk, office.official)
    complaint.refresh_from_db()
    page = page_of(office.advance(complaint, State.PUBLISHED))
    assert 'href="/jadwal/"' in client.get(page.url).content.decode()
    target.slug = "jadwal-baru"
    target.save_revision().publish()
    assert 'href="/jadwal-baru/"' in client.get(page.url).content.decode()


def test_structured_data_can_be_read_and_holds_no_markup(office, client):
    complaint = office.complaint(State.STUDY)
    write_answer(
        complaint, office.official, "<p>a</p>", question="</script><b>x & y", title="T</script>"
    )
    actions.approve(complaint.pk, office.official)
    complaint.refresh_from_db()
    page = page_of(office.advance(complaint, State.PUBLISHED))
    text = client.get(page.url).content.decode()
    script = re.search(r'application/ld\+json">(.*?)</script>', text, re.S)[1]
    data = json.loads(script)
    assert data["@type"] == "QAPage"
    assert data["mainEntity"]["text"] == "</script><b>x & y"
    assert f'<link rel="canonical" href="http://testserver{page.url}">' in text


def test_an_agencys_page_shows_how_it_keeps_its_word(office, client):
    empty = client.get(f"/pengaduan/{office.agency.slug}/").content.decode()
    assert 'class="tile"' not in empty
    office.complaint(State.PUBLISHED)
    assert Office(office.agency).agency.remit in empty
    assert (
        client.get(f"/pengaduan/{office.agency.slug}/").content.decode().count('class="tile"') == 3
    )


# What a row follows, and what it doesn't.


def test_a_page_of_which_only_its_being_live_is_saved_takes_its_row_along(office):
    """Wagtail writes that one field when it takes a page down."""
    complaint = office.complaint(State.PUBLISHED)
    page = page_of(complaint)
    complaint.is_public = page.complaint.is_public = page.live = False
    complaint.save(update_fields=["is_public"])
    page.save(update_fields=["live"])
    assert not PublishedAnswer.objects.exists()
    complaint.is_public = page.complaint.is_public = page.live = True
    complaint.save(update_fields=["is_public"])
    page.save(update_fields=["live"])
    assert PublishedAnswer.objects.get().page_id == page.pk


def test_what_is_saved_beside_the_text_draws_no_row_anew(office):
    page = page_of(office.complaint(State.PUBLISHED))
    PublishedAnswer.objects.update(title="sebelumnya")
    page.locked = True
    page.save(update_fields=["locked"])
    assert PublishedAnswer.objects.get().title == "sebelumnya"


@pytest.fixture
def moved(office, other_office):
    """An answer of the other office to a complaint that first lay with this one."""
    complaint = office.complaint(to=State.VERIFIED)
    actions.misrouted(complaint.pk, office.operator, "Bukan kewenangan kami.")
    actions.transfer(complaint.pk, office.admin, other_office.agency)
    complaint.refresh_from_db()
    return page_of(other_office.advance(complaint, State.PUBLISHED))


def test_an_agencys_new_name_shows_in_the_steps_of_anothers_answer(moved, office, client):
    assert office.agency.name in client.get(moved.url).content.decode()
    old, office.agency.name = office.agency.name, "Dinas Bernama Lain"
    office.agency.save()
    text = client.get(moved.url).content.decode()
    assert "Dinas Bernama Lain" in text
    assert f"{old}<" not in text


def test_an_agencys_new_name_leaves_answers_drawn_that_never_name_it(office, other_office):
    office.complaint(State.PUBLISHED)
    drawn = PublishedAnswer.objects.get().drawn_by
    assert drawn
    other_office.agency.name = "Dinas Bernama Lain"
    other_office.agency.save()
    AgencyFactory()
    assert PublishedAnswer.objects.get().drawn_by == drawn


def test_the_steps_of_an_answer_end_with_its_publication(office, client):
    """The last step is closed after the page was drawn for the first time."""
    text = client.get(page_of(office.complaint(State.PUBLISHED)).url).content.decode()
    codes = re.findall(r'class="code">(\w+)<', text)
    assert codes == ["A1", "A2", "A5", "A6", "A8", "B1", "B2"]


def test_a_site_without_answers_offers_no_filter(city, client):
    CategoryFactory(slug="kosong")
    facets.forget()
    text = client.get("/pengaduan/").content.decode()
    assert 'id="filter-sort"' in text
    assert [name for name in facets.FILTERS if f'id="filter-{name}"' in text] == []
    facets.forget()
