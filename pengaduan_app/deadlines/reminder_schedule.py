"""When an open step's reminders come, by its own limit and clock. Reads, writes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..models import Reminder, ReminderSettings
from ..procedure import ReminderKind, Stage, Step, escalation
from . import quiet_hours
from .limits import Limit, of_record, office_of

# Between two reminders of one step by hand.
MANUAL_PAUSE = timedelta(minutes=5)


def latest_manual(steps: Iterable[int]) -> dict[int, Reminder]:
    """The coordinator's newest reminder of each of these ledger rows that has one; one query."""
    given = Reminder.objects.filter(step__in=steps, kind=ReminderKind.MANUAL.value)
    return {reminder.step_id: reminder for reminder in given.order_by("created_at", "pk")}


def paused_until(reminder: Reminder | None, now: datetime) -> datetime | None:
    """Until when the step of the newest one by hand may not be reminded of again; None: it may."""
    again = reminder and reminder.created_at + MANUAL_PAUSE
    return again if again and again > now else None


@dataclass(frozen=True)
class Coming:
    """A stage and its moment."""

    stage: Stage
    at: datetime


def coming(row, stage: int, settings: ReminderSettings) -> list[Coming]:
    """The stages that an open step has still before it, soonest first.

    `row` is a ledger row, or anything with its fields: the limit and the clock that the
    step started under count, and stages up to the given one are over.
    """
    office, whole = office_of(Step(row.step), row.agency_id), of_record(row)
    found = []
    for later in escalation.stages_of(Step(row.step), settings.percents):
        if later.number > stage:
            share = Limit(whole.time * later.percent / 100, whole.clock)
            is_due = later.number == escalation.DUE.number
            at = row.due_at if is_due else share.due_at(row.started_at, office)
            found.append(Coming(later, at))
    return sorted(found, key=lambda one: (one.at, one.stage.number))


def next_moment(row, stage: int, settings: ReminderSettings, now: datetime) -> datetime | None:
    """When the step next calls for a reminder: its `remind_at`. None: never again.

    One that is held back `now` calls again when the office opens, or when the step is due.
    """
    first = next((one.at for one in coming(row, stage, settings)), None)
    if first is None or first > now:
        return first
    verdict = judge(row, stage, settings, now)
    return verdict.remind_at if verdict.held else first


@dataclass(frozen=True)
class Verdict:
    """What an open step's reminders come to at one moment.

    `reached` are the stages whose moment has come; the newest one speaks, now unless
    `held` back. `stage` and `remind_at` are what its NextReminder then says.
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


def judge(row, stage: int, settings: ReminderSettings, now: datetime) -> Verdict:
    """What to do about an open step now: after an outage one reminder, not each missed one."""
    stages = coming(row, stage, settings)
    reached = tuple(one.stage for one in stages if one.at <= now)
    ahead = [one for one in stages if one.at > now]
    office = office_of(Step(row.step), row.agency_id)
    opens_at = quiet_hours.earliest_delivery(now, settings.quiet_outside_hours, office)
    if reached and settings.enabled and opens_at > now:
        return Verdict(reached, True, stage, min([opens_at, *_due_moments(ahead)]))
    last = reached[-1].number if reached else stage
    return Verdict(reached, False, last, ahead[0].at if ahead else None)


def _due_moments(ahead: Iterable[Coming]) -> list[datetime]:
    """The due moment still to come: C1 opens then, quiet or not."""
    return [one.at for one in ahead if one.stage.number == escalation.DUE.number]
