"""Withholds small counts: in a village, neighbours would know whose complaint it was.

A count of one or two is stored as "<3". Where all small counts of a column are the same, they
could be computed from its total: then the next smallest count is withheld too, as None.
"""

from __future__ import annotations

from typing import Any

SMALLEST = 3
BELOW = f"<{SMALLEST}"
COUNTS = ("received", "answered", "on_time")


def without_small_counts(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same lines with small counts withheld, column by column."""
    columns = {name: _guarded([line[name] for line in lines]) for name in COUNTS}
    return [
        {**line, **{name: columns[name][number] for name in COUNTS}}
        for number, line in enumerate(lines)
    ]


def _guarded(counts: list[int]) -> list[int | str | None]:
    shown: list[int | str | None] = [BELOW if 0 < n < SMALLEST else n for n in counts]
    small = {n for n in counts if 0 < n < SMALLEST}
    others = [number for number, n in enumerate(counts) if n >= SMALLEST]
    if len(small) == 1 and others:
        shown[min(others, key=lambda number: counts[number])] = None
    return shown
