"""A provider of single sign-on, at which the head of an agency is signed in."""

from __future__ import annotations

import pytest

from pengaduan_app.procedure.sop import Role
from tests.support.factories import UserFactory
from tests.support.provider import provider_running


@pytest.fixture(scope="module")
def running():
    with provider_running() as provider:
        yield provider


@pytest.fixture
def head(city):
    return UserFactory(role=Role.HEAD, email="kepala.dinas@contoh.example")


@pytest.fixture
def provider(running, settings, head):
    """The head is signed in there, with a verified address."""
    running.claims = {"sub": "s-1", "email": head.email, "email_verified": True}
    running.faults, running.codes = {}, {}
    running.asked.clear()
    settings.STAFF_OIDC = running.settings()
    return running
