"""The public figures at their edges: who counts as late now, ties, what could be computed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
import time_machine

from pengaduan_app.procedure.sop import State
from pengaduan_app.statistics import snapshot
from pengaduan_app.statistics.counting import last_months, month_key
from pengaduan_app.statistics.league import FEWEST_CLOSED, ranked
from pengaduan_app.statistics.month import month_figures
from pengaduan_app.statistics.suppression import without_small_counts
from tests.support.factories import CategoryFactory, VillageFactory, submit

NOON = datetime(2026, 3, 10, 5, tzinfo=UTC)


@pytest.fixture
def clock(office):
    with time_machine.travel(NOON, tick=False) as frozen:
        yield frozen


def figures() -> dict:
    return snapshot.refresh().figures


# What counts, and as what.


@pytest.mark.parametrize(("seconds", "overdue"), [(30 * 60 - 1, 0), (30 * 60, 0), (30 * 60 + 1, 1)])
def test_what_is_open_is_overdue_from_the_second_after_its_time(office, clock, seconds, overdue):
    office.complaint()
    clock.shift(timedelta(seconds=seconds))
    assert figures()["now"] == {"open": 1, "overdue": overdue}


@pytest.mark.parametrize(("late", "on_time"), [(False, 1), (True, 0)])
def test_an_answer_is_in_time_when_every_step_was(office, clock, late, on_time):
    complaint = office.complaint()
    clock.shift(timedelta(minutes=31 if late else 29))
    office.advance(complaint, State.PUBLISHED)
    total = figures()["total"]
    assert (total["received"], total["answered"], total["on_time"]) == (1, 1, on_time)


@pytest.mark.parametrize(
    ("state", "answered", "unanswered"),
    [
        (State.PUBLISHED, 1, 0),
        (State.ANSWERED_PRIVATELY, 1, 0),
        (State.DECLINED, 0, 1),
        (State.REFERRED, 0, 1),
        (State.RETRACTED, 0, 1),
        (State.STUDY, 0, 0),
    ],
)
def test_a_complaint_is_answered_unanswered_or_open(office, clock, state, answered, unanswered):
    office.complaint(state)
    found = figures()
    assert (found["total"]["answered"], found["total"]["unanswered"]) == (answered, unanswered)
    assert found["now"]["open"] == 1 - answered - unanswered


def test_a_complaint_counts_when_it_came_and_its_answer_when_it_was_given(office, clock):
    complaint = office.complaint(State.STUDY)
    clock.move_to(datetime(2026, 4, 2, tzinfo=UTC))
    office.advance(complaint, State.PUBLISHED)
    months = {row["month"]: (row["received"], row["answered"]) for row in figures()["months"]}
    assert months["2026-03"] == (1, 0)
    assert months["2026-04"] == (0, 1)


@pytest.mark.parametrize(
    ("moment", "key"),
    [
        (datetime(2025, 12, 31, 16, 59, 59, tzinfo=UTC), "2025-12"),
        (datetime(2025, 12, 31, 17, tzinfo=UTC), "2026-01"),
    ],
)
def test_a_year_begins_at_midnight_in_the_city(moment, key):
    assert month_key(moment) == key


@pytest.mark.parametrize("day", [date(2026, 3, 31), date(2026, 1, 1), date(2028, 2, 29)])
def test_twelve_months_end_with_that_of_the_day(day):
    months = last_months(day)
    assert len(months) == 12
    assert months[-1].first <= day <= months[-1].last
    assert all(a.end == b.start for a, b in pairwise(months))


# The front page's month.


@pytest.mark.parametrize(
    ("moment", "received"),
    [
        (datetime(2026, 2, 28, 16, 59, 59, tzinfo=UTC), 0),
        (datetime(2026, 2, 28, 17, tzinfo=UTC), 1),
    ],
)
def test_this_months_figures_begin_at_midnight_in_the_city(office, clock, moment, received):
    clock.move_to(moment)
    office.complaint(State.PUBLISHED)
    clock.move_to(NOON)
    found = month_figures()
    assert (found.received, found.answered, found.punctual) == (received, received, received)


def test_a_new_month_is_counted_at_once(office, clock):
    """It has a key of its own: nobody reads last month's figures for it."""
    office.complaint()
    clock.move_to(datetime(2026, 3, 31, 16, 59, 59, tzinfo=UTC))
    assert month_figures().received == 1
    clock.shift(timedelta(seconds=1))
    assert month_figures().received == 0


@pytest.mark.parametrize(("minutes", "punctual"), [(30, 1), (31, 0)])
def test_an_answer_is_punctual_when_no_step_on_its_way_was_late(office, clock, minutes, punctual):
    complaint = office.complaint()
    clock.shift(timedelta(minutes=minutes))
    office.advance(complaint, State.PUBLISHED)
    found = month_figures()
    assert (found.answered, found.punctual) == (1, punctual)


def test_a_private_answer_counts_and_an_end_without_one_does_not(office, clock):
    office.complaint(State.ANSWERED_PRIVATELY)
    office.complaint(State.DECLINED)
    found = month_figures()
    assert (found.received, found.answered) == (2, 1)


# The tables.


def test_what_names_no_category_comes_last_and_the_most_received_first(office, clock):
    few, many = CategoryFactory(name="Air"), CategoryFactory(name="Jalan")
    also_few = CategoryFactory(name="Aspal")
    for category in (few, many, many, also_few, None, None, None):
        submit(office.agency, category=category)
    CategoryFactory(name="Tanpa pengaduan")
    names = [row["name"] for row in figures()["categories"]]
    assert names == ["Jalan", "Air", "Aspal", None]


def test_what_lies_with_an_agency_past_its_limit_counts_against_it(office, clock):
    """Else leaving it there would pay."""
    office.complaint(State.VERIFIED)
    office.complaint()
    clock.shift(timedelta(minutes=31))
    [row] = figures()["agencies"]
    # A1 of the first in time; the second's A1 is open and late.
    assert (row["steps"], row["steps_in_time"], row["closed"]) == (2, 1, 0)


def test_a_village_of_few_is_withheld_with_the_next_smallest(office, clock):
    for name, number in (("Meri", 2), ("Miji", 3), ("Wates", 5)):
        village = VillageFactory(name=name)
        for _each in range(number):
            submit(office.agency, village=village)
    shown = {row["name"]: row["received"] for row in figures()["villages"]}
    assert shown == {"Wates": 5, "Miji": None, "Meri": "<3"}


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([3, 3], [3, 3]),
        ([2, 2], ["<3", "<3"]),
        # Two different small ones can't be told apart, whatever the total.
        ([2, 1, 3], ["<3", "<3", 3]),
        ([5, 3, 2], [5, None, "<3"]),
        # Of two that are as small, one is enough.
        ([4, 4, 1], [None, 4, "<3"]),
        ([0, 2, 9], [0, "<3", None]),
    ],
)
def test_no_small_count_can_be_computed_from_the_total(counts, shown):
    lines = [{"received": n, "answered": 0, "on_time": 0} for n in counts]
    assert [line["received"] for line in without_small_counts(lines)] == shown


def test_each_column_is_withheld_for_itself():
    lines = [
        {"name": "a", "received": 2, "answered": 9, "on_time": 0},
        {"name": "b", "received": 9, "answered": 2, "on_time": 0},
    ]
    found = without_small_counts(lines)
    assert [tuple(line.values()) for line in found] == [("a", "<3", None, 0), ("b", None, "<3", 0)]
    # The lines that were given stay as they were: they are figures of the day.
    assert lines[0]["received"] == 2


# The league.


def line(name, **changes) -> dict:
    plain = {"closed": FEWEST_CLOSED, "steps": 10, "steps_in_time": 9, "median_seconds": 60}
    return {"name": name, **plain, **changes}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # A third is a third, however many: no rounding puts one before the other.
        (
            [line("b", steps=3, steps_in_time=1), line("a", steps=3 * 10**9, steps_in_time=10**9)],
            [("a", 1), ("b", 1)],
        ),
        # The same share and the same median: by name, on the same rank.
        ([line("c"), line("a"), line("b")], [("a", 1), ("b", 1), ("c", 1)]),
        # After two first ones comes the third.
        (
            [line("a"), line("b"), line("c", steps_in_time=8), line("d", steps_in_time=7)],
            [("a", 1), ("b", 1), ("c", 3), ("d", 4)],
        ),
        ([line("a", steps=1, steps_in_time=0)], [("a", 1)]),
        ([line("a"), line("b", closed=FEWEST_CLOSED - 1)], [("a", 1), ("b", None)]),
    ],
)  # fmt: skip
def test_equal_is_equal(lines, expected):
    assert [(each["name"], each["rank"]) for each in ranked(lines)] == expected
