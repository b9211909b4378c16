"""The month's due times, reminders and C1 once more, from the simulator's log alone.

By the written rules (docs/operations.md "Reminders", ADR 7): each round of the clock looks
at the steps that are open then; the newest stage reached speaks; in quiet hours it waits.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.support.simulation import END, Month, Row
from tests.support.written_rules import AGENCYS_STEPS, STEPS, Stage, stages_of


@dataclass(frozen=True)
class Given:
    """A reminder as the city should have it; `told` are roles, none where it is passed over."""

    kind: str
    stage: int
    at: datetime
    told: frozenset[str] = frozenset()

    @property
    def passed_over(self) -> bool:
        return not self.told


@dataclass
class C1:
    """The coordinator's step of one late step."""

    started: datetime
    finished: datetime | None = None
    outcome: str = ""
    by_hand: bool = False

    def end(self, at: datetime, outcome: str, by_hand: bool = False) -> None:
        if self.finished is None:
            self.finished, self.outcome, self.by_hand = at, outcome, by_hand

    @property
    def late(self) -> bool:
        return self.finished - self.started > timedelta(minutes=STEPS["C1"][0])


@dataclass
class Watch:
    """One step of the log, followed from its start to its end."""

    row: Row
    month: Month
    given: list[Given] = field(default_factory=list)
    c1: C1 | None = None

    def __post_init__(self):
        self.left = stages_of(self.row.step)
        for at, is_press in self._moments():
            if is_press:
                self._press(at)
            elif self.left:
                self._round(at)
        if self.c1 and self.row.finished:
            self.c1.end(self.row.finished, "overtaken")

    def due(self, at: datetime | None = None) -> datetime:
        """By the step's own limit, as far as the days off were known at that moment."""
        return self.month.city.moment(self.row, self.row.step, 100, at or self.row.finished or END)

    @property
    def late(self) -> bool:
        """By the limit of the step that it was judged as, on that step's own clock."""
        city, row = self.month.city, self.row
        return row.finished > city.moment(row, row.judged, 100, row.finished)

    @property
    def seconds(self) -> int:
        return int((self.row.finished - self.row.started).total_seconds())

    def _moments(self) -> list[tuple[datetime, bool]]:
        """The rounds of the clock and the presses while the step is open, in order."""
        ticks = self.month.ticks
        first = bisect_left(ticks, self.row.started)
        last = bisect_left(ticks, self.row.finished) if self.row.finished else len(ticks)
        rounds = [(tick, False) for tick in ticks[first:last]]
        return sorted([*rounds, *((press, True) for press in self.row.presses)])

    def _reached(self, at: datetime) -> list[Stage]:
        city, row = self.month.city, self.row
        reached = []
        for stage in self.left:
            if city.moment(row, row.step, stage.percent, at) > at:
                break
            reached.append(stage)
        return reached

    def _round(self, at: datetime) -> None:
        reached, city = self._reached(at), self.month.city
        if not reached:
            return
        speaks = city.may_disturb(at, city.office_of(self.row))
        if self.row.step in AGENCYS_STEPS and reached[-1].number >= 2:
            self.c1 = self.c1 or C1(self.due(at))
            if speaks:
                self.c1.end(at, "reminded")
        if speaks:
            *missed, newest = reached
            own = STEPS[self.row.step][1]
            told = frozenset({own, *(stage.above for stage in reached if stage.above)})
            self._pass_over(missed, at)
            self.given.append(Given(newest.kind, newest.number, at, told))
            self.left = self.left[len(reached) :]

    def _press(self, at: datetime) -> None:
        number = 1 + sum(given.kind == "manual" for given in self.given)
        told = frozenset({STEPS[self.row.step][1], "head"})
        self.given.append(Given("manual", number, at, told))
        reached = self._reached(at)
        self._pass_over(reached, at)
        self.left = self.left[len(reached) :]
        if self.due(at) <= at:
            self.c1 = self.c1 or C1(self.due(at))
            self.c1.end(at, "reminded", by_hand=True)

    def _pass_over(self, stages: list[Stage], at: datetime) -> None:
        self.given += [Given(stage.kind, stage.number, at) for stage in stages]


def watched(month: Month) -> list[Watch]:
    """Every step of the log, followed."""
    return [Watch(row, month) for row in month.rows]
