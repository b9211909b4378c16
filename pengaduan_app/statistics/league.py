"""The league table: which agencies can be compared fairly, and in what order.

An agency is compared by what it alone answers for: the share of its own steps (SOP A1 to A8)
that kept their limits. The steps of public relations and the city don't count for or against it.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, TypeAlias

# Below this number of closed complaints a single case would move an agency by several places.
FEWEST_CLOSED = 10
# An agency's figures, as statistics.counting makes them.
Line: TypeAlias = Mapping[str, Any]


def is_ranked(line: Line) -> bool:
    """True if the agency has enough closed complaints and steps to be compared."""
    return line["name"] is not None and line["closed"] >= FEWEST_CLOSED and line["steps"] > 0


def share(line: Line) -> Fraction:
    """The share of the agency's own steps that kept their limit; exact, so that ties are ties."""
    return Fraction(line["steps_in_time"], line["steps"])


def ranked(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each line with its `rank`, best first; agencies not compared follow by name, ranked None.

    Equal shares get the same rank, and the quicker median comes first among them.
    """
    compared = [line for line in lines if is_ranked(line)]
    others = [line for line in lines if not is_ranked(line)]
    compared.sort(key=lambda line: (-share(line), line["median_seconds"] or 0, line["name"]))
    others.sort(key=lambda line: (line["name"] is None, line["name"]))
    shares = [share(line) for line in compared]
    # Agencies with the same share take the rank of the first of them.
    return [
        *({**line, "rank": shares.index(share(line)) + 1} for line in compared),
        *({**line, "rank": None} for line in others),
    ]
