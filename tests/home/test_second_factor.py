"""The second factor: who is asked, what opens the admin, and that a code works once."""

from __future__ import annotations

import pytest
import time_machine
from django.contrib.auth.models import Group, Permission

from pengaduan_app.procedure.sop import Role
from tests.support.factories import UserFactory
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


@pytest.mark.parametrize("named", [[], ["pengaduan_app.reveal_reporter"]])
def test_a_superuser_needs_one_because_he_can_give_himself_every_permission(
    client, city, settings, named
):
    settings.STAFF_SECOND_FACTOR_FOR = named
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


@pytest.mark.parametrize("name", ["add_user", "change_user", "change_group", "act_as_admin"])
def test_whoever_gives_rights_needs_one_whatever_the_setting_names(client, city, settings, name):
    """They could make themselves an account that has the vault's."""
    settings.STAFF_SECOND_FACTOR_FOR = []
    keeper = UserFactory()
    group = Group.objects.create(name="Rekaan")
    names = ["access_admin", name]
    group.permissions.add(*Permission.objects.filter(codename__in=names))
    keeper.groups.add(group)
    type_password(client, keeper)
    assert client.get("/admin/").url.startswith(FACTORS)
