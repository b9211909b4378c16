"""The second factor: who is asked, what opens the admin, and that a code works once."""

from __future__ import annotations

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission

from home.staff_login import limits
from pengaduan_app.procedure.sop import Role
from tests.support.factories import PASSWORD, UserFactory
from tests.support.factors import (
    APP,
    CODE,
    FACTORS,
    RECOVERY,
    code_now,
    codes_on,
    factors_of,
    give_app,
    is_in,
    secret_on,
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


# Who is asked.


def test_whoever_may_not_open_the_vault_comes_in_with_the_password(client, head):
    assert type_password(client, head).url == "/admin/"
    assert is_in(client)


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.COORDINATOR])
def test_whoever_may_open_the_vault_sets_a_factor_up_first(client, city, role):
    type_password(client, UserFactory(role=role))
    answer = client.get("/admin/")
    assert (answer.status_code, answer.url) == (302, FACTORS)
    assert "Peran Anda" in client.get(FACTORS).content.decode()


def test_a_superuser_needs_one_because_he_can_give_himself_every_permission(client, city):
    type_password(client, UserFactory(is_superuser=True))
    assert client.get("/admin/").url == FACTORS


def test_the_setting_names_whose_permission_asks_for_it(client, head, settings):
    settings.STAFF_SECOND_FACTOR_FOR = ["wagtailadmin.access_admin"]
    type_password(client, head)
    assert client.get("/admin/").url == FACTORS


def test_whoever_gets_the_vault_during_a_session_is_asked_at_the_next_page(client, head):
    type_password(client, head)
    head.groups.get().permissions.add(Permission.objects.get(codename="reveal_reporter"))
    assert client.get("/admin/").url == FACTORS


def test_whoever_has_one_freely_is_asked_too(client, head):
    give_app(head)
    assert type_password(client, head).url == CODE
    assert not is_in(client)


def test_where_it_is_off_nobody_is_asked_and_there_are_no_such_pages(client, operator, settings):
    settings.STAFF_SECOND_FACTOR = False
    give_app(operator)
    type_password(client, operator)
    assert is_in(client)
    for address in (FACTORS, CODE, APP, RECOVERY, "/admin/login/passkey/"):
        assert client.get(address).status_code == 404
    assert "second-factor" not in client.get("/admin/account/").content.decode()


def test_the_account_page_leads_to_ones_own_factors(client, head):
    type_password(client, head)
    page = client.get("/admin/account/").content.decode()
    assert f'href="{FACTORS}"' in page
    assert "Verifikasi dua langkah" in page


# Setting up.


def set_up_app(client):
    secret = secret_on(client.get(APP).content.decode())
    return secret, client.post(APP, {"code": code_now(secret)})


def test_the_first_log_in_leads_through_setting_up_to_the_admin(client, operator, clock):
    type_password(client, operator)
    secret, answer = set_up_app(client)
    assert answer.url == RECOVERY
    codes = codes_on(client.get(RECOVERY).content.decode())
    assert len(set(codes)) == 10
    assert is_in(client)
    assert factors_of(operator) == ["recovery_codes", "totp"]
    # And the next day.
    client.logout()
    clock.shift(86400)
    assert type_password(client, operator).url == CODE
    assert type_code(client, code_now(secret)).url == "/admin/"
    assert is_in(client)


def test_recovery_codes_are_shown_once_with_the_file_on_the_page(client, operator):
    type_password(client, operator)
    set_up_app(client)
    first = client.get(RECOVERY).content.decode()
    assert all(code in first.split('href="data:text/plain')[1] for code in codes_on(first))
    assert codes_on(client.get(RECOVERY).content.decode()) == []
    assert codes_on(first)[0] not in client.get(RECOVERY).content.decode()


def test_a_wrong_code_sets_nothing_up(client, operator, clock):
    type_password(client, operator)
    secret = secret_on(client.get(APP).content.decode())
    assert client.post(APP, {"code": code_now(secret, steps=5)}).status_code == 200
    assert factors_of(operator) == []
    assert not is_in(client)


def test_the_secret_and_the_codes_are_not_readable_in_the_database(client, operator):
    type_password(client, operator)
    secret, _answer = set_up_app(client)
    rows = operator.authenticator_set.all()
    told = " ".join(str(row.data) for row in rows)
    assert secret not in told
    # A Fernet token each, for which the vault's keys are needed.
    assert sum("gAAAA" in str(row.data) for row in rows) == 2


def test_the_vaults_older_keys_read_what_they_wrote(client, operator, settings, clock):
    from cryptography.fernet import Fernet

    give_app(operator)
    settings.PENGADUAN_VAULT_KEYS = [
        Fernet.generate_key().decode(),
        *settings.PENGADUAN_VAULT_KEYS,
    ]
    type_password(client, operator)
    assert type_code(client, code_now()).url == "/admin/"


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


# Changing a factor.


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
    from allauth.mfa.models import Authenticator

    give_app(head)
    theirs = Authenticator.objects.create(user=operator, type="webauthn", data={"name": "x"})
    signed_in(client, head)
    assert client.post(f"{FACTORS}passkeys/{theirs.pk}/remove/").status_code == 404
    assert get_user_model().objects.get(pk=operator.pk).authenticator_set.exists()
