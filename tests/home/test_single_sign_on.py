"""Single sign-on: whom a provider's answer lets in, and what is asked of the provider."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount, SocialApp
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from wagtail.models import ModelLogEntry

from home.staff_login import factor_log, limits
from pengaduan_app.procedure.sop import Role
from tests.support.factories import UserFactory
from tests.support.factors import CODE, FACTORS, code_now, give_app, is_in, type_code
from tests.support.provider import BACK, OWN, START, sign_in, words_after

# Who comes in.


def test_the_button_leads_to_the_provider_and_back_into_the_admin(client, provider, head):
    page = client.get("/admin/login/?next=/admin/reports/").content.decode()
    assert "Masuk dengan Akun Kota" in page
    assert f'href="{START}?next=%2Fadmin%2Freports%2F"' in page
    assert sign_in(client, "/admin/account/").url == "/admin/account/"
    assert is_in(client)
    assert client.session["_auth_user_id"] == str(head.pk)
    assert client.session.get_expiry_age() <= 3600
    (question,) = provider.asked
    assert set(question["scope"].split()) == {"openid", "profile", "email"}
    assert len(question["state"]) >= 16 and len(question["nonce"]) >= 16


def test_without_a_provider_there_is_no_button_and_no_address(client, city, settings):
    assert "single-sign-on" not in client.get("/admin/login/").content.decode()
    assert client.get(START).status_code == client.get(BACK).status_code == 404


def test_only_the_subject_is_kept_of_what_the_provider_tells(client, provider, head):
    provider.claims["picture"] = "https://contoh.example/wajah.jpg"
    sign_in(client)
    row = SocialAccount.objects.get()
    assert (row.user, row.uid, row.extra_data) == (head, "s-1", {})
    assert ModelLogEntry.objects.filter(action=factor_log.LINKED, object_id=head.pk).count() == 1


def test_a_linked_subject_comes_in_whatever_its_address_is_now(client, provider, head):
    sign_in(client)
    provider.claims.update(email="lain@contoh.example", email_verified=False)
    again = Client()
    sign_in(again)
    assert is_in(again)
    assert SocialAccount.objects.count() == 1


@pytest.mark.parametrize("email", ["Kepala.Dinas@contoh.example", "KEPALA.DINAS@CONTOH.EXAMPLE"])
def test_capitals_make_no_other_address(client, provider, email):
    provider.claims["email"] = email
    sign_in(client)
    assert is_in(client)


def test_the_address_may_stand_in_userinfo_alone(client, provider):
    provider.faults["only_in_userinfo"] = ("email", "email_verified")
    sign_in(client)
    assert is_in(client)


# Who doesn't.


@pytest.mark.parametrize("verified", [False, None, "false", "", 0, "maybe"])
def test_an_address_that_is_not_verified_opens_nothing(client, provider, verified):
    provider.claims["email_verified"] = verified
    assert "belum memverifikasi" in words_after(client, sign_in(client))
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    "email",
    [
        "orang.lain@contoh.example",
        "kepala.dinas@contoh.example.evil.example",
        "kepala.dınas@contoh.example",
        "kepala.dinas+x@contoh.example",
    ],
)
def test_somebody_unknown_gets_no_account(client, provider, email):
    before = get_user_model().objects.count()
    provider.claims["email"] = email
    assert "tidak ada akun" in words_after(client, sign_in(client))
    assert get_user_model().objects.count() == before


@pytest.mark.parametrize("claims", [{"email": None}, {"email": ""}, {"email": "bukan alamat"}])
def test_without_an_address_nobody_comes_in(client, provider, claims):
    provider.claims.update(claims)
    words_after(client, sign_in(client))


def test_an_address_of_two_accounts_opens_neither(client, provider, head):
    UserFactory(role=Role.OPERATOR, email=head.email.upper())
    assert "lebih dari satu" in words_after(client, sign_in(client))


def test_an_account_without_an_address_is_nobodys(client, provider, head):
    head.email = ""
    head.save()
    words_after(client, sign_in(client))


@pytest.mark.parametrize("linked", [False, True])
def test_an_inactive_person_hears_why_not(client, provider, head, linked):
    if linked:
        sign_in(Client())
    head.is_active = False
    head.save()
    assert "tidak aktif" in words_after(client, sign_in(client))


@pytest.mark.parametrize("linked", [False, True])
def test_who_may_not_open_the_admin_is_not_let_in(client, provider, head, linked):
    if linked:
        sign_in(Client())
    head.groups.clear()
    assert "tidak ada akun" in words_after(client, sign_in(client))


def test_an_address_that_was_given_to_somebody_else_does_not_open_the_account(
    client, provider, head
):
    sign_in(Client())
    provider.claims["sub"] = "s-2"
    assert "Orang lain" in words_after(client, sign_in(client))
    call_command("reset_second_factor", head.username, "--unlink")
    sign_in(client)
    assert is_in(client)


# What goes to the provider.


def test_a_provider_that_is_down_is_a_sentence(client, provider):
    provider.faults["down"] = True
    assert "tidak berhasil" in words_after(client, client.get(START, headers=OWN))


def test_a_foreign_page_begins_no_log_in(client, provider):
    for site in ("cross-site", "same-site"):
        answer = client.get(START, headers={"sec-fetch-site": site})
        assert answer.url == "/admin/login/"
    assert provider.asked == []


@pytest.mark.parametrize("next_url", ["https://lain.example/", "//lain.example/", "javascript:x"])
def test_nobody_is_sent_on_to_another_site(client, provider, next_url):
    assert sign_in(client, next_url).url == "/admin/"


def test_what_is_asked_of_the_provider_is_not_for_the_address_bar_to_say(client, provider):
    there = client.get(
        f"{START}?scope=everything&auth_params=nonce%3Dx&process=connect&action=x", headers=OWN
    )
    asked = parse_qs(urlsplit(there.url).query)
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}
    assert asked["nonce"] != ["x"]


def test_a_row_in_the_database_is_no_provider(client, city):
    SocialApp.objects.create(provider="openid_connect", provider_id="staff", client_id="x")
    assert client.get(START).status_code == 404


def test_somebody_elses_session_is_not_joined_to_the_provider(client, provider, head):
    """The head comes from the provider in a browser where somebody else is signed in."""
    other = UserFactory(role=Role.OPERATOR)
    client.force_login(other)
    sign_in(client)
    assert client.session["_auth_user_id"] == str(head.pk)
    assert not SocialAccount.objects.filter(user=other).exists()


# With second factors.


@pytest.fixture
def operator(provider, settings):
    settings.STAFF_SECOND_FACTOR = True
    operator = UserFactory(role=Role.OPERATOR)
    provider.claims["email"] = operator.email
    return operator


def test_whoever_comes_by_the_provider_still_needs_the_factor(client, operator):
    sign_in(client)
    assert client.get("/admin/").url == FACTORS
    # Without a password that anybody knows it can still be set up.
    assert client.get(f"{FACTORS}app/").status_code == 200


def test_whoever_has_a_factor_shows_it_after_the_provider(client, operator):
    give_app(operator)
    assert sign_in(client, "/admin/account/").url == CODE
    assert not is_in(client)
    assert "akses" not in str(dict(client.session))
    assert type_code(client, code_now()).url == "/admin/account/"
    assert is_in(client)


def test_a_provider_that_asks_for_it_itself_is_enough_where_the_setting_says_so(
    client, operator, provider, settings
):
    settings.STAFF_OIDC = provider.settings(second_factor=True)
    assert sign_in(client).url == "/admin/"
    assert is_in(client)
    give_app(operator)
    later = Client()
    assert sign_in(later).url == "/admin/"
    assert is_in(later)


def test_who_comes_for_the_first_time_to_an_account_with_a_factor_shows_it_all_the_same(
    client, operator, provider, settings
):
    """The address may have been given to somebody else at the provider."""
    settings.STAFF_OIDC = provider.settings(second_factor=True)
    give_app(operator)
    assert sign_in(client).url == CODE
    assert not is_in(client)


def test_an_address_begins_few_ways_to_the_provider_and_keeps_no_long_session(
    client, provider, monkeypatch
):
    monkeypatch.setattr(limits, "WAYS_BEGUN", 2)
    answers = [client.get(START) for _time in range(4)]
    away = [answer.url.startswith("/admin/login/") for answer in answers]
    assert away == [False, False, True, True]
    assert client.session.get_expiry_age() <= 600
