"""The tracking page's forms: whose session, how often, and that nothing typed is lost."""

from __future__ import annotations

import uuid
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings as site
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from pengaduan_app import actions, conf
from pengaduan_app.models import Attachment, ThreadEntry
from tests.citizen.test_tracking import FILE
from tests.support.citizen import FILLED_IN, Citizen

WORDS = "Tulisan panjang yang tidak boleh hilang."


def test_without_number_and_code_nothing_is_written(office, client):
    citizen = Citizen(client, office.complaint(), tracked=False)
    for word in FILLED_IN:
        assert citizen.send(word).status_code == 403
    assert not ThreadEntry.objects.exists()
    assert client.get("/lacak/aduan/").status_code == 302


def test_a_form_of_another_complaint_writes_to_neither(office, client):
    """Two complaints in two tabs: the session knows the one that was opened last."""
    first, second = office.complaint(), office.complaint()
    Citizen(client, first)
    Citizen(client, second)
    assert Citizen(client, first, tracked=False).send("tambah").status_code == 403
    assert not ThreadEntry.objects.exists()


def test_when_the_half_hour_is_over_what_was_typed_comes_back(office, client):
    complaint = office.complaint()
    citizen = Citizen(client, complaint)
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        response = citizen.send("tambah", text=WORDS)
        assert response.status_code == 403
        assert WORDS in response.content.decode()
        again = citizen.track(kept_word="tambah", kept_text=WORDS)
        [panel] = [p for p in again.context["panels"] if p.follow_up.word == "tambah"]
        assert panel.is_open
        assert panel.form["text"].value() == WORDS
    assert citizen.said() == []


def test_what_came_back_is_there_after_a_reload_until_it_is_sent(office, client):
    citizen = Citizen(client, office.complaint(), tracked=False)
    citizen.track(kept_word="tambah", kept_text=WORDS)
    assert all(WORDS in citizen.look() for _reload in range(2))
    # Sealed for this browser: the database doesn't hold it readably.
    sessions = [session.get_decoded() for session in Session.objects.all()]
    assert WORDS not in str(sessions)
    assert citizen.send("tambah", text=WORDS).status_code == 302
    [panel] = [
        p for p in client.get("/lacak/aduan/").context["panels"] if p.follow_up.word == "tambah"
    ]
    assert not panel.is_open
    assert citizen.look().count(WORDS) == 1


def test_who_leaves_takes_what_came_back_along(office, client):
    citizen = Citizen(client, office.complaint(), tracked=False)
    citizen.track(kept_word="tambah", kept_text=WORDS)
    client.post("/lacak/keluar/")
    citizen.track()
    assert WORDS not in citizen.look()


def test_who_leaves_the_complaint_leaves_it_to_nobody(office, client):
    citizen = Citizen(client, office.complaint())
    before = client.session.session_key
    response = client.post("/lacak/keluar/", follow=True)
    assert "Anda sudah keluar dari pengaduan Anda." in response.content.decode()
    assert client.session.session_key != before
    assert client.get("/lacak/aduan/").headers["location"] == "/lacak/"
    assert citizen.send("tambah").status_code == 403
    # And again, from the browser's history.
    assert client.post("/lacak/keluar/").status_code == 302
    assert client.get("/lacak/keluar/").status_code == 405


@pytest.mark.parametrize("kept", ["", "rahasia"])
def test_a_kept_text_for_no_form_opens_none_and_writes_nothing(office, client, kept):
    citizen = Citizen(client, office.complaint())
    response = citizen.track(kept_word=kept, kept_text=WORDS)
    assert response.status_code == 200
    assert not any(panel.is_open for panel in response.context["panels"])
    assert citizen.said() == []


@pytest.mark.parametrize("kept", ["../x", "x" * 400, "a b", "<b>"])
def test_what_can_be_the_name_of_no_form_is_refused_and_the_text_stays(office, client, kept):
    citizen = Citizen(client, office.complaint(), tracked=False)
    response = citizen.track(kept_word=kept, kept_text=WORDS)
    assert response.status_code == 400
    assert list(response.context["form"].errors) == ["kept_word"]
    assert WORDS in response.content.decode()
    assert client.get("/lacak/aduan/").status_code == 302


@pytest.mark.parametrize("word", ["hapus", "publish", "aduan2"])
def test_an_unknown_form_is_not_there(office, client, word):
    Citizen(client, office.complaint())
    assert client.post(f"/lacak/{word}/").status_code == 404


def test_a_reload_of_a_forms_address_shows_the_page(office, client):
    Citizen(client, office.complaint())
    assert client.get("/lacak/tambah/").headers["location"] == "/lacak/aduan/"


def test_a_form_from_elsewhere_is_refused(office):
    browser = Client(enforce_csrf_checks=True)
    complaint = office.complaint()
    assert Citizen(browser, complaint, tracked=False).send("tambah").status_code == 403
    assert not ThreadEntry.objects.exists()


def test_too_many_from_one_connection_wait_and_keep_their_words(office, client, settings):
    settings.PENGADUAN_SUBMISSIONS_PER_HOUR = 2
    citizen = Citizen(client, office.complaint())
    assert [citizen.send("tambah").status_code for _ in range(2)] == [302, 302]
    response = citizen.send("tambah", text=WORDS)
    assert response.status_code == 429
    assert WORDS in response.content.decode()
    assert len(citizen.said()) == 2


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001, None])
def test_an_empty_or_endless_text_is_refused_in_words(office, client, text):
    citizen = Citizen(client, office.complaint())
    response = citizen.send("tambah", text=text)
    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()
    assert citizen.said() == []


@pytest.mark.parametrize("key", ["", "kacau", "\x00", None])
def test_a_form_that_lost_its_key_is_taken_all_the_same(office, client, key):
    citizen = Citizen(client, office.complaint())
    assert citizen.send("tambah", key=key).status_code == 302
    assert len(citizen.said()) == 1


@pytest.mark.parametrize("text", ["\x00a", "😀" * 10, "<script>alert(1)</script>", "'; --"])
def test_odd_signs_are_only_text(office, client, text):
    citizen = Citizen(client, office.complaint())
    assert citizen.send("tambah", text=text).status_code == 302
    assert "<script>alert" not in citizen.look()


def test_an_entry_that_fails_leaves_no_file_behind(office, monkeypatch):
    complaint = office.complaint()

    def fail(*args):
        raise RuntimeError

    monkeypatch.setattr("pengaduan_app.messaging.notifications.after_entry", fail)
    with pytest.raises(RuntimeError):
        actions.inform(complaint.pk, uuid.uuid4(), "Ini fotonya.", [FILE])
    assert not Attachment.objects.exists()
    assert not ThreadEntry.objects.exists()
    assert [p for p in conf.private_root().rglob("*") if p.is_file()] == []


def test_the_forms_need_no_script():
    """Nothing on the page is hidden until a script shows it."""
    folder = Path(site.BASE_DIR, "pengaduan_app/templates/pengaduan_app")
    text = (folder / "citizen/follow_up_form.html").read_text(encoding="utf-8")
    assert "<details" in text
    assert "onclick" not in text
