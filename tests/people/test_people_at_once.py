"""Administrators at work at the same moment: somebody keeps the accounts, and an address is one's.

On PostgreSQL the groups' rows are locked; on SQLite each writer waits for the one before.
"""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model

from pengaduan_app import actions, permissions
from pengaduan_app.people import accounts
from pengaduan_app.permissions import Seats
from pengaduan_app.procedure.sop import Role
from tests.actions.test_concurrency import DONE, at_once, fresh
from tests.support.city import make_city
from tests.support.factories import staff

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def test_two_administrators_deactivate_each_other():
    make_city()
    one, other = staff(Role.ADMIN), staff(Role.ADMIN)
    outcomes = at_once(
        lambda: accounts.deactivate(fresh(one), other.pk),
        lambda: accounts.deactivate(fresh(other), one.pk),
    )
    refused = [outcome for outcome in outcomes if outcome != DONE]
    assert len(refused) == 1 and isinstance(refused[0], actions.ActionRefused)
    assert permissions.holders_of(Role.ADMIN).count() == 1


def test_two_administrators_add_the_same_person():
    make_city()
    people = [staff(Role.ADMIN), staff(Role.ADMIN)]
    seats = Seats(frozenset({Role.EDITOR}))
    outcomes = at_once(
        *(
            lambda user=user: accounts.add(fresh(user), "Bunga", "bunga@kota.example", seats)
            for user in people
        )
    )
    refused = [outcome for outcome in outcomes if outcome != DONE]
    assert [type(refusal) for refusal in refused] == [accounts.AddressTaken]
    assert get_user_model().objects.filter(email="bunga@kota.example").count() == 1
