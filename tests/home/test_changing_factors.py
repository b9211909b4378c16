"""Changing one's factors: one is shown again first, and the last one stays where it is needed."""

from __future__ import annotations

import pytest
import time_machine
from allauth.mfa.models import Authenticator

from home.staff_login import limits
from pengaduan_app.procedure.sop import Role
from tests.support.factories import PASSWORD, UserFactory
from tests.support.factors import (
    APP,
    FACTORS,
    RECOVERY,
    code_now,
    codes_on,
    factors_of,
    give_app,
    is_in,
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


@pytest.fixture
def head(city):
    """May not open the vault."""
    return UserFactory(role=Role.HEAD)


def test_wrong_passwords_count_at_the_page_that_asks_once_more(client, operator, clock):
    type_password(client, operator)
    clock.shift(600)
    again = client.get(APP)
    assert again.url.startswith(f"{FACTORS}again/password/")
    for _time in range(limits.WRONG_FOR_ACCOUNT):
        assert client.post(again.url, {"password": "salah"}).status_code == 200
    assert client.post(again.url, {"password": PASSWORD}).status_code == 200
    client.logout()
    assert type_password(client, operator).status_code == 200


def signed_in(client, user):
    type_password(client, user)
    type_code(client, code_now())
    assert is_in(client)


CHANGES = (
    f"{APP}remove/",
    f"{RECOVERY}new/",
    f"{FACTORS}passkeys/add/",
)


@pytest.mark.parametrize("address", CHANGES)
def test_a_change_asks_for_the_factor_again_and_not_for_the_password(client, head, clock, address):
    give_app(head)
    signed_in(client, head)
    clock.shift(600)
    assert client.get(address).url.startswith(f"{FACTORS}again/code/")
    # Who has found out the password alone changes nothing.
    password = client.post(f"{FACTORS}again/password/", {"password": PASSWORD})
    assert password.url.startswith(f"{FACTORS}again/code/")
    assert client.get(address).status_code == 302
    assert factors_of(head) == ["recovery_codes", "totp"]
    client.post(f"{FACTORS}again/code/?next={address}", {"code": code_now()})
    assert client.get(address).status_code == 200


def test_whoever_needs_no_factor_removes_it_and_the_codes_go_too(client, head, clock):
    give_app(head)
    signed_in(client, head)
    client.post(f"{APP}remove/")
    assert factors_of(head) == []
    assert is_in(client)


def test_the_last_factor_stays_where_the_role_needs_one(client, operator, clock):
    give_app(operator)
    signed_in(client, operator)
    page = client.post(f"{APP}remove/")
    assert "faktor kedua" in page.content.decode()
    assert factors_of(operator) == ["recovery_codes", "totp"]


def test_new_recovery_codes_end_the_old_ones(client, operator, clock):
    old = give_app(operator)
    signed_in(client, operator)
    client.post(f"{RECOVERY}new/")
    new = codes_on(client.get(RECOVERY).content.decode())
    assert not set(new) & set(old)
    client.logout()
    type_password(client, operator)
    assert type_code(client, old[0]).status_code == 200
    assert type_code(client, new[0]).status_code == 302


def test_nobody_removes_another_persons_passkey(client, head, operator, clock):
    give_app(head)
    theirs = Authenticator.objects.create(user=operator, type="webauthn", data={"name": "x"})
    signed_in(client, head)
    assert client.post(f"{FACTORS}passkeys/{theirs.pk}/remove/").status_code == 404
    assert Authenticator.objects.filter(pk=theirs.pk).exists()
