"""A small city for every test: page tree, roles, workflow, limits. No demo data."""

from __future__ import annotations

import os

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache, caches
from wagtail.models import Collection, Locale, Page, Site

from home.models import HomePage
from pengaduan_app.deadlines import office_calendar
from pengaduan_app.models import ComplaintIndexPage
from pengaduan_app.publication import facets
from pengaduan_app.setup import ensure_procedure

from .process import Office

# The browser's driver runs an event loop in the test's own thread.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


# The longest files, in minutes: begun first, so that no worker waits alone for the last one.
LONGEST = (
    "test_simulated_month",
    "test_matrix",
    "test_indonesian",
    "test_own_staff",
    "test_accessibility",
    "test_foreign_staff",
    "test_other_ways",
    "test_main_job",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """The longest files first; all else stays in its order."""
    place = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path.stem, len(place)))


def plant_roots() -> None:
    """What Wagtail's migrations made, and the emptying after a transactional test took away."""
    # The content types were made anew with it, under other numbers.
    ContentType.objects.clear_cache()
    if not Locale.objects.exists():
        Locale.objects.create(language_code="id")
    if not Page.objects.exists():
        Page.add_root(instance=Page(title="Akar", slug="root"))
    if not Collection.objects.exists():
        Collection.add_root(name="Akar")


def make_city() -> ComplaintIndexPage:
    """Page tree, roles, workflow and limits; agencies come from the factories."""
    plant_roots()
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="Pengaduan", slug="beranda"))
    index = home.add_child(instance=ComplaintIndexPage(title="Jawaban", slug="pengaduan"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"root_page": home, "hostname": "localhost", "port": 80}
    )
    ensure_procedure(index)
    return index


@pytest.fixture(autouse=True)
def _private_files(settings, tmp_path):
    settings.PENGADUAN_PRIVATE_ROOT = str(tmp_path / "private")
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.fixture(autouse=True)
def _fresh_throttle():
    cache.clear()
    caches["local"].clear()
    facets.forget()


@pytest.fixture(autouse=True)
def _fresh_calendar():
    """What the process remembers of the calendar outlives a test's transaction."""
    office_calendar.forget()


@pytest.fixture
def city(db):
    """The procedure is set up on a site with its page tree."""
    return make_city()


@pytest.fixture
def office(city):
    """One agency with all the people that its complaints need."""
    return Office()


@pytest.fixture
def other_office(city):
    """Another agency, whose staff must be kept out."""
    return Office()
