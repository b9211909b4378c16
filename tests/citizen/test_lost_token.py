"""A form whose token against forged requests is gone comes back as it was typed, with its files,
and nothing of it is carried out. What another site sends comes back to nobody."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from pengaduan_app.citizen import session
from pengaduan_app.models import Attachment, Complaint, ThreadEntry
from pengaduan_app.procedure import State
from tests.citizen.test_before_sending import kept
from tests.citizen.test_good_files_kept import no_photo, notes, photo
from tests.support.citizen import FILLED_IN, Citizen, code_of
from tests.support.factories import PASSWORD, citizen_form

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
INPUT = re.compile(r'<input[^>]* name="(\w+)"[^>]*? value="([^"]*)"')
SAID = "Belum ada yang terkirim"
ELSEWHERE = (
    {"origin": "https://lain.example"},
    {"origin": "null"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
)


@pytest.fixture
def browser() -> Client:
    return Client(enforce_csrf_checks=True)


def token_of(response) -> dict[str, str]:
    return {"csrfmiddlewaretoken": TOKEN.search(response.content.decode()).group(1)}


def hidden(response) -> dict[str, str]:
    """What the page's fields of one line hold, the token among them."""
    return {name: unescape(value) for name, value in INPUT.findall(response.content.decode())}


def lose_cookie(browser) -> None:
    del browser.cookies["csrftoken"]


# `/lapor/`


@pytest.fixture
def typed(city, browser) -> dict:
    """A form that was filled in while its cookie expired."""
    form = citizen_form(confidential="on", **token_of(browser.get("/lapor/")))
    lose_cookie(browser)
    return form


def test_a_complaint_comes_back_with_all_that_was_typed_and_its_files(browser, typed):
    back = browser.post("/lapor/", {**typed, "attachments": [photo("satu.jpg")]})
    assert back.status_code == 403
    html = back.content.decode()
    assert SAID in html
    form = back.context["form"]
    words = {name: typed[name] for name in form.fields if name in typed}
    shown = {name: str(form[name].value()) for name in words}
    assert shown == {name: {"on": "True"}.get(value, value) for name, value in words.items()}
    assert "satu.jpg" in notes(back)
    assert not Complaint.objects.exists()
    # One press, and it is sent.
    again = {**typed, **token_of(back), "kept": form["kept"].value()}
    assert browser.post("/lapor/", again).status_code == 302
    assert Complaint.objects.get().is_confidential
    assert Attachment.objects.count() == 1
    assert kept() == []


def test_a_log_in_in_another_tab_costs_no_text(office, browser):
    """It changes the token of the whole browser."""
    form = citizen_form(**token_of(browser.get("/lapor/")))
    login = browser.get("/admin/login/")
    sent = {"username": office.operator.username, "password": PASSWORD, **token_of(login)}
    assert browser.post("/admin/login/", sent).status_code == 302
    back = browser.post("/lapor/", form)
    assert back.status_code == 403
    assert form["body"] in back.content.decode()
    assert browser.post("/lapor/", {**form, **token_of(back)}).status_code == 302


@pytest.mark.parametrize("token", [None, "", "x", "x" * 64])
def test_any_token_that_is_none_brings_it_back(browser, typed, token):
    browser.get("/lapor/")
    typed |= {"csrfmiddlewaretoken": token}
    back = browser.post("/lapor/", {name: value for name, value in typed.items() if value})
    assert (back.status_code, SAID in back.content.decode()) == (403, True)


def test_what_else_is_wrong_is_said_at_once(browser, typed):
    back = browser.post(
        "/lapor/", {**typed, "name": "", "attachments": [photo("satu.jpg"), no_photo()]}
    )
    assert back.status_code == 403
    assert set(back.context["form"].errors) == {"name", "attachments"}
    assert "satu.jpg" in notes(back)


def test_files_that_were_kept_before_are_kept_still(browser, city):
    page = browser.get("/lapor/")
    form = citizen_form(name="", attachments=[photo("satu.jpg")], **token_of(page))
    refused = browser.post("/lapor/", form)
    lose_cookie(browser)
    carried = {"kept": refused.context["form"]["kept"].value(), "key": form["key"]}
    back = browser.post("/lapor/", citizen_form(attachments=[photo("dua.jpg")], **carried))
    assert "satu.jpg, dua.jpg" in notes(back)


def test_without_consent_no_file_is_kept(browser, typed):
    del typed["consent"]
    back = browser.post("/lapor/", {**typed, "attachments": [photo()]})
    assert back.status_code == 403
    assert kept() == []


def test_a_browser_that_takes_no_cookies_is_told_what_to_do(typed):
    back = Client(enforce_csrf_checks=True).post("/lapor/", typed)
    assert "izinkan kuki untuk situs ini" in back.content.decode()
    assert typed["body"] in back.content.decode()


def test_markup_comes_back_as_text(browser, typed):
    back = browser.post("/lapor/", typed | {"subject": '"><script>alert(1)</script>'})
    assert "<script>alert(1)" not in back.content.decode()


@pytest.mark.parametrize("headers", ELSEWHERE, ids=str)
def test_what_another_site_sends_is_neither_shown_nor_kept(browser, typed, headers):
    form = {**typed, "attachments": [photo("satu.jpg")]}
    refused = browser.post("/lapor/", form, headers=headers)
    assert refused.status_code == 403
    assert typed["body"] not in refused.content.decode()
    assert kept() == []


def test_it_counts_like_any_other_form(browser, typed, settings, monkeypatch):
    monkeypatch.setattr(session, "STORED_FORMS", 2)
    for _form in range(4):
        browser.post("/lapor/", {**typed, "attachments": [photo()]})
    assert len(kept()) == 2
    settings.PENGADUAN_SUBMISSIONS_PER_HOUR = 0
    refused = browser.post("/lapor/", typed)
    assert refused.status_code == 429
    assert typed["body"] in refused.content.decode()


# `/lacak/`


def test_number_and_code_come_back_and_open_nothing(office, browser):
    complaint = office.complaint()
    pair = {"ticket": complaint.ticket, "code": code_of(complaint)}
    back = browser.post("/lacak/", pair)
    assert back.status_code == 403
    assert {name: back.context["form"][name].value() for name in pair} == pair
    assert browser.get("/lacak/aduan/").status_code == 302
    assert browser.post("/lacak/", {**pair, **token_of(back)}).status_code == 302


@pytest.fixture
def citizen(office, browser) -> Citizen:
    """Has opened a published complaint, and lost the cookie since."""
    citizen = Citizen(browser, office.complaint(to=State.PUBLISHED), tracked=False)
    citizen.track(**token_of(browser.get("/lacak/")))
    lose_cookie(browser)
    return citizen


def form_in(response):
    return next(panel.form for panel in response.context["panels"] if panel.form.is_bound)


@pytest.mark.parametrize("word", sorted(FILLED_IN))
def test_a_form_of_the_tracking_page_comes_back(citizen, word):
    back = citizen.send(word)
    assert back.status_code == 403
    assert SAID in back.content.decode()
    form = form_in(back)
    shown = {name: form[name].value() for name in FILLED_IN[word]}
    assert shown == {n: {"on": True}.get(v, v) for n, v in FILLED_IN[word].items()}
    assert not ThreadEntry.objects.exists()


def test_it_comes_back_with_its_files_and_is_sent_with_them(office, browser):
    citizen = Citizen(browser, office.complaint(), tracked=False)
    citizen.track(**token_of(browser.get("/lacak/")))
    lose_cookie(browser)
    back = citizen.send("tambah", files=[photo("satu.jpg"), no_photo()])
    assert "satu.jpg" in notes(back)
    carried = {name: form_in(back)[name].value() for name in ("key", "kept")}
    assert citizen.send("tambah", **carried, **token_of(back)).status_code == 302
    assert Attachment.objects.get().entry is not None


@pytest.mark.parametrize("headers", ELSEWHERE, ids=str)
def test_no_site_can_put_words_into_a_form_of_the_tracking_page(citizen, headers):
    refused = citizen.client.post(
        "/lacak/tambah/",
        {"ticket": citizen.complaint.ticket, "text": "Kata orang lain"},
        headers=headers,
    )
    assert refused.status_code == 403
    assert "Kata orang lain" not in refused.content.decode()


def test_leaving_without_a_token_is_said_to_have_failed(citizen):
    page = citizen.client.post("/lacak/keluar/", follow=True)
    assert "Anda belum keluar" in page.content.decode()
    assert citizen.client.post("/lacak/keluar/", token_of(page)).status_code == 302
    assert citizen.client.get("/lacak/aduan/").status_code == 302


def test_whoever_lost_all_cookies_gets_it_back_after_number_and_code(office, browser):
    """The session, too: the complaint must be opened again, and the files wait for that."""
    citizen = Citizen(browser, office.complaint(), tracked=False)
    back = citizen.send("tambah", text="Dua foto.", files=[photo("satu.jpg"), photo("dua.jpg")])
    assert back.status_code == 403
    assert "satu.jpg, dua.jpg" in notes(back)
    opened = citizen.track(
        kept_text="Dua foto.", **hidden(back) | {"code": code_of(citizen.complaint)}
    )
    assert "satu.jpg, dua.jpg" in notes(opened)
    form = next(p.form for p in opened.context["panels"] if p.follow_up.word == "tambah")
    sent = {name: form[name].value() for name in ("text", "key", "kept")}
    assert citizen.send("tambah", **sent, **token_of(opened)).status_code == 302
    assert citizen.said()[-1] == ("information", "Dua foto.")
    assert Attachment.objects.count() == 2


def test_after_the_half_hour_the_rating_is_kept_with_its_number(office, client):
    citizen = Citizen(client, office.complaint(to=State.PUBLISHED))
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        back = citizen.send("nilai", score="2")
        opened = citizen.track(
            kept_text="Cepat.", **hidden(back) | {"code": code_of(citizen.complaint)}
        )
        form = next(p.form for p in opened.context["panels"] if p.follow_up.word == "nilai")
        assert form["score"].value() == "2"


# All others.


def test_no_form_of_the_citizens_is_forgotten():
    """Whatever takes a POST at the plugin's public addresses comes back, but for the fragment that
    a script asks for."""
    names = set()
    for pattern in get_resolver("pengaduan_app.urls").url_patterns:
        view_class = getattr(pattern.callback, "view_class", None)
        allowed = getattr(view_class, "http_method_names", ())
        if view_class and "post" in allowed and hasattr(view_class, "post"):
            names.add((pattern.name, hasattr(view_class, "without_token")))
    assert names == {
        ("submit", True),
        ("track", True),
        ("leave", True),
        ("follow_up", True),
        ("advice", False),
    }


def test_the_staffs_forms_get_the_usual_page(city, browser):
    refused = browser.post("/admin/login/", {"username": "x", "password": "y"})
    assert refused.status_code == 403
    assert "Formulir" in refused.content.decode()
