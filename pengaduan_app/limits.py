"""The time limits in force: the city's own rows, else the SOP's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from . import clock, sop
from .clock import ClockKind
from .models import StepLimit
from .sop import Step


@dataclass(frozen=True)
class Limit:
    """A step's limit, and the clock that it runs on."""

    time: timedelta
    clock: ClockKind = ClockKind.ELAPSED

    @property
    def minutes(self) -> int:
        return int(self.time.total_seconds() // 60)

    def due_at(self, started: datetime, agency_id: int | None = None) -> datetime:
        """When a step of that agency is due that began at `started`."""
        return clock.due_at(started, self.time)


def in_force(at: datetime | None = None) -> dict[Step, Limit]:
    """Every step's limit and clock in force at that moment (default: now); one query."""
    limits = {rule.step: Limit(rule.limit) for rule in sop.STEPS.values()}
    rows = StepLimit.objects.filter(valid_from__lte=at or timezone.now()).order_by("valid_from")
    for row in rows:
        limits[Step(row.step)] = Limit(timedelta(minutes=row.minutes), ClockKind(row.clock))
    return limits


def current_limits(at: datetime | None = None) -> dict[Step, timedelta]:
    """Every step's time limit alone; one query."""
    return {step: limit.time for step, limit in in_force(at).items()}


def limit_of(step: Step, at: datetime) -> Limit:
    """One step's limit in force at that moment."""
    return in_force(at)[step]
