"""The receipt: read again for a quarter of an hour, in one browser, and stored readably nowhere."""

from __future__ import annotations

import json
import logging
import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.test import Client
from django_q.models import OrmQ

from pengaduan_app.citizen import receipts
from pengaduan_app.messaging import reach
from pengaduan_app.models import Complaint, OutboxMessage
from pengaduan_app.procedure.sop import State
from tests.support.citizen import Citizen
from tests.support.factories import citizen_form, submit

NOON = "2026-02-23T05:00:00Z"
NO_MESSAGE = "kami tidak mengirim pesan apa pun, juga tidak lewat SMS"


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as frozen:
        yield frozen


def send(client, **changes):
    """Sends a complaint; the receipt that the browser is led to."""
    return client.post("/lapor/", citizen_form(**changes), follow=True)


def codes(response) -> list[str]:
    """Number and code of each receipt on the page, newest first."""
    return re.findall(r"<dd>((?:MJK)?[\w-]+)</dd>", response.content.decode())


# Read again.


def test_a_receipt_is_the_same_after_a_reload(city, client, clock):
    first = send(client)
    for minutes in (1, 13):
        clock.shift(timedelta(minutes=minutes))
        again = client.get("/lapor/terima/")
        assert codes(again) == codes(first)
    assert "sampai 23 Februari 2026 pukul 12.15 WIB" in again.content.decode()


def test_a_second_complaint_leaves_the_first_ones_receipt(city, client, clock):
    first = send(client, subject="Lampu padam di gang")
    clock.shift(timedelta(minutes=10))
    second = send(client, subject="Selokan tersumbat")
    assert codes(second)[-2:] == codes(first)
    assert len(codes(second)) == 4
    # Each for its own quarter of an hour.
    clock.shift(timedelta(minutes=6))
    assert codes(client.get("/lapor/terima/")) == codes(second)[:2]


def test_the_same_form_again_is_one_receipt(city, client):
    form = citizen_form()
    for _time in range(2):
        page = client.post("/lapor/", form, follow=True)
    assert len(codes(page)) == 2


def test_only_so_many_are_kept(city, client):
    for number in range(receipts.MOST + 2):
        page = send(client, subject=f"Lampu padam di gang {number}")
    assert len(codes(page)) == 2 * receipts.MOST


def test_the_first_page_of_tracking_leads_back_to_it(city, client, clock):
    send(client)
    assert 'href="/lapor/terima/"' in client.get("/lacak/").content.decode()
    clock.shift(timedelta(minutes=16))
    assert 'href="/lapor/terima/"' not in client.get("/lacak/").content.decode()


def test_one_press_leads_from_the_receipt_to_the_complaint(city, client):
    ticket, code = codes(send(client))
    tracked = client.post("/lacak/", {"ticket": ticket, "code": code})
    assert tracked.headers["location"] == "/lacak/aduan/"
    assert ticket in client.get("/lacak/aduan/").content.decode()


# A borrowed device.


def test_who_leaves_takes_every_receipt_along(city, client):
    send(client, subject="Lampu padam di gang")
    send(client, subject="Selokan tersumbat")
    client.post("/lacak/keluar/")
    assert client.get("/lapor/terima/").headers["location"] == "/lacak/"
    assert receipts.RECEIPTS not in client.session


def test_who_lost_the_token_is_led_back_and_has_not_left(city):
    browser = Client(enforce_csrf_checks=True)
    browser.get("/lapor/")
    form = citizen_form(csrfmiddlewaretoken=browser.cookies["csrftoken"].value)
    sent = browser.post("/lapor/", form, follow=True)
    assert browser.post("/lacak/keluar/").headers["location"] == "/lapor/terima/"
    assert codes(browser.get("/lapor/terima/")) == codes(sent)


def test_a_session_that_somebody_planted_holds_no_receipt(city, client):
    session = client.session
    session["x"] = 1
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted
    send(client)
    stranger = Client()
    stranger.cookies["sessionid"] = planted
    assert stranger.get("/lapor/terima/").status_code == 302


def test_the_session_alone_opens_nothing(city, client):
    """Neither to who reads it in the database nor to who stole its name."""
    send(client)
    thief = Client()
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    assert thief.get("/lapor/terima/").status_code == 302


def test_a_citizens_session_ends_with_the_window_and_that_of_staff_stays(office, client):
    send(client)
    assert client.cookies["sessionid"]["max-age"] == ""
    client.force_login(office.operator)
    before = client.session.session_key
    send(client)
    assert client.session.session_key == before


# Nowhere else.


def test_the_code_lies_in_no_log_no_cache_and_no_database(city, client, caplog):
    with caplog.at_level(logging.DEBUG):
        ticket, code = codes(send(client))
        client.get("/lapor/terima/")
        client.post("/lacak/", {"ticket": ticket, "code": code})
        client.get("/lacak/aduan/")
    bare = code.replace("-", "")
    sessions = [session.get_decoded() for session in Session.objects.all()]
    stored = [json.dumps(sessions, default=str), caplog.text]
    for model in (Complaint, OutboxMessage, OrmQ):
        stored += [str(list(model.objects.values()))]
    stored += [str(vars(caches[name])) for name in ("default", "local")]
    for text in stored:
        assert code not in text
        assert bare not in text


def test_no_address_that_a_server_sees_has_the_code(city, client):
    page = send(client)
    ticket, code = codes(page)
    html = unescape(page.content.decode())
    for address in re.findall(r'(?:href|src|action)="([^"]*)"', html):
        assert code not in address.partition("#")[0]
    assert f"http://testserver/lacak/#nomor={ticket}&kode={code}" in html
    assert [where for where, _status in page.redirect_chain] == ["/lapor/terima/"]


def test_the_page_is_in_no_store_and_tells_no_other_site(city, client):
    page = send(client)
    assert "no-store" in page.headers["Cache-Control"]
    assert page.headers["Referrer-Policy"] == "same-origin"
    scripts = re.findall(r"<script[^>]*>", page.content.decode())
    assert any("receipt.js" in script for script in scripts)
    assert all('src="/static/' in script for script in scripts)


def test_the_saved_text_says_nothing_of_the_complaint_itself(city, client):
    page = send(client, subject="Lampu padam di gang")
    text = page.content.decode().partition('<template id="receipt-text">')[2]
    text = text.partition("</template>")[0]
    assert all(part in text for part in codes(page))
    form = citizen_form()
    for words in ("Lampu padam", form["body"], form["name"], form["phone"], form["email"]):
        assert words not in text


# A number alone.


@pytest.mark.parametrize("email", ["", "wulan@contoh.id"])
def test_who_gave_a_number_alone_reads_that_no_message_comes(office, client, email):
    page = send(client, email=email)
    assert (NO_MESSAGE in page.content.decode()) == (not email)
    complaint = Complaint.objects.get()
    assert OutboxMessage.objects.filter(complaint=complaint, recipient=None).exists() == bool(email)
    tracked = Citizen(client, complaint).look()
    assert (NO_MESSAGE in tracked) == (not email)


def test_the_form_says_so_beside_the_field(city, client):
    assert NO_MESSAGE in client.get("/lapor/").content.decode()


def test_one_place_decides_who_is_reached(city, client, monkeypatch):
    """What a later channel for telephones changes."""
    monkeypatch.setattr(reach, "CHANNELS", ("email", "phone"))
    assert NO_MESSAGE not in client.get("/lapor/").content.decode()
    assert NO_MESSAGE not in send(client, email="").content.decode()
    assert OutboxMessage.objects.filter(recipient=None).count() == 1


# A confidential one.


@pytest.mark.parametrize("confidential", ["", "on"])
def test_the_receipt_of_a_confidential_complaint_promises_no_publication(
    city, client, confidential
):
    html = send(client, confidential=confidential).content.decode()
    assert ("Menerbitkan jawaban" in html) == (not confidential)
    assert ("Memberikan jawaban hanya kepada pelapor" in html) == bool(confidential)


@pytest.mark.parametrize("state", [State.PUBLICATION, State.CORRECTION_CHECK])
@pytest.mark.parametrize("confidential", [True, False])
def test_nor_does_its_tracking_page(office, client, state, confidential):
    complaint = submit(office.agency, confidential=confidential).complaint
    office.advance(complaint, state)
    html = Citizen(client, complaint).look()
    names = ("Menerbitkan jawaban", "Menunggu penerbitan", "menerbitkan perbaikan")
    said = [name for name in (*names, "Koreksi menunggu diterbitkan") if name in html]
    assert bool(said) != confidential
    assert ("hanya Anda yang dapat membaca jawabannya" in html) == confidential
