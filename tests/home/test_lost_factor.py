"""A lost telephone, a forgotten password: what lets somebody in again, and what never does."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import ModelLogEntry

from home.staff_login import factor_log
from pengaduan_app.procedure.sop import Role
from tests.support.factories import PASSWORD, UserFactory
from tests.support.factors import (
    APP,
    CODE,
    FACTORS,
    code_now,
    factors_of,
    give_app,
    is_in,
    secret_on,
    type_code,
    type_password,
)
from tests.support.queued import work_off

NEW = "sandi-baru-yang-panjang"


@pytest.fixture(autouse=True)
def _asked_for(settings):
    settings.STAFF_SECOND_FACTOR = True


@pytest.fixture
def operator(city):
    return UserFactory(role=Role.OPERATOR)


def reset(user, *options: str) -> str:
    out = StringIO()
    call_command("reset_second_factor", user.username, *options, stdout=out)
    return out.getvalue()


def log_of(user) -> list[tuple]:
    rows = ModelLogEntry.objects.filter(object_id=user.pk).order_by("timestamp")
    return [(row.action, row.user_id) for row in rows if row.action.startswith("home.")]


# The telephone.


def test_the_command_takes_the_factor_and_the_person_sets_up_anew(client, operator):
    give_app(operator)
    said = reset(operator)
    assert factors_of(operator) == []
    assert operator.username in said
    type_password(client, operator)
    assert client.get("/admin/").url == FACTORS


def test_sessions_that_the_lost_telephone_opened_end(client, operator):
    give_app(operator)
    other = UserFactory(role=Role.HEAD)
    bystander = Client()
    type_password(bystander, other)
    type_password(client, operator)
    type_code(client, code_now())
    assert "1 session" in reset(operator)
    assert not is_in(client)
    assert is_in(bystander)


def test_it_stands_in_the_log_and_names_nobody_as_the_doer(operator):
    give_app(operator)
    reset(operator)
    assert log_of(operator) == [(factor_log.RESET, None)]


def test_superusers_read_it_in_the_site_history_and_operators_do_not(client, operator, settings):
    settings.STAFF_SECOND_FACTOR = False
    head = UserFactory(role=Role.HEAD)
    reset(head)
    for reader, reads in ((UserFactory(is_superuser=True), True), (operator, False)):
        client.force_login(reader)
        answer = client.get("/admin/reports/site-history/")
        assert ("Faktor kedua disetel ulang" in answer.content.decode()) is reads


def test_a_name_that_is_nobodys_is_said(city):
    with pytest.raises(CommandError, match="hantu"):
        call_command("reset_second_factor", "hantu")


def test_setting_up_and_removing_stand_in_the_log(client, city, django_capture_on_commit_callbacks):
    head = UserFactory(role=Role.HEAD)
    type_password(client, head)
    secret = secret_on(client.get(APP).content.decode())
    with django_capture_on_commit_callbacks(execute=True):
        client.post(APP, {"code": code_now(secret)})
    client.post(f"{APP}remove/")
    assert log_of(head) == [(factor_log.ADDED, head.pk), (factor_log.REMOVED, head.pk)]


# The password.


def new_password_by_mail(client, user) -> None:
    client.post("/admin/password_reset/", {"email": user.email})
    work_off()
    link = re.search(r"/admin/password_reset/confirm/\S+", mail.outbox[-1].body).group()
    form = client.get(link).url
    answer = client.post(form, {"new_password1": NEW, "new_password2": NEW})
    assert answer.url == "/admin/password_reset/complete/"


def test_a_new_password_by_mail_lets_nobody_in_and_takes_no_factor(client, operator):
    give_app(operator)
    new_password_by_mail(client, operator)
    assert not is_in(client)
    assert factors_of(operator) == ["recovery_codes", "totp"]
    assert type_password(client, operator, NEW).url == CODE
    assert not is_in(client)


def test_a_new_password_ends_a_log_in_that_waited_for_its_code(client, operator):
    """Whoever knew the old password, and has got hold of a code now, comes too late."""
    give_app(operator)
    type_password(client, operator)
    new_password_by_mail(Client(), operator)
    type_code(client, code_now())
    assert not is_in(client)


def test_a_new_password_ends_the_sessions_that_the_old_one_opened(client, operator):
    give_app(operator)
    type_password(client, operator)
    type_code(client, code_now())
    new_password_by_mail(Client(), operator)
    assert not is_in(client)


def test_there_is_no_page_that_resets_a_factor_by_mail(client, operator):
    give_app(operator)
    type_password(client, operator)
    assert "password_reset" not in client.get(CODE).content.decode()
    assert mail.outbox == []


def test_whoever_is_deactivated_between_password_and_code_stays_outside(client, operator):
    give_app(operator)
    type_password(client, operator)
    operator.is_active = False
    operator.save()
    type_code(client, code_now())
    assert not is_in(client)


def test_an_inactive_person_does_not_get_to_the_code(client, operator):
    give_app(operator)
    operator.is_active = False
    operator.save()
    assert type_password(client, operator, PASSWORD).status_code == 200


def test_a_reset_while_somebody_waits_for_the_code_opens_nothing(client, operator):
    give_app(operator)
    type_password(client, operator)
    reset(operator)
    type_code(client, code_now())
    assert not is_in(client)


# Settings.


def messages_of(*tags) -> list[str]:
    return [message.id for message in run_checks(tags=["security"], include_deployment_checks=True)]


def test_the_checks_know_what_is_missing(settings):
    assert not {"home.E001", "home.E002", "home.W001"} & set(messages_of())
    settings.STAFF_SECOND_FACTOR = False
    settings.STAFF_SECOND_FACTOR_FOR = ["pengaduan_app.reveal_reporters"]
    settings.STAFF_OIDC = {"client_id": "situs", "client_secret": ""}
    assert {"home.E001", "home.E002", "home.W001"} <= set(messages_of())


@pytest.mark.parametrize(
    "name", ["wagtailadmin.access_admin", "auth.change_user", "pengaduan_app.act_as_head"]
)
def test_every_permission_of_django_wagtail_and_the_plugin_can_be_named(settings, name):
    settings.STAFF_SECOND_FACTOR_FOR = [name]
    assert "home.E001" not in messages_of()


def test_factors_are_not_among_what_refers_to_a_user(operator):
    from wagtail.models import ReferenceIndex

    give_app(operator)
    row = Authenticator.objects.filter(user=operator).first()
    assert not ReferenceIndex.model_is_indexable(Authenticator)
    assert not ReferenceIndex.get_references_for_object(row).exists()
