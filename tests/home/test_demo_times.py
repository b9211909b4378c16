"""When the demo's people acted: possible moments, never in the future."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from home.demo import times

NOW = datetime(2026, 3, 4, 9, 0, tzinfo=times.WIB)
LIMITS = [timedelta(minutes=30), timedelta(hours=24), timedelta(hours=24), timedelta(hours=12)]


def durations(moments) -> list[timedelta]:
    return [after - before for before, after in pairwise(moments)]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("late", [False, True])
def test_closed_moments_keep_or_overrun_the_limits(seed, late):
    moments = times.closed_moments(NOW, timedelta(days=9), LIMITS, late, random.Random(seed))
    over = [spent > limit for spent, limit in zip(durations(moments), LIMITS, strict=True)]
    assert 1 <= sum(over) <= 2 if late else not any(over)
    assert NOW - timedelta(days=16) < moments[0] and moments[-1] <= NOW


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("hours", [0.5, 6, 30, 50, 90])
@pytest.mark.parametrize("late", [False, True])
def test_open_moments_fill_the_given_age_and_keep_earlier_limits(seed, hours, late):
    age = timedelta(hours=hours)
    moments = times.open_moments(NOW, age, LIMITS, LIMITS[-1], late, random.Random(seed))
    assert moments[0] == NOW - age
    assert moments[-1] < NOW
    spent = durations(moments)
    assert all(timedelta(0) < one < limit for one, limit in zip(spent, LIMITS, strict=True))


def test_a_load_that_comes_too_late_is_squeezed_into_the_past():
    age = timedelta(hours=3)
    moments = times.closed_moments(NOW, age, LIMITS * 4, True, random.Random(1))
    assert moments == sorted(moments)
    assert moments[-1] <= NOW


def test_the_clock_stands_where_it_is_set_and_runs_on_afterwards():
    with times.clock_at(NOW):
        assert timezone.now() == NOW
    assert timezone.now() != NOW
