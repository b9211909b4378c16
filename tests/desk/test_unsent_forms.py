"""The session is over while somebody writes: after the log-in it comes back, to them alone."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_str

from pengaduan_app import tasks
from pengaduan_app.models import Category, UnsentForm
from pengaduan_app.models.staff.unsent_forms import MOST
from pengaduan_app.procedure import State
from tests.support.factories import PASSWORD, UserFactory
from tests.support.process import editor_form, page_of

STOCK = (State.EDITING,)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
AREA = re.compile(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', re.S)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
WORDS = "Lampu sudah kami ganti pada hari Senin, dan tiangnya kami cat."
SAID = "Yang telah Anda tulis"


class Writer:
    """A member of staff before a browser that keeps cookies and tokens as a real one does."""

    def __init__(self, user, browser: Client | None = None):
        self.user, self.browser = user, browser or Client(enforce_csrf_checks=True)
        self.log_in()

    def log_in(self, where: str = "/admin/login/"):
        token = self.token_of(self.browser.get(where))
        pair = {"username": self.user.username, "password": PASSWORD}
        response = self.browser.post(where, {**pair, "csrfmiddlewaretoken": token}, follow=True)
        assert response.wsgi_request.user == self.user
        return response

    def open(self, address: str) -> str:
        """The token of the form that stands there."""
        return self.token_of(self.browser.get(address))

    def send(self, address: str, **fields):
        return self.browser.post(address, fields)

    @staticmethod
    def token_of(page) -> str:
        return TOKEN.search(page.content.decode()).group(1)


def end_sessions() -> None:
    Session.objects.all().delete()


def fields_of(page) -> dict[str, str]:
    """What the page would send, its token among it."""
    html = page.content.decode()
    pairs = [*AREA.findall(html), *HIDDEN.findall(html)]
    return {name: unescape(value) for name, value in pairs} | {
        "csrfmiddlewaretoken": Writer.token_of(page)
    }


@pytest.fixture
def editor(office) -> Writer:
    return Writer(office.editor)


@pytest.fixture
def draft(office):
    return page_of(office.complaint(to=State.EDITING))


def edit(draft) -> str:
    return reverse("wagtailadmin_pages:edit", args=[draft.pk])


def written(draft, token: str) -> dict:
    form = editor_form(draft.complaint, answer=f"<p>{WORDS}</p>")
    return {**form, "csrfmiddlewaretoken": token}


def latest(draft):
    return page_of(draft.complaint).get_latest_revision_as_object()


@pytest.fixture
def lost(editor, draft):
    """Sent after the session had ended; the address of the log-in."""
    token = editor.open(edit(draft))
    end_sessions()
    refused = editor.send(edit(draft), **written(draft, token))
    assert refused.status_code == 302
    assert refused.url.startswith("/admin/login/?next=/admin/unsent/")
    return refused.url


# The same person.


def test_an_answer_comes_back_after_the_log_in_and_is_saved(editor, draft, lost):
    page = editor.log_in(lost)
    assert SAID in page.content.decode()
    assert WORDS in page.content.decode()
    assert WORDS not in latest(draft).answer
    sent = editor.send(edit(draft), **fields_of(page))
    assert sent.status_code == 302
    assert WORDS in latest(draft).answer
    assert not UnsentForm.objects.exists()


def test_an_hour_without_a_request_is_the_same(editor, draft):
    token = editor.open(edit(draft))
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        refused = editor.send(edit(draft), **written(draft, token))
        assert WORDS in editor.log_in(refused.url).content.decode()


def test_it_is_found_at_the_page_as_well(editor, draft, lost):
    """Who logs in by another way, and opens the page once more."""
    editor.log_in()
    found = editor.browser.get(edit(draft), follow=True)
    assert WORDS in found.content.decode()


def test_it_can_be_thrown_away(editor, draft, lost):
    page = editor.log_in(lost)
    where = page.wsgi_request.path
    gone = editor.send(where, csrfmiddlewaretoken=editor.token_of(page))
    assert gone.status_code == 302
    assert not UnsentForm.objects.exists()
    assert SAID not in editor.browser.get(edit(draft), follow=True).content.decode()


def test_a_form_of_our_own_desk_comes_back(office):
    complaint = office.complaint(to=State.RECEIVED)
    operator = Writer(office.operator)
    address = f"/admin/complaints/{complaint.pk}/decline/"
    page = operator.browser.get(address)
    fields = {"ground": "sara", "message": WORDS, "seen": page.context["seen"]}
    fields["asked"] = "yes"
    end_sessions()
    refused = operator.send(address, **fields, csrfmiddlewaretoken=operator.token_of(page))
    back = operator.log_in(refused.url)
    assert WORDS in back.content.decode()
    assert operator.send(address, **fields_of(back)).status_code == 302


def test_a_row_of_the_reference_data_comes_back(city):
    clerk = Writer(UserFactory(is_superuser=True, password=PASSWORD))
    address = reverse(Category.snippet_viewset.get_url_name("add"))
    token = clerk.open(address)
    end_sessions()
    row = {"name": "Taman dan ruang terbuka", "slug": "taman"}
    refused = clerk.send(address, **row, csrfmiddlewaretoken=token)
    back = clerk.log_in(refused.url)
    clerk.send(address, **fields_of(back))
    assert Category.objects.filter(slug="taman").exists()


def test_what_is_wrong_in_it_is_said_where_it_is_sent(editor, draft, lost):
    fields = fields_of(editor.log_in(lost)) | {"title": ""}
    assert editor.send(edit(draft), **fields).status_code == 200


# A token that was changed by a log-in in another tab.


def test_whoever_logged_in_again_in_another_tab_loses_nothing(editor, draft):
    token = editor.open(edit(draft))
    end_sessions()
    editor.log_in()
    back = editor.send(edit(draft), **written(draft, token))
    assert back.status_code == 403
    assert WORDS in back.content.decode()
    assert editor.send(edit(draft), **fields_of(back)).status_code == 302
    assert WORDS in latest(draft).answer


@pytest.mark.parametrize("headers", [{"origin": "https://lain.example"}, {"origin": "null"}])
def test_another_site_puts_no_words_into_it(editor, draft, headers):
    refused = editor.browser.post(edit(draft), {"title": WORDS}, headers=headers)
    assert refused.status_code == 403
    assert WORDS not in refused.content.decode()
    del editor.browser.cookies["sessionid"]
    editor.browser.post(edit(draft), {"title": WORDS}, headers=headers)
    assert not UnsentForm.objects.exists()


# Nobody else.


def test_another_person_at_this_device_sees_nothing_of_it(office, editor, draft, lost):
    other = Writer(office.coordinator, editor.browser)
    for address in (lost.partition("next=")[2], edit(draft)):
        assert WORDS not in other.browser.get(address, follow=True).content.decode()
    assert UnsentForm.objects.count() == 1


def test_it_is_theirs_at_another_device_too(office, editor, draft, lost):
    elsewhere = Writer(office.editor)
    assert WORDS in elsewhere.browser.get(edit(draft), follow=True).content.decode()


def test_nobody_can_throw_away_or_claim_what_is_anothers(office, lost, draft):
    other = Writer(office.coordinator)
    kept = UnsentForm.objects.get()
    token = other.open("/admin/account/")
    other.send(f"/admin/unsent/{kept.pk}/", csrfmiddlewaretoken=token)
    other.send("/admin/account/", csrfmiddlewaretoken=token, **{"pengaduan-kept-form": kept.pk})
    assert UnsentForm.objects.count() == 1


def test_a_log_out_takes_all_of_it_along(editor, draft, lost):
    page = editor.log_in(lost)
    out = editor.send("/admin/logout/", csrfmiddlewaretoken=editor.token_of(page))
    assert out.cookies["pengaduan_writer"]["max-age"] == 0
    assert not UnsentForm.objects.exists()
    # After it, this browser is nobody's: what is sent from a page that stayed open is not kept.
    token = editor.token_of(editor.browser.get("/admin/login/"))
    assert editor.send(edit(draft), **written(draft, token)).status_code == 302
    assert not UnsentForm.objects.exists()


def test_a_stranger_stores_nothing(city, client, draft):
    for cookie in (None, "5", "5:abc:def"):
        if cookie:
            client.cookies["pengaduan_writer"] = cookie
        assert client.post(edit(draft), {"title": WORDS}).status_code == 302
    assert not UnsentForm.objects.exists()


def test_it_lies_encrypted_and_not_for_long(lost):
    with connection.cursor() as cursor:
        cursor.execute("SELECT fields FROM pengaduan_app_unsentform")
        assert "Senin" not in force_str(cursor.fetchone()[0])
    with time_machine.travel(timezone.now() + timedelta(minutes=121)):
        tasks.clear_kept_files()
    assert not UnsentForm.objects.exists()


def test_after_two_hours_it_is_shown_to_nobody(editor, draft, lost):
    with time_machine.travel(timezone.now() + timedelta(minutes=121)):
        assert WORDS not in editor.log_in(lost).content.decode()


def test_a_person_has_only_so_many(editor, draft, lost):
    token = editor.token_of(editor.browser.get("/admin/login/"))
    for number in range(MOST + 3):
        editor.send(edit(draft), title=f"{number}", csrfmiddlewaretoken=token)
    assert UnsentForm.objects.count() == MOST


# What is never kept.


def test_no_password_is_kept(city):
    clerk = Writer(UserFactory(is_superuser=True, password=PASSWORD))
    address = reverse("wagtailusers_users:add")
    token = clerk.open(address)
    end_sessions()
    sent = {"username": "baru", "password1": WORDS, "password2": WORDS}
    clerk.send(address, **sent, csrfmiddlewaretoken=token)
    clerk.log_in()
    clerk.send(address, **sent, csrfmiddlewaretoken=token)
    assert not UnsentForm.objects.exists()


@pytest.mark.parametrize(
    "headers", [{"x-requested-with": "XMLHttpRequest"}, {"sec-fetch-mode": "cors"}], ids=str
)
def test_what_a_script_sends_is_on_the_screen_still(editor, draft, headers):
    token = editor.open(edit(draft))
    end_sessions()
    editor.browser.post(edit(draft), written(draft, token), headers=headers)
    assert not UnsentForm.objects.exists()


def test_markup_comes_back_as_text(editor, draft):
    token = editor.open(edit(draft))
    end_sessions()
    form = {**written(draft, token), "title": "</textarea><script>alert(1)</script> lagi"}
    page = editor.log_in(editor.send(edit(draft), **form).url)
    assert "<script>alert(1)" not in page.content.decode()
    assert fields_of(page)["title"] == form["title"]
