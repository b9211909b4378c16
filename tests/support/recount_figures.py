"""The reports' figures once more, from the simulator's log: loops and counters, no database.

By docs/operations.md "Reports": a step counts where it was finished in the period, judged by
the limit that it started under; days are days of western Indonesia.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime, timedelta

from tests.support.recount import Watch
from tests.support.simulation import END, Case
from tests.support.written_rules import WIB

FIRST = datetime(2026, 2, 1, tzinfo=WIB)
AFTER = datetime(2026, 3, 1, tzinfo=WIB)
# How a case ends, by the outcome of its last step.
ENDS = {
    "published": "published",
    "answered_privately": "answered_privately",
    "declined": "declined",
    "referred": "referred",
}


def in_period(moment: datetime | None) -> bool:
    return moment is not None and FIRST <= moment < AFTER


class Figures:
    """What the reports of February should say about one agency, or (None) about the city."""

    def __init__(self, cases: list[Case], watches: list[Watch], agency: str | None = None):
        def ours(name: str | None) -> bool:
            return agency is None or name == agency

        self.agency = agency
        self.cases = [case for case in cases if ours(holder(case))]
        self.watches = [watch for watch in watches if ours(watch.row.agency)]
        self.every_case = cases
        self.closed = [watch for watch in self.watches if in_period(watch.row.finished)]

    def punctuality(self) -> dict:
        """(finished, in time, open and overdue now) by agency and step."""
        found = defaultdict(lambda: [0, 0, 0])
        for watch in self.closed:
            counts = found[watch.row.agency, watch.row.judged]
            counts[0] += 1
            counts[1] += not watch.late
        for watch in self.watches:
            if watch.row.finished is None and watch.due() < END:
                found[watch.row.agency, watch.row.step][2] += 1
        return {key: tuple(counts) for key, counts in found.items()}

    def seconds(self) -> dict:
        """(how many, median, nine in ten) by step."""
        taken = defaultdict(list)
        for watch in self.closed:
            taken[watch.row.judged].append(watch.seconds)
        return {
            step: (len(all_), kept_by(all_, 50), kept_by(all_, 90)) for step, all_ in taken.items()
        }

    def seconds_by_agency(self, step: str) -> dict:
        """The same of one step, by agency."""
        taken = defaultdict(list)
        for watch in self.closed:
            if watch.row.judged == step:
                taken[watch.row.agency].append(watch.seconds)
        return {
            key: (len(all_), kept_by(all_, 50), kept_by(all_, 90)) for key, all_ in taken.items()
        }

    def received(self) -> list[Case]:
        return [case for case in self.cases if in_period(case.received)]

    def volume(self, field: str) -> Counter:
        asked = (case.asked[field] for case in self.received())
        return Counter(getattr(value, "pk", value) for value in asked)

    def by_day(self) -> list[int]:
        days = Counter(case.received.astimezone(WIB).day for case in self.received())
        return [days[day] for day in range(1, 29)]

    def moves(self) -> Counter:
        """(from, to) of the complaints moved; an agency sees those that left it or came to it."""
        found = Counter()
        for case in self.every_case:
            for row, following in zip(case.rows, case.rows[1:], strict=False):
                if row.outcome == "transferred" and in_period(row.finished):
                    found[row.agency, following.agency] += 1
        return Counter({pair: n for pair, n in found.items() if self.agency in (None, *pair)})

    def bounces(self) -> dict[int, int]:
        return dict(Counter(sum(map(is_bounce, case.rows)) for case in self.received()))

    def waiting(self) -> int:
        return sum(w.row.step == "C2" and w.row.finished is None for w in self.watches)

    def flow(self) -> dict:
        """(received, ended how, open at the period's end) by the agency that has it."""
        found = defaultdict(lambda: [0, Counter(), 0])
        for case in self.cases:
            counts, end = found[holder(case)], end_of(case)
            counts[0] += in_period(case.received)
            if end and in_period(end.finished):
                counts[1][ENDS[end.outcome]] += 1
            counts[2] += case.received < AFTER and not (end and end.finished < AFTER)
        return {key: tuple(counts) for key, counts in found.items() if any(counts)}

    def responses(self) -> dict:
        """(reminders, finished in 2 hours, so old, in 24 hours, so old, at all) by agency
        and kind."""
        found = defaultdict(lambda: [0, 0, 0, 0, 0, 0])
        for watch in self.watches:
            for given in watch.given:
                if given.told and in_period(given.at):
                    counts = found[watch.row.agency, given.kind]
                    took = watch.row.finished and watch.row.finished - given.at
                    counts[0] += 1
                    for place, hours in ((1, 2), (3, 24)):
                        known = END - given.at >= timedelta(hours=hours)
                        quick = took is not None and took <= timedelta(hours=hours)
                        counts[place] += known and quick
                        counts[place + 1] += known
                    counts[5] += took is not None
        return {key: tuple(counts) for key, counts in found.items()}

    def coordinator(self) -> dict:
        """(ended so, in time) of C1, by how it ended."""
        found = defaultdict(lambda: [0, 0])
        for watch in self.watches:
            if watch.c1 and in_period(watch.c1.finished):
                found[watch.c1.outcome][0] += 1
                found[watch.c1.outcome][1] += not watch.c1.late
        return {outcome: tuple(counts) for outcome, counts in found.items()}


def holder(case: Case) -> str | None:
    """Which agency has the complaint now."""
    return case.rows[-1].agency


def end_of(case: Case):
    """The row that ended the complaint, or None while it is open."""
    last = case.rows[-1]
    return last if last.outcome in ENDS else None


def is_bounce(row) -> bool:
    return row.outcome == "misrouted"


def in_figures(seconds: list[int]) -> tuple[int, int, int]:
    return len(seconds), kept_by(seconds, 50), kept_by(seconds, 90)


def kept_by(seconds: list[int], percent: int) -> int:
    """The shortest time within which that share of them was done."""
    return next(
        limit
        for limit in sorted(seconds)
        if sum(one <= limit for one in seconds) * 100 >= percent * len(seconds)
    )
