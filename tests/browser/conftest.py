"""A real browser before a real server, with the small city of tests.conftest behind it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import get_resolver
from playwright.sync_api import expect
from wagtail.models import Page, Site, Task, Workflow

from pengaduan_app.procedure.sop import Role
from tests.support.city import make_city
from tests.support.process import Office

from .pages import Desk

ARTIFACTS = Path(__file__).parents[1] / "artifacts"
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}
# Milliseconds until a page that doesn't come is a failure: two browsers share a busy machine.
PATIENCE = 30_000
BROWSER_ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def pytest_collection_modifyitems(items):
    # Before the database is set up: `migrate` runs without a language, and what Wagtail
    # names while the addresses are first loaded would stay English. A server loads them
    # in the language of the settings.
    _ = get_resolver().url_patterns
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {"executable_path": "/usr/bin/chromium", "args": list(BROWSER_ARGS)}


@pytest.fixture
def city(transactional_db):
    """The same city as elsewhere, where the server's threads can see it."""
    ContentType.objects.clear_cache()
    # In a fresh database, unlike after an emptying, stand Wagtail's own examples in English.
    for model in (Workflow, Task, Site, Page):
        model.objects.all().delete()
    return make_city()


@pytest.fixture
def office(city):
    """All six people are at work from the start, so that they show in each other's lists."""
    office = Office()
    for role in Role:
        office.person(role)
    return office


@pytest.fixture
def open_page(live_server, new_context):
    """A fresh browser profile of the given size, already at the server's address."""

    def _open(viewport=DESKTOP, **options):
        context = new_context(
            base_url=live_server.url, viewport=viewport, locale="id-ID", **options
        )
        context.set_default_timeout(PATIENCE)
        return context.new_page()

    return _open


@pytest.fixture
def sit_down(open_page, live_server):
    """`sit_down(office.operator)`: that person at a computer of their own, signed in already.

    The way through the login page is slower and belongs to the main job.
    """

    def _sit_down(user, viewport=DESKTOP) -> Desk:
        page = open_page(viewport)
        page.context.add_cookies([{"url": live_server.url, **_session_of(user)}])
        return Desk(page)

    return _sit_down


def _session_of(user) -> dict:
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value}


@pytest.fixture(scope="session")
def picture():
    """`picture(page, "01-beranda")` keeps what the person sees, for people to look at.

    With PICTURES=0 nobody looks, and none is taken.
    """
    wanted = os.environ.get("PICTURES") != "0"
    if wanted:
        ARTIFACTS.mkdir(exist_ok=True)

    def _picture(page, name: str, full_page: bool = True) -> None:
        if wanted:
            page.screenshot(path=ARTIFACTS / f"{name}.png", full_page=full_page)

    return _picture
