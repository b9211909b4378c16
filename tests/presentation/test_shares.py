"""Shares and percentiles: which time stands for many, and when a share says little."""

from __future__ import annotations

import pytest

from pengaduan_app.presentation import Share, median, place_of


@pytest.mark.parametrize(
    ("percent", "count", "place"),
    [(50, 1, 0), (50, 2, 0), (50, 3, 1), (50, 4, 1), (90, 1, 0), (90, 9, 8), (90, 10, 8),
     (90, 11, 9), (90, 20, 17), (100, 7, 6)],
)  # fmt: skip
def test_a_percentile_is_a_time_that_a_step_really_took(percent, count, place):
    assert place_of(percent, count) == place


@pytest.mark.parametrize(
    ("values", "middle"), [([], None), ([5], 5), ([9, 1], 1), ([3, 1, 2], 2), ([4, 1, 3, 2], 2)]
)
def test_half_took_no_longer_than_the_median(values, middle):
    assert median(values) == middle


@pytest.mark.parametrize(
    ("part", "whole", "weak", "value"),
    [(0, 0, False, None), (1, 1, True, 1), (4, 4, True, 1), (4, 5, False, 0.8), (0, 5, False, 0)],
)
def test_a_share_of_fewer_than_five_is_marked(part, whole, weak, value):
    share = Share(part, whole)
    assert (share.is_weak, share.value) == (weak, value)
    assert share.text.endswith(" *") == weak
