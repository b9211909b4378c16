"""What is too small to be shown: a village is small enough for its neighbours to know who.

A count of one or two is kept as "<3". Where they are all the same, and so could be reckoned
from the total, the next smallest count of that column is withheld too, and kept as None.
"""

from __future__ import annotations

SMALLEST = 3
BELOW = f"<{SMALLEST}"
COUNTS = ("received", "answered", "on_time")


def without_small_counts(lines: list[dict]) -> list[dict]:
    """The same lines with small counts withheld, each column for itself."""
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
