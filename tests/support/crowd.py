"""Everybody who can stand before a complaint, each with a browser of their own."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client

from pengaduan_app.procedure.sop import AGENCY_ROLES, Role
from tests.support.city import make_city
from tests.support.factories import UserFactory
from tests.support.process import Office

FOREIGN = "other agency's "


@dataclass
class Person:
    """Who stands there, in words, and their browser; `user` is None for nobody in particular."""

    who: str
    user: object
    browser: Client


def person(who: str, user=None) -> Person:
    """Somebody with a browser that answers with error pages, as a server does."""
    browser = Client(raise_request_exception=False)
    if user:
        browser.force_login(user)
    return Person(who, user, browser)


def superuser():
    """A superuser who holds no role of the procedure."""
    user = UserFactory(is_superuser=True, is_staff=True)
    return get_user_model().objects.get(pk=user.pk)


def colleagues(office: Office) -> list[Person]:
    """One person of every role: three in the office's agency, three for the whole city."""
    return [person(role.value, office.person(role)) for role in Role]


def foreigners(office: Office) -> list[Person]:
    """Operator, official and head of another agency."""
    return [
        person(f"{FOREIGN}{role.value}", office.person(role))
        for role in Role
        if role in AGENCY_ROLES
    ]


@contextmanager
def undone():
    """What happens inside leaves no trace in the database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def standing_city(blocker):
    """A city that a whole module of tests shares; it is gone afterwards."""
    with blocker.unblock(), undone():
        yield make_city()
