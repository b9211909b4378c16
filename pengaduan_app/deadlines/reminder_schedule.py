"""When an open step's reminders are due, by its own limit and clock. Reads only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..models import Reminder, ReminderSettings
from ..procedure import ReminderKind, Stage, Step, escalation
from . import quiet_hours
from .limits import LedgerRow, Limit, of_record, office_of

# Between two manual reminders of a step.
MANUAL_PAUSE = timedelta(minutes=5)


def latest_manual(steps: Iterable[int]) -> dict[int, Reminder]:
    """The coordinator's latest manual reminder of each of these ledger rows; one query."""
    given = Reminder.objects.filter(step__in=steps, kind=ReminderKind.MANUAL.value)
    return {reminder.step_id: reminder for reminder in given.order_by("created_at", "pk")}


def paused_until(reminder: Reminder | None, now: datetime) -> datetime | None:
    """Until when the step may not be reminded of by hand again, given its latest manual
    reminder; None if it may be now."""
    if reminder is None:
        return None
    again = reminder.created_at + MANUAL_PAUSE
    # One that is dated ahead was given before a clock was set back.
    return again if reminder.created_at <= now < again else None


@dataclass(frozen=True)
class Coming:
    """A stage and the moment when it is reached."""

    stage: Stage
    at: datetime


def coming(row: LedgerRow, stage: int, settings: ReminderSettings) -> list[Coming]:
    """The stages after `stage` of an open step, soonest first.

    They follow the limit and clock that were in force when the step began.
    """
    office, whole = office_of(Step(row.step), row.agency_id), of_record(row)
    found = []
    for later in escalation.stages_of(Step(row.step), settings.percents):
        if later.number > stage:
            share = Limit(whole.time * later.percent / 100, whole.clock)
            is_due = later.number == escalation.DUE.number
            at = row.due_at if is_due else share.due_at(row.started_at, office)
            found.append(Coming(later, at))
    return sorted(found, key=lambda later: (later.at, later.stage.number))


def next_moment(
    row: LedgerRow, stage: int, settings: ReminderSettings, now: datetime
) -> datetime | None:
    """When the step's next reminder is due, its `remind_at`; None if there is none left.

    A reminder that is held back `now` is due again when the office opens or the step is due.
    """
    first = next((later.at for later in coming(row, stage, settings)), None)
    if first is None or first > now:
        return first
    verdict = judge(row, stage, settings, now)
    return verdict.remind_at if verdict.held else first


@dataclass(frozen=True)
class Verdict:
    """What to do about an open step's reminders at one moment.

    `reached` are the stages whose moment has come; only the newest is sent, and not yet if it
    is `held` back. `stage` and `remind_at` are the values that its NextReminder then gets.
    """

    reached: tuple[Stage, ...]
    held: bool
    stage: int
    remind_at: datetime | None

    @property
    def newest(self) -> Stage:
        return self.reached[-1]

    @property
    def is_overdue(self) -> bool:
        return any(stage.number >= escalation.DUE.number for stage in self.reached)


def judge(row: LedgerRow, stage: int, settings: ReminderSettings, now: datetime) -> Verdict:
    """What to do about an open step now: after an outage, one reminder instead of each missed."""
    stages = coming(row, stage, settings)
    reached = tuple(later.stage for later in stages if later.at <= now)
    ahead = [later for later in stages if later.at > now]
    office = office_of(Step(row.step), row.agency_id)
    opens_at = quiet_hours.earliest_delivery(now, settings.quiet_outside_hours, office)
    if reached and settings.enabled and opens_at > now:
        return Verdict(reached, True, stage, min([opens_at, *_due_moments(ahead)]))
    last = reached[-1].number if reached else stage
    return Verdict(reached, False, last, ahead[0].at if ahead else None)


def _due_moments(ahead: Iterable[Coming]) -> list[datetime]:
    """The step's due time, if it is still ahead: C1 opens then even in quiet hours."""
    return [later.at for later in ahead if later.stage.number == escalation.DUE.number]
