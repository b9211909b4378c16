"""What holds in every view of the admin: refusals in words, and pages that aren't the user's."""

from __future__ import annotations

import pytest
from django.urls import reverse

from pengaduan_app import actions
from pengaduan_app.procedure.sop import State
from tests.support.crowd import superuser
from tests.support.process import page_of


def confirm(client, page, **headers):
    """Press "unpublish" in Wagtail, where the answer has been withdrawn already."""
    return client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]), headers=headers)


@pytest.fixture
def refusing(monkeypatch):
    """The procedure says no, whatever is asked."""

    def refuse(*args, **kwargs):
        raise actions.NotNow("Tidak sekarang, mohon tunggu.")

    monkeypatch.setattr(actions, "withdraw", refuse)


@pytest.fixture
def page(office, client):
    client.force_login(office.coordinator)
    return page_of(office.complaint(State.PUBLISHED))


@pytest.mark.parametrize(
    ("referrer", "secure", "goes_back"),
    [
        ("http://testserver/admin/complaints/", False, True),
        ("/admin/complaints/", False, True),
        # Another site's page, a look-alike and another scheme are no way back.
        ("http://jahat.example/admin/", False, False),
        ("http://testserver.jahat.example/", False, False),
        ("//jahat.example/admin/", False, False),
        ("javascript:alert(1)", False, False),
        ("", False, False),
        ("http://testserver/admin/complaints/", True, False),
        ("https://testserver/admin/complaints/", True, True),
    ],
)
def test_a_refusal_leads_back_within_this_site_alone(
    page, client, refusing, referrer, secure, goes_back
):
    address = reverse("wagtailadmin_pages:unpublish", args=[page.pk])
    headers = {"referer": referrer} if referrer else {}
    response = client.post(address, headers=headers, secure=secure)
    assert response.status_code == 302
    assert response.url == (referrer if goes_back else "/admin/")
    shown = client.get("/admin/", secure=secure).content.decode()
    assert "Tidak sekarang, mohon tunggu." in shown


def test_a_refusal_in_wagtails_dialog_closes_it(page, client, refusing):
    response = confirm(client, page, **{"x-requested-with": "XMLHttpRequest"})
    assert response.json() == {"step": "success", "redirect": "/admin/"}


def test_a_refusal_without_words_has_some(page, client, monkeypatch):
    def refuse(*args, **kwargs):
        raise actions.NotNow

    monkeypatch.setattr(actions, "withdraw", refuse)
    confirm(client, page)
    assert "tidak dapat dilakukan sekarang" in client.get("/admin/").content.decode().lower()


def test_any_other_error_stays_one(page, client, monkeypatch):
    def fail(*args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr(actions, "withdraw", fail)
    with pytest.raises(ZeroDivisionError):
        confirm(client, page)


# Pages that aren't the user's to see.


@pytest.fixture
def drafts(office, other_office):
    """A draft of each of two agencies, and a public answer of the second."""
    return {
        "own": page_of(office.complaint(State.STUDY)),
        "foreign": page_of(other_office.complaint(State.STUDY)),
        "foreign and public": page_of(other_office.complaint(State.PUBLISHED)),
    }


@pytest.mark.parametrize("view", ["history", "copy", "delete", "move"])
def test_another_agencys_draft_is_not_there_and_ones_own_is(office, drafts, client, view):
    def status(user, name: str) -> int:
        client.force_login(user)
        address = reverse(f"wagtailadmin_pages:{view}", args=[drafts[name].pk])
        return client.get(address).status_code

    assert status(office.official, "foreign") == 404
    assert status(office.official, "own") != 404
    assert status(superuser(), "foreign") != 404


@pytest.mark.parametrize(
    ("which", "hidden"),
    [(["own"], False), (["foreign"], True), (["own", "foreign"], True),
     (["foreign and public"], False)],
)  # fmt: skip
def test_a_list_that_names_a_hidden_page_among_others_is_not_there(
    office, drafts, client, which, hidden
):
    client.force_login(office.official)
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    query = "&".join(f"id={drafts[name].pk}" for name in which)
    assert (client.get(f"{bulk}?{query}").status_code == 404) == hidden


@pytest.mark.parametrize(
    ("below", "hidden"), [("own", False), ("foreign", True), ("", True), ("x", True), ("0", True)]
)
def test_all_pages_below_one_are_hidden_with_any_that_is(office, drafts, client, below, hidden):
    """Without a page above, or with one that isn't there, "all" means every page."""
    client.force_login(office.official)
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    parent = drafts[below].get_parent().pk if below in drafts else below
    response = client.get(f"{bulk}?id=all&childOf={parent}")
    assert (response.status_code == 404) == hidden
