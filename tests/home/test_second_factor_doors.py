"""Between password and second factor nothing of the staff's opens, by whatever address."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from pengaduan_app.procedure.sop import Role, State
from tests.support.admin_addresses import Target, addresses
from tests.support.factories import PASSWORD, UserFactory
from tests.support.factors import (
    CODE,
    FACTORS,
    code_now,
    factors_of,
    give_app,
    is_in,
    type_code,
    type_password,
)

# What strangers may open as well: it is drawn without knowing who is there.
FOR_ALL = ("/admin/login/", "/admin/password_reset/", "/admin/jsi18n/", "/admin/sprite/")
# Where the second factor is asked for, set up, or given up.
OURS = (FACTORS, "/admin/single-sign-on/")


@pytest.fixture(autouse=True)
def _asked_for(settings):
    settings.STAFF_SECOND_FACTOR = True


@pytest.fixture
def boss(city):
    """May do everything, so that nothing but the second factor stops him."""
    return UserFactory(is_superuser=True)


def after_the_password(client, user):
    """The password was right, the code is awaited."""
    give_app(user)
    assert type_password(client, user).url == CODE


def before_setting_up(client, user):
    """Signed in, but a second factor is needed and there is none."""
    type_password(client, user)


def from_before(client, user):
    """A session from the time before the person had a factor: a thief's, perhaps."""
    client.force_login(user)
    give_app(user)


STAGES = (after_the_password, before_setting_up, from_before)


def is_shut(answer) -> bool:
    """Sent to the log-in or to setting up."""
    sent_on = answer.status_code == 302 and answer.url.startswith(("/admin/login/", FACTORS))
    return sent_on or answer.status_code == 403


def is_strangers(address: str) -> bool:
    """The plugin refuses to touch what the procedure rests on before it asks who is there."""
    return address.startswith("/admin/workflows/") and Client().get(address).status_code == 302


@pytest.mark.parametrize("stage", STAGES)
def test_no_address_of_the_admin_opens(client, office, other_office, boss, stage):
    complaint = office.complaint(to=State.DECISION)
    target = Target(complaint, office.operator)
    walked = [
        address
        for address in addresses(target)
        if not address.startswith(FOR_ALL) and not address.startswith(OURS)
    ]
    assert len(walked) > 200
    stage(client, boss)
    session = dict(client.session)
    for number, address in enumerate(walked):
        # Sending is stopped at the same place; every tenth time it is tried.
        for ask in (client.get, client.post)[: 2 if number % 10 == 0 else 1]:
            if "_auth_user_id" in session and "_auth_user_id" not in client.session:
                # Ended, because it owes a factor: the next address meets another one.
                client.force_login(boss)
            assert is_shut(ask(address)) or is_strangers(address), (ask.__name__, address)
    complaint.refresh_from_db()
    assert complaint.state == State.DECISION


@pytest.mark.parametrize("stage", STAGES)
def test_a_script_of_the_admin_gets_nothing_either(client, boss, stage):
    stage(client, boss)
    for address in ("/admin/api/main/pages/", "/admin/tag-autocomplete/"):
        answer = client.get(address, headers={"x-requested-with": "XMLHttpRequest"})
        assert is_shut(answer)


@pytest.fixture
def secret_document(city):
    """A document for people with an account."""
    root = Collection.get_first_root_node()
    collection = root.add_child(instance=Collection(name="Rapat"))
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    file = ContentFile(b"%PDF-1.4 rekaan", name="rapat.pdf")
    return get_document_model().objects.create(title="Rapat", file=file, collection=collection)


@pytest.mark.parametrize("stage", STAGES)
def test_documents_and_pages_for_staff_stay_shut(client, boss, secret_document, stage):
    page = Page.objects.get(slug="jawaban") if Page.objects.filter(slug="jawaban") else None
    page = page or Page.objects.filter(depth=3).first()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    stage(client, boss)
    for address in (secret_document.url, page.url):
        assert client.get(address).status_code == 302
    assert "wagtail-userbar" not in client.get("/lapor/").content.decode()


def test_with_the_factor_the_same_addresses_open(client, boss, secret_document):
    after_the_password(client, boss)
    type_code(client, code_now())
    assert client.get("/admin/pages/").status_code == 200
    assert client.get(secret_document.url).status_code == 200


@pytest.mark.parametrize("stage", STAGES)
def test_what_strangers_may_open_knows_nobody(client, boss, stage):
    stage(client, boss)
    for address in FOR_ALL[:3]:
        answer = client.get(address)
        assert answer.status_code == 200
        assert boss.username not in answer.content.decode()


def test_whoever_has_a_factor_sets_up_no_other_one_before_showing_it(client, boss):
    """Otherwise the password alone would be enough: set up a second app, and come in by that."""
    give_app(boss)
    type_password(client, boss)
    for name in ("app/", "app/remove/", "recovery-codes/", "recovery-codes/new/", "passkeys/add/"):
        for ask in (client.get, client.post):
            assert ask(f"{FACTORS}{name}").url.startswith("/admin/login/")
    assert factors_of(boss) == ["recovery_codes", "totp"]


def test_the_session_of_before_sets_nothing_up_either(client, boss):
    from_before(client, boss)
    assert client.get("/admin/reports/").url == "/admin/login/?next=/admin/reports/"
    assert "_auth_user_id" not in client.session
    client.force_login(boss)
    assert client.get(f"{FACTORS}app/").url.startswith("/admin/login/")
    assert client.get(f"{FACTORS}recovery-codes/").url.startswith("/admin/login/")


def test_without_the_password_there_is_no_step_for_the_code(client, boss):
    give_app(boss)
    assert client.get(CODE).url == "/admin/login/start/"
    assert type_code(client, code_now()).url == "/admin/login/start/"
    assert not is_in(client)


def test_a_wrong_password_after_a_right_one_leaves_the_first_ones_code_to_its_owner(client, boss):
    other = UserFactory(role=Role.OPERATOR)
    give_app(boss)
    give_app(other, "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU")
    type_password(client, boss)
    type_password(client, other)
    assert type_code(client, code_now()).status_code == 200
    assert not is_in(client)


def test_one_persons_code_opens_nothing_in_anothers_session(client, boss):
    """Who shares a browser: the factor that was shown is the one person's alone."""
    give_app(boss)
    type_password(client, boss)
    type_code(client, code_now())
    assert is_in(client)
    other = UserFactory(role=Role.OPERATOR)
    type_password(client, other)
    assert client.get("/admin/").url == FACTORS


def test_giving_up_and_leaving_end_what_was_begun(client, boss):
    after_the_password(client, boss)
    client.post(f"{FACTORS}give-up/")
    assert type_code(client, code_now()).url == "/admin/login/start/"
    client.logout()
    other = UserFactory(is_superuser=True)
    before_setting_up(client, other)
    client.post("/admin/logout/")
    assert "_auth_user_id" not in client.session


def test_the_key_of_the_session_is_another_one_after_the_factor(client, boss):
    after_the_password(client, boss)
    before = client.session.session_key
    type_code(client, code_now())
    assert client.session.session_key != before
    assert client.session.get_expiry_age() <= 3600


def test_a_forged_code_form_is_refused(boss):
    strict = Client(enforce_csrf_checks=True)
    give_app(boss)
    strict.cookies.clear()
    strict.get("/admin/login/")
    token = strict.cookies["csrftoken"].value
    pair = {"username": boss.username, "password": PASSWORD, "csrfmiddlewaretoken": token}
    strict.post("/admin/login/", pair)
    assert strict.post(CODE, {"code": code_now()}).status_code == 403


@pytest.mark.parametrize(
    "name", ["signup", "login", "email", "password/reset", "confirm-email/x", "3rdparty", "social"]
)
def test_allauths_other_doors_are_not_there(client, city, name):
    for start in ("/accounts", "/admin", "/admin/second-factor", "/account"):
        address = f"{start}/{name}/"
        if address not in ("/admin/login/",):
            answer = client.get(address)
            assert answer.status_code == 404 or answer.url.startswith("/admin/login/"), address
