"""The written rules once more, for recounts: docs/sop.md, docs/operations.md and ADR 7.

A recount mustn't ask the code that it checks, so nothing here imports the product.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

WIB = timezone(timedelta(hours=7))
DAY = timedelta(days=1)

# Each step's limit in minutes, and who acts.
STEPS = {
    "A1": (30, "operator"),
    "A2": (1440, "operator"),
    "A3": (60, "operator"),
    "A4": (120, "operator"),
    "A5": (1440, "official"),
    "A6": (720, "head"),
    "A7": (1440, "head"),
    "A8": (60, "operator"),
    "B1": (120, "editor"),
    "B2": (15, "coordinator"),
    "C1": (120, "coordinator"),
    "C2": (60, "admin"),
}
AGENCYS_PEOPLE = {"operator", "official", "head"}
AGENCYS_STEPS = {step for step, (_minutes, who) in STEPS.items() if who in AGENCYS_PEOPLE}


@dataclass(frozen=True)
class Stage:
    """An automatic reminder: at which share of the limit, and whom it tells besides."""

    number: int
    kind: str
    percent: int
    above: str = ""


STAGES = (
    Stage(1, "near", 80),
    Stage(2, "due", 100),
    Stage(3, "escalated", 150, "head"),
    Stage(4, "escalated", 200, "coordinator"),
    Stage(5, "escalated", 300, "admin"),
)


def stages_of(step: str) -> list[Stage]:
    """Those that would tell somebody new; the city's own steps have no head above them."""
    _minutes, who = STEPS[step]
    useless = {who} if step in AGENCYS_STEPS else {who, "head"}
    return [stage for stage in STAGES if stage.above not in useless]


def _hours(*spans: str) -> tuple[tuple[time, time], ...]:
    return tuple(tuple(map(time.fromisoformat, span.split("-"))) for span in spans)


ORDINARY = _hours("07:30-12:00", "13:00-16:00")
ORDINARY_FRIDAY = _hours("07:30-11:30", "13:00-16:30")
RAMADAN = date(2026, 2, 19), date(2026, 3, 20)
FASTING = _hours("08:00-12:00", "12:30-15:00")
FASTING_FRIDAY = _hours("08:00-11:30", "12:30-15:30")


@dataclass
class City:
    """What this city decided for itself, and from when on each decision was known."""

    # A step that runs on service hours: since when, and its limit in minutes.
    service_hours: dict[str, tuple[datetime, int]]
    days_off: list[tuple[datetime, date]]
    quiet_from: datetime
    # The agencies that work around the clock.
    awake: set[str]

    def limit_of(self, step: str, started: datetime) -> tuple[timedelta, bool]:
        """The limit that the step started under, and whether it runs on service hours."""
        since, minutes = self.service_hours.get(step, (None, 0))
        if since and started >= since:
            return timedelta(minutes=minutes), True
        return timedelta(minutes=STEPS[step][0]), False

    def moment(self, row, step: str, percent: int, known: datetime) -> datetime:
        """When that share of the step's limit has passed, as far as was `known` then."""
        limit, on_hours = self.limit_of(step, row.started)
        left = limit * percent / 100
        if not on_hours:
            return row.started + left
        for start, end in self._open_from(row.started, self.office_of(row), known):
            if left <= end - start:
                return start + left
            left -= end - start
        raise AssertionError("The calendar has an end.")

    def office_of(self, row) -> str | None:
        """Whose hours count: the agency's for its own steps, else the city's."""
        return row.agency if row.step in AGENCYS_STEPS else None

    def may_disturb(self, at: datetime, office: str | None) -> bool:
        """False while the site is quiet and that office is closed."""
        if at < self.quiet_from:
            return True
        start, _end = next(self._open_from(at, office, at))
        return start == at

    def _open_from(self, at: datetime, office, known) -> Iterator[tuple[datetime, datetime]]:
        off = {day for since, day in self.days_off if since <= known}
        day = at.astimezone(WIB).date()
        while True:
            midnight = datetime.combine(day, time.min, WIB)
            for opens, closes in self._hours_of(day, office, off):
                start, end = midnight + _since(opens), midnight + (_since(closes) or DAY)
                if end > at:
                    yield max(at, start), end
            day += DAY

    def _hours_of(self, day: date, office, off: set[date]):
        if office in self.awake:
            return _hours("00:00-00:00")
        if day in off or day.weekday() > 4:
            return ()
        first, last = RAMADAN
        usual, friday = ORDINARY, ORDINARY_FRIDAY
        if first <= day <= last:
            usual, friday = FASTING, FASTING_FRIDAY
        return friday if day.weekday() == 4 else usual


def _since(moment: time) -> timedelta:
    return timedelta(hours=moment.hour, minutes=moment.minute)
