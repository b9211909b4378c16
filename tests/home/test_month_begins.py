"""The front page when a month is young: last month's figures, by name, until there is enough."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.cache import caches

from home.setup import setup_site
from pengaduan_app.procedure.sop import State
from pengaduan_app.statistics import front_figures, month

# Noon in the city, in the middle of February and on the first of March.
FEBRUARY = datetime(2026, 2, 16, 5, tzinfo=UTC)
MARCH = datetime(2026, 3, 1, 5, tzinfo=UTC)


@pytest.fixture
def february(office, time_machine):
    """Two answers and one complaint that waits; now it is the first of March."""
    time_machine.move_to(FEBRUARY, tick=False)
    for state in (State.PUBLISHED, State.ANSWERED_PRIVATELY, State.RECEIVED):
        office.complaint(to=state)
    time_machine.move_to(MARCH, tick=False)
    return office


def test_a_young_month_shows_the_last_one_whole_and_its_own_so_far(february):
    february.complaint(to=State.PUBLISHED)
    found = front_figures()
    assert (found.is_current, found.shown.since.month, found.so_far.since.month) == (False, 2, 3)
    assert (found.shown.received, found.shown.answered, found.shown.punctual) == (3, 2, 2)
    assert (found.so_far.received, found.so_far.answered) == (1, 1)


def test_it_is_shown_itself_once_it_has_more(february):
    for _number in range(2):
        february.complaint(to=State.PUBLISHED)
    found = front_figures()
    assert (found.is_current, found.shown.answered) == (True, 2)


def test_and_once_it_has_enough_however_many_the_last_one_had(february, monkeypatch):
    monkeypatch.setattr(month, "ENOUGH", 1)
    february.complaint(to=State.PUBLISHED)
    assert front_figures().is_current


def test_a_new_city_shows_what_it_has(office, time_machine):
    time_machine.move_to(MARCH, tick=False)
    office.complaint()
    assert front_figures().is_current


def test_before_january_was_last_years_december(office, time_machine):
    time_machine.move_to(datetime(2026, 12, 31, 16, 59, tzinfo=UTC), tick=False)
    office.complaint(to=State.PUBLISHED)
    time_machine.move_to(datetime(2026, 12, 31, 17, 1, tzinfo=UTC), tick=False)
    found = front_figures()
    assert (found.shown.since.year, found.shown.since.month, found.shown.answered) == (2026, 12, 1)
    assert (found.so_far.since.year, found.so_far.since.month) == (2027, 1)


@pytest.mark.parametrize("answers", [0, 2])
def test_the_page_names_the_month_that_it_shows(february, client, answers):
    setup_site("localhost", 80)
    for _number in range(answers):
        february.complaint(to=State.PUBLISHED)
    caches["local"].clear()
    html = client.get("/").content.decode()
    assert ("<h2>Februari 2026</h2>" in html) == (not answers)
    assert ("<h2>Bulan ini</h2>" in html) == bool(answers)
    assert ("Sejauh ini pada Maret 2026: 0 masuk, 0 dijawab" in html) == (not answers)
