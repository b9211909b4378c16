"""How much one address may send to each of the citizen's pages in an hour, and what counts."""

from __future__ import annotations

import pytest
import time_machine

from pengaduan_app.models import Complaint, ThreadEntry
from pengaduan_app.procedure.sop import State
from tests.citizen.test_before_sending import photo
from tests.support.citizen import Citizen, code_of
from tests.support.factories import citizen_form

NOON = "2026-02-23T05:00:00Z"
HOUR_LATER = "2026-02-23T06:00:00Z"
ELSEWHERE = {"REMOTE_ADDR": "203.0.113.9"}
# For each that may succeed, so many tries.
TRIES = 10


@pytest.fixture(autouse=True)
def _limits(settings):
    settings.PENGADUAN_SUBMISSIONS_PER_HOUR = 2
    settings.PENGADUAN_TRACKING_TRIES_PER_HOUR = 2


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as frozen:
        yield frozen


def statuses(send, times: int) -> list[int]:
    return [send().status_code for _time in range(times)]


# Sending.


def test_two_complaints_an_hour_and_the_third_waits_with_its_words(city, client, clock):
    assert statuses(lambda: client.post("/lapor/", citizen_form()), 2) == [302, 302]
    third = client.post("/lapor/", citizen_form(subject="Pohon tumbang di jalan"))
    assert third.status_code == 429
    assert "Pohon tumbang di jalan" in third.content.decode()
    assert Complaint.objects.count() == 2
    assert client.post("/lapor/", citizen_form(), **ELSEWHERE).status_code == 302
    clock.move_to(HOUR_LATER)
    assert client.post("/lapor/", citizen_form()).status_code == 302


def test_a_form_with_a_mistake_uses_up_no_complaint(city, client, clock):
    assert statuses(lambda: client.post("/lapor/", citizen_form(name="")), 5) == [400] * 5
    assert statuses(lambda: client.post("/lapor/", citizen_form()), 2) == [302, 302]


def test_the_same_form_sent_again_uses_up_no_complaint(city, client, clock):
    form = citizen_form()
    assert statuses(lambda: client.post("/lapor/", form), 4) == [302] * 4
    assert client.post("/lapor/", citizen_form()).status_code == 302
    assert client.post("/lapor/", citizen_form()).status_code == 429


def test_forms_that_fail_are_judged_only_so_often(city, client, clock):
    """Judging attachments is work, right or wrong."""
    wrong = citizen_form(name="")
    assert statuses(lambda: client.post("/lapor/", wrong), 2 * TRIES) == [400] * 2 * TRIES
    assert client.post("/lapor/", wrong).status_code == 429
    assert client.post("/lapor/", citizen_form()).status_code == 429
    assert client.post("/lapor/", wrong, **ELSEWHERE).status_code == 400


def test_what_machines_send_counts_as_a_try(city, client, clock):
    spam = citizen_form(website="http://iklan.example")
    assert statuses(lambda: client.post("/lapor/", spam), 2 * TRIES) == [400] * 2 * TRIES
    assert client.post("/lapor/", spam).status_code == 429


def test_reading_the_form_is_never_refused(city, client, clock):
    statuses(lambda: client.post("/lapor/", citizen_form()), 3)
    assert client.get("/lapor/").status_code == 200


# Number and code.


def pair(complaint, **changes):
    return {
        "ticket": complaint.ticket,
        "code": code_of(complaint),
        **changes,
    }


def test_two_wrong_pairs_an_hour_and_then_not_even_the_right_one(office, client, clock):
    complaint = office.complaint()
    wrong = pair(complaint, code="XXXX-XXXX")
    assert statuses(lambda: client.post("/lacak/", wrong), 2) == [400, 400]
    assert client.post("/lacak/", pair(complaint)).status_code == 429
    assert client.get("/lacak/aduan/").status_code == 302
    clock.move_to(HOUR_LATER)
    assert client.post("/lacak/", pair(complaint)).status_code == 302


def test_a_form_that_is_not_filled_in_is_no_guess(office, client, clock):
    complaint = office.complaint()
    empty = pair(complaint, code="")
    assert statuses(lambda: client.post("/lacak/", empty), 5) == [400] * 5
    assert client.post("/lacak/", pair(complaint)).status_code == 302


@pytest.mark.parametrize("code", ["x", "2", "-", "X" * 24, "22222-22222", "a b c", "kode ' OR 1=1"])
def test_whatever_is_compared_is_a_guess(office, client, clock, code):
    """However short; what isn't compared (a field that is empty or longer than any code) tells
    nothing, and a form that comes back costs no more than one that is opened."""
    complaint = office.complaint()
    wrong = pair(complaint, code=code)
    assert statuses(lambda: client.post("/lacak/", wrong), 2) == [400, 400]
    assert client.post("/lacak/", pair(complaint)).status_code == 429


@pytest.mark.parametrize("changes", [{"code": "2" * 25}, {"kept_word": "a b"}, {"ticket": ""}])
def test_what_is_not_compared_says_the_same_of_every_number(office, client, clock, changes):
    complaint = office.complaint()
    right, unknown = pair(complaint) | changes, pair(complaint, ticket="MJK26-2222-2222") | changes
    answers = [client.post("/lacak/", sent) for sent in (right, unknown)]
    assert [answer.status_code for answer in answers] == [400, 400]
    assert answers[0].context["form"].errors == answers[1].context["form"].errors
    assert client.get("/lacak/aduan/").status_code == 302


def test_right_pairs_are_no_guesses_yet_have_an_end_too(office, client, clock):
    """Each costs the server a hash that is slow on purpose."""
    complaint = office.complaint()
    right = pair(complaint)
    assert statuses(lambda: client.post("/lacak/", right), 2 * TRIES) == [302] * 2 * TRIES
    assert client.post("/lacak/", right).status_code == 429
    assert client.post("/lacak/", right, **ELSEWHERE).status_code == 302
    # What is open stays open.
    assert client.get("/lacak/aduan/").status_code == 200


def test_guesses_use_up_no_complaint_and_complaints_no_guess(office, client, clock):
    complaint = office.complaint()
    statuses(lambda: client.post("/lapor/", citizen_form()), 2)
    assert client.post("/lacak/", pair(complaint, code="XXXX-XXXX")).status_code == 400
    assert client.post("/lacak/", pair(complaint)).status_code == 302


# The forms of the tracking page.


def test_what_a_reporter_adds_has_its_own_limit(office, client, clock):
    citizen = Citizen(client, office.complaint())
    assert statuses(lambda: client.post("/lapor/", citizen_form()), 2) == [302, 302]
    assert statuses(lambda: citizen.send("tambah"), 3) == [302, 302, 429]
    assert ThreadEntry.objects.count() == 2
    clock.move_to(HOUR_LATER)
    citizen.track()
    assert citizen.send("tambah").status_code == 302


def test_what_a_reporter_got_wrong_counts_as_a_try_alone(office, client, clock):
    citizen = Citizen(client, office.complaint())
    assert statuses(lambda: citizen.send("tambah", text=""), 2 * TRIES - 1) == [400] * (
        2 * TRIES - 1
    )
    assert citizen.send("tambah").status_code == 302
    refused = citizen.send("tambah", text="Tulisan yang tidak boleh hilang.")
    assert refused.status_code == 429
    assert "Tulisan yang tidak boleh hilang." in refused.content.decode()


def test_who_has_not_opened_the_complaint_is_sent_to_the_door_and_not_counted(
    office, client, clock
):
    citizen = Citizen(client, office.complaint(), tracked=False)
    assert statuses(lambda: citizen.send("tambah"), 2 * TRIES + 1) == [403] * (2 * TRIES + 1)
    citizen.track()
    assert citizen.send("tambah").status_code == 302


def test_a_score_comes_back_with_the_refusal(office, client, clock):
    citizen = Citizen(client, office.complaint(State.PUBLISHED))
    assert statuses(lambda: citizen.send("nilai", score="5"), 2) == [302, 302]
    text = citizen.send("nilai", score="2").content.decode()
    assert "checked" in text.partition('value="2"')[2].partition(">")[0]
    assert "checked" not in text.partition('value="5"')[2].partition(">")[0]


# Advice and kept files.


def test_advice_is_given_twenty_times_for_each_complaint(city, client, clock):
    look = {"subject": "Lampu", "body": "padam"}
    assert statuses(lambda: client.post("/lapor/saran/", look), 40) == [204] * 40
    assert client.post("/lapor/saran/", look).status_code == 429
    assert client.post("/lapor/saran/", look, **ELSEWHERE).status_code == 204


def test_files_of_forms_that_fail_are_kept_only_so_often(city, client, clock, monkeypatch):
    monkeypatch.setattr("pengaduan_app.citizen.session.STORED_FORMS", 2)
    kept = []
    for _time in range(3):
        form = citizen_form(name="", attachments=[photo()])
        text = client.post("/lapor/", form).content.decode()
        kept.append("kami simpan dengan aman" in text)
    assert kept == [True, True, False]
