"""How staff come in and how long they stay: guesses, mails for new passwords, idle sessions."""

from __future__ import annotations

import base64
import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_q.models import OrmQ

from home.staff_login import limits, sessions
from pengaduan_app.procedure.sop import Role
from tests.support.factories import PASSWORD, AgencyFactory, UserFactory, submit
from tests.support.queued import work_off

NOON = "2026-02-23T05:00:00Z"


@pytest.fixture
def clerk(city):
    return UserFactory(role=Role.OPERATOR)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as frozen:
        yield frozen


def try_in(client, name: str, password: str, address: str = "203.0.113.1") -> int:
    pair = {"username": name, "password": password}
    return client.post("/admin/login/", pair, REMOTE_ADDR=address).status_code


# Guessing.


def test_one_account_is_guarded_wherever_it_is_guessed_from(client, clerk, clock):
    for number in range(limits.WRONG_FOR_ACCOUNT):
        assert try_in(client, clerk.username, "salah", f"198.51.100.{number}") == 200
    assert try_in(client, clerk.username.upper(), PASSWORD, "198.51.100.200") == 200
    other = UserFactory(role=Role.OPERATOR)
    assert try_in(client, other.username, PASSWORD, "198.51.100.200") == 302
    clock.shift(timedelta(hours=1))
    assert try_in(client, clerk.username, PASSWORD, "198.51.100.200") == 302


def test_a_name_that_is_nobodys_is_guarded_in_the_same_way(client, clerk, clock):
    """Otherwise the limit would say which accounts there are."""
    for number in range(limits.WRONG_FOR_ACCOUNT + 1):
        response = client.post(
            "/admin/login/",
            {"username": "bukan-siapa-siapa", "password": "salah"},
            REMOTE_ADDR=f"198.51.100.{number}",
        )
    assert "Terlalu banyak kata sandi yang salah" in response.content.decode()


@pytest.mark.parametrize("address", ["/_util/login/", "/api/v2/pages/", "/api/v2/complaints/"])
def test_no_other_door_takes_a_password(client, clerk, clock, address):
    """Wagtail's log-in for closed pages, and REST framework's, would count no wrong ones."""
    basic = "Basic " + base64.b64encode(f"{clerk.username}:{PASSWORD}".encode()).decode()
    wrong = "Basic " + base64.b64encode(b"bukan:siapa-siapa").decode()
    pair = {"username": clerk.username, "password": PASSWORD}
    answer = client.post(address, pair, headers={"Authorization": basic})
    assert answer.status_code == (302 if address == "/_util/login/" else 405)
    assert "_auth_user_id" not in client.session
    right, other = (client.get(address, headers={"Authorization": said}) for said in (basic, wrong))
    assert right.status_code == other.status_code == (302 if "login" in address else 200)
    if "login" in address:
        assert right.url.startswith("/admin/login/")


# A new password by mail.


def ask_for_mail(client, email: str, address: str = "203.0.113.1"):
    return client.post("/admin/password_reset/", {"email": email}, REMOTE_ADDR=address)


def test_an_account_gets_few_mails_and_the_page_says_the_same(client, clerk, clock):
    answers = [
        ask_for_mail(client, clerk.email, f"198.51.100.{number}")
        for number in range(limits.RESETS_OF_ACCOUNT + 3)
    ]
    assert mail.outbox == []
    assert work_off() == limits.RESETS_OF_ACCOUNT
    assert {tuple(sent.to) for sent in mail.outbox} == {(clerk.email,)}
    assert len(mail.outbox) == limits.RESETS_OF_ACCOUNT
    assert {(answer.status_code, answer.url) for answer in answers} == {
        (302, "/admin/password_reset/done/")
    }


def test_one_address_asks_for_few_accounts(client, clerk, clock):
    people = [UserFactory(role=Role.OPERATOR) for _number in range(limits.RESETS + 2)]
    for person in people:
        ask_for_mail(client, person.email)
    work_off()
    assert len(mail.outbox) == limits.RESETS


def test_the_page_does_the_same_for_an_address_that_nobody_has(client, clerk, clock):
    """To the query: neither the answer nor its time tells which accounts there are."""
    # The first one from an address makes its counter.
    ask_for_mail(client, UserFactory(role=Role.OPERATOR).email)
    assert work_off() == 1
    mail.outbox.clear()
    asked = []
    for email in (clerk.email, "bukan-siapa-siapa@kota.example"):
        with CaptureQueriesContext(connection) as queries:
            assert ask_for_mail(client, email).status_code == 302
        asked.append([re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in queries])
    assert asked[0] == asked[1]
    assert not any("auth_user" in sql for statements in asked for sql in statements)
    assert work_off() == 2
    assert [sent.to for sent in mail.outbox] == [[clerk.email]]


def test_the_link_in_the_mail_lets_the_person_choose_a_password(client, clerk, clock):
    ask_for_mail(client, clerk.email)
    work_off()
    link = re.search(r"https?://[^/]+(/admin/password_reset/\S+)", mail.outbox[0].body).group(1)
    page = client.get(link, follow=True)
    new = {"new_password1": "kucing-hijau-9", "new_password2": "kucing-hijau-9"}
    assert client.post(page.wsgi_request.path, new).status_code == 302
    assert try_in(client, clerk.username, "kucing-hijau-9") == 302


def test_the_queue_holds_neither_the_address_nor_a_link(client, clerk, clock):
    ask_for_mail(client, clerk.email)
    task = OrmQ.objects.get().task
    assert clerk.email not in str(task)
    assert "password_reset/" not in str(task)
    # A task that was done leaves no row behind.
    assert task["save"] is False


def test_an_account_that_is_no_more_gets_no_mail(client, clerk, clock):
    ask_for_mail(client, clerk.email)
    clerk.is_active = False
    clerk.save()
    work_off()
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("password", "taken"),
    [("kucing-9x", False), ("kucinghijau", False), ("kucing-hijau", True), ("123456789012", False)],
)
def test_a_password_has_twelve_signs_and_is_no_usual_one(password, taken):
    try:
        validate_password(password)
    except ValidationError:
        assert not taken
    else:
        assert taken


# How long a session lasts.


def is_in(client) -> bool:
    return client.get("/admin/").status_code == 200


def test_an_hour_without_a_request_ends_the_session(client, clerk, clock):
    try_in(client, clerk.username, PASSWORD)
    assert is_in(client)
    clock.shift(timedelta(minutes=59))
    assert is_in(client)
    clock.shift(timedelta(minutes=61))
    assert not is_in(client)


def test_an_editor_left_open_keeps_nobody_in(client, clerk, clock):
    """Wagtail's editor asks every few seconds whether somebody else is there."""
    try_in(client, clerk.username, PASSWORD)
    assert is_in(client)
    for _time in range(3):
        clock.shift(timedelta(minutes=25))
        client.post("/admin/editing-sessions/ping/wagtailcore/page/1/1/")
    assert not is_in(client)


def test_a_complaint_that_is_tracked_in_between_gives_no_longer_session(client, clerk, clock, city):
    receipt = submit(AgencyFactory())
    try_in(client, clerk.username, PASSWORD)
    pair = {"ticket": receipt.complaint.ticket, "code": receipt.code}
    assert client.post("/lacak/", pair).status_code == 302
    clock.shift(timedelta(minutes=61))
    assert not is_in(client)


@pytest.mark.parametrize("expiry", [0, 14 * 24 * 3600])
def test_no_other_page_can_make_the_hour_longer(client, clerk, clock, expiry):
    try_in(client, clerk.username, PASSWORD)
    session = client.session
    session.set_expiry(expiry)
    session.save()
    clock.shift(timedelta(minutes=61))
    assert not is_in(client)


def test_work_keeps_the_session_for_a_whole_day(client, clerk, clock):
    try_in(client, clerk.username, PASSWORD)
    for _time in range(9):
        clock.shift(timedelta(minutes=50))
        assert is_in(client)


def test_a_request_in_between_writes_no_session(client, clerk, clock):
    try_in(client, clerk.username, PASSWORD)
    is_in(client)
    before = client.session["staff_seen"]
    clock.shift(timedelta(minutes=4))
    is_in(client)
    assert client.session["staff_seen"] == before
    assert before == timezone.now().timestamp() - 4 * 60


def test_nobody_is_remembered_and_the_form_offers_no_such_box(client, clerk, clock):
    assert "remember" not in client.get("/admin/login/").content.decode()
    pair = {"username": clerk.username, "password": PASSWORD, "remember": "on"}
    client.post("/admin/login/", pair)
    assert is_in(client)
    assert client.session.get_expiry_age() <= sessions.IDLE


def test_a_citizens_session_has_its_own_rules(city, client, clock):
    client.get("/lapor/")
    assert "staff_seen" not in client.session
