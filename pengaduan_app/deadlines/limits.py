"""The time limits in force: the city's own, or the SOP's where the city has set none."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from django.utils import timezone

from ..models import StepLimit
from ..procedure import ClockKind, Step, clock, sop
from . import office_calendar

logger = logging.getLogger(__name__)


class LedgerRow(Protocol):
    """The fields of a ledger row that deadlines depend on: a StepRecord, or a batch's tuple."""

    @property
    def step(self) -> str: ...

    @property
    def agency_id(self) -> int | None: ...

    @property
    def started_at(self) -> datetime: ...

    @property
    def due_at(self) -> datetime: ...

    @property
    def limit_minutes(self) -> int: ...

    @property
    def clock(self) -> str: ...


@dataclass(frozen=True)
class Limit:
    """A step's time limit, and the clock that it runs on."""

    time: timedelta
    clock: ClockKind = ClockKind.ELAPSED

    @property
    def minutes(self) -> int:
        return int(self.time.total_seconds() // 60)

    def due_at(self, started: datetime, agency_id: int | None = None) -> datetime:
        """When a step is due that began at `started` in that agency (see `office_of`).

        If the calendar never opens or is contradictory, time runs day and night until somebody
        corrects it: no complaint may fail because of it. The check W001 warns of it.
        """
        if self.clock == ClockKind.ELAPSED:
            return clock.due_at(started, self.time)
        try:
            return clock.due_at(
                started, self.time, self.clock, office_calendar.calendar_of(agency_id)
            )
        except ValueError as error:
            logger.warning("Due times are computed day and night. %s", error)
            return clock.due_at(started, self.time)


def office_of(step: Step, agency_id: int | None) -> int | None:
    """Whose office hours a step follows: the agency's, or None (the city's offices) for steps of
    public relations and the complaint administrator."""
    return agency_id if sop.STEPS[step].role in sop.AGENCY_ROLES else None


def of_record(record: LedgerRow) -> Limit:
    """The limit and clock that were in force when a ledger row was opened."""
    return Limit(timedelta(minutes=record.limit_minutes), ClockKind(record.clock))


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


def limit_if_chosen(record: LedgerRow, step: Step) -> tuple[Limit, datetime]:
    """The limit that an open row is judged by if it is closed as that step (SOP A3, A4), and when
    it runs out."""
    limit = limit_of(step, record.started_at)
    return limit, limit.due_at(record.started_at, office_of(step, record.agency_id))
