"""What a visitor's session holds and for how long: to the second, and on a borrowed device."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from pengaduan_app import actions
from pengaduan_app.actions import CleanFile
from pengaduan_app.models import Complaint
from pengaduan_app.procedure import Step, labels
from pengaduan_app.procedure.sop import State
from tests.citizen.test_before_sending import photo
from tests.support.citizen import Citizen, code_of
from tests.support.factories import citizen_form, submit

NOON = "2026-02-23T05:00:00Z"
PDF = CleanFile(b"%PDF-1.4 %%EOF", "application/pdf", "pdf")


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as frozen:
        yield frozen


def send(client, **changes):
    response = client.post("/lapor/", citizen_form(**changes))
    assert response.status_code == 302
    return response


# The receipt: a quarter of an hour.


@pytest.mark.parametrize(("seconds", "shown"), [(0, True), (899, True), (900, True), (901, False)])
def test_a_receipt_waits_a_quarter_of_an_hour(city, client, clock, seconds, shown):
    send(client)
    clock.shift(timedelta(seconds=seconds))
    response = client.get("/lapor/terima/")
    assert (response.status_code == 200) == shown
    ticket = Complaint.objects.get().ticket
    assert (ticket in response.content.decode()) == shown


def test_a_receipt_that_was_too_late_is_not_there_afterwards_either(city, client, clock):
    send(client)
    clock.shift(timedelta(minutes=16))
    assert client.get("/lapor/terima/").headers["location"] == "/lacak/"
    clock.move_to(NOON)
    assert client.get("/lapor/terima/").status_code == 302


def test_a_receipt_is_for_the_browser_that_sent_the_form(city, client, clock):
    send(client)
    assert Client().get("/lapor/terima/").status_code == 302
    assert client.get("/lapor/terima/").status_code == 200


@pytest.mark.parametrize("known", [True, False])
def test_a_receipt_says_what_comes_next_and_until_when(office, client, clock, known):
    """Without an agency the administrator looks for one first (C2), within an hour."""
    send(client, agency=office.agency.pk if known else "")
    text = client.get("/lapor/terima/").content.decode()
    listed = re.search(r'<ol class="limits">(.*?)</ol>', text, re.DOTALL)[1]
    titles = re.findall(r"<li><span>(.*?)</span>", listed)
    usual = (Step.A1, Step.A2, Step.A5, Step.A6, Step.A8, Step.B1, Step.B2)
    steps = usual if known else (Step.C2, *usual)
    assert titles == [str(labels.STEPS[step]) for step in steps]
    assert ("23 Februari 2026 pukul 12.30 WIB" if known else "pukul 13.00 WIB") in text


# The tracking page: half an hour.


@pytest.mark.parametrize(
    ("seconds", "is_open"), [(0, True), (1799, True), (1800, True), (1801, False)]
)
def test_number_and_code_open_a_complaint_for_half_an_hour(office, client, clock, seconds, is_open):
    citizen = Citizen(client, office.complaint())
    clock.shift(timedelta(seconds=seconds))
    assert (client.get("/lacak/aduan/").status_code == 200) == is_open
    assert (citizen.complaint.ticket in client.get("/lacak/").content.decode()) == is_open
    assert citizen.send("tambah").status_code == (302 if is_open else 403)


def test_reading_does_not_make_the_half_hour_longer(office, client, clock):
    Citizen(client, office.complaint())
    for minutes in (10, 10, 10):
        clock.shift(timedelta(minutes=minutes))
        assert client.get("/lacak/aduan/").status_code == 200
    clock.shift(timedelta(seconds=1))
    assert client.get("/lacak/aduan/").status_code == 302


def test_number_and_code_again_begin_a_new_half_hour(office, client, clock):
    citizen = Citizen(client, office.complaint())
    clock.shift(timedelta(minutes=25))
    citizen.track()
    clock.shift(timedelta(minutes=25))
    assert client.get("/lacak/aduan/").status_code == 200


@pytest.mark.parametrize(("minutes", "status"), [(30, 200), (31, 404)])
def test_a_file_opens_as_long_as_its_complaint(office, client, clock, minutes, status):
    complaint = submit(office.agency, files=[PDF]).complaint
    Citizen(client, complaint)
    clock.shift(timedelta(minutes=minutes))
    assert client.get(f"/lacak/lampiran/{complaint.attachments.get().pk}/").status_code == status


def test_a_wrong_pair_leaves_open_what_is_open(office, client, clock):
    first, second = office.complaint(), office.complaint()
    Citizen(client, first)
    client.post("/lacak/", {"ticket": second.ticket, "code": "XXXX-XXXX"})
    assert first.ticket in client.get("/lacak/aduan/").content.decode()


# A borrowed device.


def test_a_session_that_somebody_planted_is_not_the_one_that_opens(office, client):
    """Who knows the session's name from before can't look in."""
    session = client.session
    session["x"] = 1
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted
    Citizen(client, office.complaint())
    assert client.cookies["sessionid"].value != planted
    stranger = Client()
    stranger.cookies["sessionid"] = planted
    assert stranger.get("/lacak/aduan/").status_code == 302


def test_an_opened_complaint_is_closed_with_the_window(office, client):
    Citizen(client, office.complaint())
    cookie = client.cookies["sessionid"]
    assert (cookie["max-age"], cookie["expires"]) == ("", "")


def test_after_leaving_the_form_in_the_browsers_history_is_refused(office):
    """It still holds number and code."""
    browser = Client(enforce_csrf_checks=True)
    browser.get("/lacak/")
    token = browser.cookies["csrftoken"].value
    complaint = office.complaint()
    pair = {"ticket": complaint.ticket, "code": code_of(complaint)}
    assert browser.post("/lacak/", {**pair, "csrfmiddlewaretoken": token}).status_code == 302
    assert browser.post("/lacak/keluar/", {"csrfmiddlewaretoken": token}).status_code == 302
    again = browser.post("/lacak/", {**pair, "csrfmiddlewaretoken": token})
    assert again.status_code == 403
    assert browser.get("/lacak/aduan/").status_code == 302


@pytest.mark.parametrize("word", ["lacak", "aduan", "terima", "lapor", "saran", "tambah"])
def test_nothing_of_a_complaint_stays_in_a_cache(office, client, word):
    citizen = Citizen(client, office.complaint(), tracked=word != "terima")
    if word == "terima":
        send(client)
    asked = {
        "lacak": lambda: citizen.track(),
        "aduan": lambda: client.get("/lacak/aduan/"),
        "terima": lambda: client.get("/lapor/terima/"),
        "lapor": lambda: client.post("/lapor/", citizen_form(name="")),
        "saran": lambda: client.post("/lapor/saran/", {"subject": "x"}),
        "tambah": lambda: citizen.send("tambah", text=""),
    }
    assert "no-store" in asked[word]().headers["Cache-Control"]


# What comes back when it can't be done.


@pytest.mark.parametrize("state", [State.PUBLISHED, State.DECLINED])
def test_words_for_a_complaint_that_ended_meanwhile_come_back(office, client, state):
    citizen = Citizen(client, office.complaint())
    office.advance(citizen.complaint, state)
    response = citizen.send("tambah", text="Ini tulisan saya yang panjang.")
    text = response.content.decode()
    assert response.status_code == 409
    assert "Ini tulisan saya yang panjang." in text
    assert str(labels.STATES[state]) in text
    assert citizen.said() == []


def test_only_the_form_that_was_sent_comes_back_open(office, client):
    citizen = Citizen(client, office.complaint())
    text = citizen.send("tambah", text="").content.decode()
    unfolded = re.findall(r"<details[^>]*id=\"([\w-]+)\"[^>]* open", text)
    assert unfolded == ["tambah"]
    assert "open" not in "".join(re.findall(r"<details[^>]*>", citizen.look()))


@pytest.mark.parametrize("with_file", [True, False])
def test_only_who_attached_a_file_is_told_that_it_is_kept(office, client, with_file):
    citizen = Citizen(client, office.complaint())
    text = citizen.send("tambah", text="", files=photo() if with_file else None).content.decode()
    assert ("kami simpan dengan aman" in text) == with_file


def test_a_file_of_the_talk_is_not_among_what_came_in_first(office, client):
    complaint = submit(office.agency, files=[PDF]).complaint
    citizen = Citizen(client, complaint)
    first = complaint.attachments.get()
    actions.inform(complaint.pk, uuid.uuid4(), "Ini fotonya.", [PDF])
    later = complaint.attachments.exclude(pk=first.pk).get()
    words = citizen.look().partition('id="words"')[2]
    assert f"/lacak/lampiran/{first.pk}/" in words
    assert f"/lacak/lampiran/{later.pk}/" not in words


@pytest.mark.parametrize("withdrawn", [False, True])
def test_who_joined_another_complaint_sees_its_answer_as_long_as_the_public_does(
    office, client, withdrawn
):
    holder, follower = office.complaint(State.STUDY), office.complaint()
    actions.duplicate(follower.pk, office.operator, holder)
    office.advance(holder, State.PUBLISHED)
    if withdrawn:
        actions.withdraw(holder.pk, office.coordinator)
    follower.refresh_from_db()
    assert ("Lampu sudah kami ganti" in Citizen(client, follower).look()) != withdrawn
    # Who reported it first keeps the answer.
    assert "Lampu sudah kami ganti" in Citizen(client, holder).look()
