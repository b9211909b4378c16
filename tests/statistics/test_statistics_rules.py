"""Which complaints the public figures count, who is ranked, what is withheld."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django_q.models import Schedule

from pengaduan_app.procedure.sop import State
from pengaduan_app.statistics import snapshot
from pengaduan_app.statistics.league import FEWEST_CLOSED, ranked
from pengaduan_app.statistics.suppression import without_small_counts
from tests.support.factories import VillageFactory


@pytest.mark.parametrize(
    ("moment", "key"),
    [
        (datetime(2026, 1, 31, 16, 59, tzinfo=UTC), "2026-01"),
        (datetime(2026, 1, 31, 17, 0, tzinfo=UTC), "2026-02"),
    ],
)
def test_a_month_begins_at_midnight_in_the_city(office, time_machine, moment, key):
    time_machine.move_to(moment, tick=False)
    office.complaint()
    months = snapshot.refresh().figures["months"]
    assert (months[-1]["month"], months[-1]["received"], len(months)) == (key, 1, 12)


def test_what_is_older_than_a_year_no_longer_counts(office, time_machine):
    time_machine.move_to(datetime(2025, 1, 31, 16, 59, tzinfo=UTC), tick=False)
    office.complaint(to=State.PUBLISHED)
    time_machine.move_to(datetime(2026, 1, 31, 16, 59, tzinfo=UTC), tick=False)
    assert snapshot.refresh().figures["total"]["received"] == 0
    time_machine.move_to(datetime(2025, 12, 31, 16, 59, tzinfo=UTC), tick=False)
    assert snapshot.refresh().figures["total"]["received"] == 1


# The league table.


def line(name, closed=FEWEST_CLOSED, steps=10, in_time=9, median=60) -> dict:
    return {
        "name": name,
        "closed": closed,
        "steps": steps,
        "steps_in_time": in_time,
        "median_seconds": median,
    }


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([line("a", in_time=5), line("b")], [("b", 1), ("a", 2)]),
        # The same share, from other counts, has the same rank; the quicker stands first.
        (
            [line("a", median=90), line("b", steps=100, in_time=90), line("c", in_time=8)],
            [("b", 1), ("a", 1), ("c", 3)],
        ),
        # One closed complaint too few: listed, without a rank, whatever the share.
        ([line("a", closed=FEWEST_CLOSED - 1, in_time=10), line("b")], [("b", 1), ("a", None)]),
        ([line("b", closed=0), line(None, closed=50), line("a", steps=0, in_time=0)], [
            ("a", None), ("b", None), (None, None),
        ]),
        ([line("a", median=None)], [("a", 1)]),
        ([], []),
    ],
)  # fmt: skip
def test_who_is_ranked_and_how(lines, expected):
    assert [(each["name"], each["rank"]) for each in ranked(lines)] == expected


# What is too small.


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([7, 3, 0], [7, 3, 0]),
        ([7, 4, 2, 1], [7, 4, "<3", "<3"]),
        # One alone, or all alike, could be computed from the total.
        ([7, 4, 2], [7, None, "<3"]),
        ([7, 4, 1, 1], [7, None, "<3", "<3"]),
        ([1, 0], ["<3", 0]),
        ([], []),
    ],
)
def test_small_counts_of_villages_are_withheld(counts, shown):
    lines = [{"name": str(n), "received": n, "answered": n, "on_time": 5} for n in counts]
    found = without_small_counts(lines)
    assert [each["received"] for each in found] == [each["answered"] for each in found] == shown
    assert {each["on_time"] for each in found} <= {5}


def test_the_cluster_counts_every_quarter_of_an_hour(city):
    schedule = Schedule.objects.get(func="pengaduan_app.tasks.count_statistics")
    assert schedule.minutes == 15


def test_the_number_of_queries_does_not_grow(office, django_assert_num_queries):
    snapshot.refresh()
    for more in (1, 4):
        for _number in range(more):
            office.complaint(to=State.PUBLISHED, village=VillageFactory())
        # Six to count; and two to keep the row, in a transaction of their own.
        with django_assert_num_queries(10):
            snapshot.refresh()
