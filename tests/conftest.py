"""What every test may ask for: the small city, an agency's office, a clean process."""

from __future__ import annotations

import os

import pytest
from django.core.cache import cache, caches

from pengaduan_app.deadlines import office_calendar
from pengaduan_app.models import ComplaintIndexPage
from pengaduan_app.operations import health
from pengaduan_app.publication import facets
from tests.support.city import make_city
from tests.support.crowd import standing_city
from tests.support.process import Office
from tests.support.stock import Stock, StockedOffice

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


# Who asks for none of these meets no row and no page.
DATABASE = {"db", "transactional_db", "django_db_setup", "live_server", "client", "rf"}
# Checks look at what is installed, without a database; a bare host is a process of its own.
NEVER_PURE = ("tests/operations/", "tests/search/test_search_bare_host")


def pytest_itemcollected(item):
    if " at 0x" in item.nodeid:
        raise pytest.UsageError(f"Give {item.nodeid} an id that is the same in each process.")
    asks = DATABASE.intersection(item.fixturenames) or item.get_closest_marker("django_db")
    if not asks and not item.nodeid.startswith(NEVER_PURE):
        item.add_marker(pytest.mark.pure)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """The longest files first; all else stays in its order."""
    place = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path.stem, len(place)))


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
    office_calendar.forget_calendar()


def empties_tables(item) -> bool:
    """True for a test that commits, and has its tables emptied afterwards."""
    marker = item.get_closest_marker("django_db")
    commits = marker is not None and marker.kwargs.get("transaction", False)
    return commits or not {"transactional_db", "live_server"}.isdisjoint(item.fixturenames)


@pytest.fixture(scope="module")
def standing(request, django_db_setup, django_db_blocker):
    """The city, made once for a module whose tests are undone one by one. None where one of
    them commits: it would wait for the transaction that holds the city."""
    if any(empties_tables(item) for item in request.session.items if item.path == request.path):
        yield None
        return
    with standing_city(django_db_blocker) as index:
        yield index


@pytest.fixture
def city(standing, db):
    """The procedure is set up on a site with its page tree."""
    if standing is None:
        return make_city()
    # The city may be older than the silence that staff are warned of.
    health.beat()
    return ComplaintIndexPage.objects.get(pk=standing.pk)


@pytest.fixture(scope="module")
def stock(request, standing):
    """The complaints that the module's STOCK names (tests/support/stock.py)."""
    states = getattr(request.module, "STOCK", ())
    return Stock(states) if states and standing else None


@pytest.fixture
def office(stock, city):
    """One agency with all the people that its complaints need."""
    return StockedOffice(stock) if stock else Office()


@pytest.fixture
def other_office(city):
    """Another agency, whose staff must be kept out."""
    return Office()
