"""Durations and moments as people read them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.template import Context, Template
from django.utils import translation

from pengaduan_app.presentation.formats import duration, wib
from pengaduan_app.templatetags.pengaduan_tags import current


@pytest.fixture(autouse=True)
def english():
    """The msgids themselves, whatever the catalogue says."""
    with translation.override(None):
        yield


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=30), "30 minutes"),
        (timedelta(minutes=30, seconds=59), "30 minutes"),
        (timedelta(minutes=60), "1 hour"),
        (timedelta(minutes=120), "2 hours"),
        (timedelta(minutes=125), "2 hours 5 minutes"),
        (timedelta(hours=12), "12 hours"),
        (timedelta(hours=23, minutes=59), "23 hours 59 minutes"),
        (timedelta(hours=24), "1 day"),
        (timedelta(days=1, hours=3, minutes=20), "1 day 3 hours"),
        (timedelta(days=1, minutes=20), "1 day"),
        (timedelta(days=40, hours=1), "40 days 1 hour"),
    ],
)
def test_a_duration_is_told_in_at_most_two_units(value, text):
    assert duration(value) == text


@pytest.mark.parametrize("value", [timedelta(), timedelta(seconds=59), timedelta(minutes=-5)])
def test_less_than_a_minute_is_not_told_as_nothing(value):
    assert duration(value) == "less than a minute"


def test_a_duration_that_is_not_over_yet_is_empty():
    assert duration(None) == ""


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (datetime(2026, 2, 23, 0, 30, tzinfo=UTC), "23 February 2026 at 07.30 WIB"),
        (datetime(2026, 2, 23, 17, 5, tzinfo=UTC), "24 February 2026 at 00.05 WIB"),
        (datetime(2026, 12, 31, 17, 0, tzinfo=UTC), "1 January 2027 at 00.00 WIB"),
        (
            datetime(2026, 2, 23, 9, 30, tzinfo=timezone(timedelta(hours=9))),
            "23 February 2026 at 07.30 WIB",
        ),
    ],
)
def test_a_moment_is_told_on_the_citys_clock(value, text, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    assert wib(value) == text


def test_a_moment_that_has_not_come_is_empty():
    assert wib(None) == ""


def test_the_month_is_indonesian_for_indonesian_readers():
    with translation.override("id"):
        assert "23 Februari 2026" in wib(datetime(2026, 2, 23, 0, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("here", "path", "state"),
    [
        ("/", "/", "page"),
        ("/lapor/", "/lapor/", "page"),
        ("/lapor/terima/", "/lapor/", "true"),
        ("/lapor/", "/lacak/", "false"),
        ("/lapor/", "/", "false"),
    ],
)
def test_the_menu_marks_where_the_reader_is(rf, here, path, state):
    assert current({"request": rf.get(here)}, path) == state


def test_the_menu_works_without_a_request():
    template = Template("{% load pengaduan_tags %}{% current '/lapor/' %}")
    assert template.render(Context()) == "false"
