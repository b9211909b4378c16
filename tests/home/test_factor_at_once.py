"""Codes that come at the same moment: one is used once, and wrong ones are counted exactly."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import RequestFactory

from home.staff_login import codes, limits
from tests.support.factories import UserFactory
from tests.support.factors import code_now, give_app

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
AT_ONCE = 6


def all_at_once(user, codes_typed: list[str]) -> int:
    """How many of these codes were right."""
    request = RequestFactory().post("/", REMOTE_ADDR="203.0.113.9")

    def use(code: str) -> bool:
        try:
            codes.use_code(request, user, code)
        except ValidationError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sum(pool.map(use, codes_typed))


def test_a_code_of_the_app_opens_one_door():
    user = UserFactory()
    give_app(user)
    assert all_at_once(user, [code_now()] * AT_ONCE) == 1


def test_a_recovery_code_opens_one_door():
    user = UserFactory()
    (first, *_rest) = give_app(user)
    assert all_at_once(user, [first] * AT_ONCE) == 1


def test_guesses_at_once_are_no_more_guesses(monkeypatch):
    """Ten may be wrong: the eleventh is too late, even if it is right."""
    user = UserFactory()
    give_app(user)
    judged: list[str] = []
    whole = codes._uses
    monkeypatch.setattr(codes, "_uses", lambda row, code: judged.append(code) or whole(row, code))
    assert all_at_once(user, ["000000"] * (limits.WRONG_CODES_FOR_ACCOUNT * 2)) == 0
    # Each guess is compared with the app's codes and with the recovery codes.
    assert len(judged) == limits.WRONG_CODES_FOR_ACCOUNT * 2
    assert all_at_once(user, [code_now()]) == 0
