"""How much time is left of a step: how pressing it is, and the words for it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pengaduan_app.deadlines.urgency import ICONS, Urgency, margin, time_left, urgency_of, words

START = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("limit", "passed", "expected"),
    [
        (30 * MINUTE, 0 * MINUTE, Urgency.IN_TIME),
        (30 * MINUTE, 24 * MINUTE - SECOND, Urgency.IN_TIME),
        (30 * MINUTE, 24 * MINUTE, Urgency.NEAR),
        (30 * MINUTE, 29 * MINUTE, Urgency.NEAR),
        # The due instant itself is in time, as in the ledger.
        (30 * MINUTE, 30 * MINUTE, Urgency.NEAR),
        (30 * MINUTE, 30 * MINUTE + SECOND, Urgency.OVERDUE),
        (15 * MINUTE, 11 * MINUTE, Urgency.IN_TIME),
        (15 * MINUTE, 12 * MINUTE, Urgency.NEAR),
        (DAY, 19 * HOUR, Urgency.IN_TIME),
        (DAY, 20 * HOUR, Urgency.NEAR),
        (DAY, 3 * DAY, Urgency.OVERDUE),
    ],
)
def test_how_pressing_a_step_is(limit, passed, expected):
    minutes = int(limit / MINUTE)
    assert urgency_of(START + limit, minutes, START + passed) == expected


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (25 * MINUTE, "sisa 25 menit"),
        (25 * MINUTE + 59 * SECOND, "sisa 25 menit"),
        (59 * SECOND, "sisa kurang dari semenit"),
        (0 * SECOND, "sisa kurang dari semenit"),
        (-1 * SECOND, "terlambat kurang dari semenit"),
        (-1 * MINUTE, "terlambat 1 menit"),
        (-2 * HOUR, "terlambat 2 jam"),
        (-2 * HOUR - 5 * MINUTE, "terlambat 2 jam 5 menit"),
        (24 * HOUR, "sisa 1 hari"),
        (27 * HOUR + 59 * MINUTE, "sisa 1 hari 3 jam"),
        (-45 * DAY, "terlambat 45 hari"),
    ],
)
def test_the_words_for_it(left, expected):
    assert words(START + left, START) == expected


def test_near_begins_when_four_fifths_of_the_limit_are_used():
    assert margin(100) == 20 * MINUTE


def test_a_night_between_start_and_due_is_no_part_of_the_limit():
    """Two hours from Friday 15.00 on the service clock, due on Monday at 09.00."""
    due = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)
    assert urgency_of(due, 120, due - 25 * MINUTE) == Urgency.IN_TIME
    assert urgency_of(due, 120, due - 24 * MINUTE) == Urgency.NEAR


def test_colour_is_never_the_only_sign():
    """Each has an icon of its own, and a text that tells late, near and in time apart."""
    assert len(set(ICONS.values())) == len(Urgency)
    texts = {
        f"{left.words.split()[0]} {left.note}"
        for left in (
            time_left(START + 10 * MINUTE, 10, START + passed * MINUTE) for passed in (1, 9, 11)
        )
    }
    assert len(texts) == len(Urgency)
