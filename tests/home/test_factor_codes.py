"""Codes of an app, recovery codes and passkeys' answers: what is right, how often, and guessing."""

from __future__ import annotations

import pytest
import time_machine

from home.staff_login import limits
from pengaduan_app.procedure.sop import Role
from tests.support.factories import UserFactory
from tests.support.factors import (
    CODE,
    code_now,
    give_app,
    is_in,
    set_up_app,
    type_code,
    type_password,
)

NOON = "2026-02-23T05:00:00Z"


@pytest.fixture(autouse=True)
def _asked_for(settings):
    settings.STAFF_SECOND_FACTOR = True


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as frozen:
        yield frozen


@pytest.fixture
def operator(city):
    """May open the vault, and so needs a second factor."""
    return UserFactory(role=Role.OPERATOR)


# Codes.


def test_a_code_of_the_app_works_once(client, operator, clock):
    give_app(operator)
    type_password(client, operator)
    assert type_code(client, code_now()).url == "/admin/"
    client.logout()
    type_password(client, operator)
    assert type_code(client, code_now()).status_code == 200
    assert not is_in(client)
    clock.shift(30)
    assert type_code(client, code_now()).url == "/admin/"


def test_an_older_code_than_the_last_one_is_used_up_too(client, operator, clock):
    give_app(operator)
    type_password(client, operator)
    type_code(client, code_now(steps=1))
    client.logout()
    type_password(client, operator)
    for steps in (-1, 0, 1):
        assert type_code(client, code_now(steps=steps)).status_code == 200


def test_the_code_of_the_set_up_is_used_up(client, operator, clock):
    type_password(client, operator)
    secret, _answer = set_up_app(client)
    client.logout()
    type_password(client, operator)
    assert type_code(client, code_now(secret)).status_code == 200


@pytest.mark.parametrize(
    ("steps", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_telephones_clock_may_be_half_a_minute_off(client, operator, clock, steps, taken):
    give_app(operator)
    type_password(client, operator)
    assert (type_code(client, code_now(steps=steps)).status_code == 302) is taken


def test_a_recovery_code_works_once(client, operator):
    codes = give_app(operator)
    type_password(client, operator)
    assert type_code(client, codes[3]).url == "/admin/"
    assert is_in(client)
    client.logout()
    type_password(client, operator)
    assert type_code(client, codes[3]).status_code == 200
    assert type_code(client, f"{codes[4][:4]} {codes[4][4:]}").url == "/admin/"


@pytest.mark.parametrize("code", ["", "abc", "000000", "²²²²²²", "1" * 500, "\x00", "٣٣٣٣٣٣"])
def test_nonsense_is_wrong_and_no_error(client, operator, code):
    give_app(operator)
    type_password(client, operator)
    assert type_code(client, code).status_code == 200


NONSENSE = {
    "nothing": "",
    "null": "null",
    "list": "[]",
    "empty": "{}",
    "number": '{"id": 1}',
    "half": "{",
    "text": '"x"',
    "deep": "[" * 40_000,
    "long": '"' + "x" * 60_000 + '"',
    "strings": '{"id": "eA", "rawId": "eA", "type": "public-key", "response": "x"}',
    "bytes": '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {"clientDataJSON":'
    ' "e30", "authenticatorData": "AA", "signature": "AA", "userHandle": "/"}}',
}


@pytest.mark.parametrize("credential", NONSENSE.values(), ids=NONSENSE)
@pytest.mark.parametrize("address", [CODE, "/admin/login/passkey/"])
def test_a_passkey_of_nonsense_is_no_error(client, operator, credential, address):
    give_app(operator)
    type_password(client, operator)
    client.get(address)
    assert client.post(address, {"credential": credential}).status_code in (200, 302)
    assert not is_in(client)


# Guessing.


def test_wrong_codes_for_one_account_are_counted_wherever_they_come_from(client, operator, clock):
    give_app(operator)
    type_password(client, operator)
    for number in range(limits.WRONG_CODES_FOR_ACCOUNT):
        type_code(client, "000000", f"198.51.100.{number}")
    right = type_code(client, code_now(), "198.51.100.200")
    assert "Terlalu banyak kode yang salah" in right.content.decode()
    assert not is_in(client)


def test_a_new_log_in_does_not_start_the_count_anew(client, operator, clock):
    give_app(operator)
    for _time in range(limits.WRONG_CODES_FOR_ACCOUNT):
        type_password(client, operator)
        type_code(client, "000000")
        client.logout()
    type_password(client, operator)
    assert type_code(client, code_now()).status_code == 200
    clock.shift(3600)
    type_password(client, operator)
    assert type_code(client, code_now()).status_code == 302


def test_one_address_guesses_codes_of_few_accounts(client, city, clock, monkeypatch):
    monkeypatch.setattr(limits, "WRONG_CODES", 4)
    people = [UserFactory(role=Role.OPERATOR) for _number in range(3)]
    for person in people:
        give_app(person)
    for person in people[:2]:
        type_password(client, person)
        for _time in range(2):
            type_code(client, "000000")
        client.logout()
    type_password(client, people[2])
    assert type_code(client, code_now()).status_code == 200
    assert type_code(client, code_now(), "198.51.100.1").status_code == 302


def test_right_codes_are_no_guesses(client, operator, clock):
    give_app(operator)
    for _time in range(limits.WRONG_CODES_FOR_ACCOUNT + 2):
        type_password(client, operator)
        assert type_code(client, code_now()).status_code == 302
        client.logout()
        clock.shift(30)


def test_recovery_codes_are_counted_like_the_apps(client, operator, clock):
    codes = give_app(operator)
    type_password(client, operator)
    for _time in range(limits.WRONG_CODES_FOR_ACCOUNT):
        type_code(client, "12345678")
    assert type_code(client, codes[0]).status_code == 200
