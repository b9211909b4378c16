"""Whose ways in are changed is told by mail; a deactivated account has no session left."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.core import mail

from home.staff_login import factor_log
from pengaduan_app.procedure.sop import Role
from tests.support.factories import UserFactory
from tests.support.factors import give_app
from tests.support.queued import work_off


@pytest.fixture
def operator(city):
    return UserFactory(role=Role.OPERATOR)


def test_a_new_factor_is_told_to_its_owner(operator):
    give_app(operator)
    factor_log.write(factor_log.ADDED, operator)
    assert mail.outbox == []
    work_off()
    [letter] = mail.outbox
    assert letter.to == [operator.email]
    assert "ganti kata sandi Anda" in letter.body


@pytest.mark.parametrize("action", factor_log.MESSAGES)
def test_every_change_is_told_in_words(operator, action):
    factor_log.write(action, operator)
    work_off()
    [letter] = mail.outbox
    assert letter.subject == "Cara masuk ke akun Anda berubah"
    assert str(factor_log.MESSAGES[action]) in letter.body


def test_who_has_left_or_has_no_address_is_told_nothing(operator):
    factor_log.write(factor_log.REMOVED, operator)
    operator.email = ""
    operator.save()
    work_off()
    assert mail.outbox == []


def test_a_session_does_not_outlive_the_account(client, operator):
    """Deactivated and activated within the hour, it would be open again."""
    client.force_login(operator)
    assert client.get("/admin/").status_code == 200
    for active in (False, True):
        operator.is_active = active
        operator.save()
    work_off()
    assert client.get("/admin/").status_code == 302
    assert not Session.objects.exists()


def test_other_changes_of_an_account_end_no_session(client, operator):
    client.force_login(operator)
    operator.first_name = "Sari"
    operator.save()
    work_off()
    assert client.get("/admin/").status_code == 200
