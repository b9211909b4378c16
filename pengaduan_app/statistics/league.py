"""The league table: which agencies can be compared fairly, and in what order.

Compared is what an agency answers for itself: the share of its own steps (SOP A1 to A8)
that kept their limits. Public relations' and the city's steps don't count for or against it.
"""

from __future__ import annotations

from fractions import Fraction

# With fewer closed complaints one case more or less would move an agency by places.
FEWEST_CLOSED = 10


def is_ranked(line: dict) -> bool:
    """True where there is enough to compare."""
    return line["name"] is not None and line["closed"] >= FEWEST_CLOSED and line["steps"] > 0


def share(line: dict) -> Fraction:
    """Of the agency's own steps, how many kept their limit; exactly, so that equal is equal."""
    return Fraction(line["steps_in_time"], line["steps"])


def ranked(lines: list[dict]) -> list[dict]:
    """Each line with its `rank`, best first; then by name those without one, whose rank is None.

    Equal shares have the same rank, and the quicker median stands first among them.
    """
    compared = [line for line in lines if is_ranked(line)]
    others = [line for line in lines if not is_ranked(line)]
    compared.sort(key=lambda line: (-share(line), line["median_seconds"] or 0, line["name"]))
    others.sort(key=lambda line: (line["name"] is None, line["name"]))
    shares = [share(line) for line in compared]
    # The first of those with the same share says the rank of all.
    return [
        *({**line, "rank": shares.index(share(line)) + 1} for line in compared),
        *({**line, "rank": None} for line in others),
    ]
