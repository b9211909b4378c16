"""SOP C1: the automatic reminders and their escalation, and the coordinator's own button."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ..deadlines import Verdict, limit_of, reminder_schedule
from ..messaging import Directory, notifications
from ..models import (
    Complaint,
    NextReminder,
    Reminder,
    ReminderSettings,
    StepRecord,
    holder_key,
)
from ..permissions import Staff
from ..procedure import Action, Outcome, ReminderKind, Role, Step, escalation
from ..text import kept
from . import ledger
from .core import NotNow, check, check_seen, require_no_personal_data
from .ledger import LateStep

logger = logging.getLogger(__name__)

BATCH = 500
# When to try a row again that could not be judged, say for a calendar without opening hours.
TRY_AGAIN = timedelta(hours=1)


class Due(NamedTuple):
    """The fields of a ledger row that the batch needs, and the stage that it has reached."""

    pk: int
    complaint_id: int
    step: str
    agency_id: int | None
    started_at: datetime
    due_at: datetime
    limit_minutes: int
    clock: str
    stage: int

    @property
    def is_agency_step(self) -> bool:
        return escalation.is_agency_step(Step(self.step))


def remind_due(batch: int = BATCH) -> int:
    """Remind of up to `batch` open steps whose moment has come; returns how many it took.

    Reminders, C1 rows, next moments and messages are written in one transaction, so a
    killed worker leaves the batch as it was. Rows that another worker or an action has
    locked are skipped. Each row taken gets a later moment or none, so repeated calls reach 0.
    """
    with transaction.atomic():
        now = timezone.now()
        stages = select_due(now, batch)
        if stages:
            _carry_out(read_due(stages), now)
    return len(stages)


def select_due(now: datetime, batch: int) -> dict[int, int]:
    """The keys of the steps longest due, locked, and the stage of each.

    An action that closes one of them waits for the batch; the batch waits for no action and
    skips the rows that one has locked.
    """
    rows = NextReminder.objects.filter(remind_at__lte=now).order_by("remind_at")
    locked = rows.select_for_update(skip_locked=True, no_key=True)
    return dict(locked.values_list("pk", "stage")[:batch])


def read_due(stages: dict[int, int]) -> list[Due]:
    """The fields of these steps that the batch needs."""
    rows = StepRecord.objects.filter(pk__in=stages).order_by()
    return [Due._make((*row, stages[row[0]])) for row in rows.values_list(*Due._fields[:-1])]


def _carry_out(rows: list[Due], now: datetime) -> None:
    settings = ReminderSettings.current()
    verdicts = {row: _verdict(row, settings, now) for row in rows}
    speaking = {
        row: verdict
        for row, verdict in verdicts.items()
        if settings.enabled and verdict.reached and not verdict.held
    }
    late = [row for row, verdict in verdicts.items() if row.is_agency_step and verdict.is_overdue]
    closed = follow_c1(late, {row.pk for row in speaking}, now)
    spoken = {row: verdict for row, verdict in speaking.items() if row.pk not in closed}
    ledger.mark(
        (row.pk, verdict.stage, verdict.remind_at)
        for row, verdict in verdicts.items()
        if row.pk not in closed
    )
    _tell(spoken, _write_down(spoken, now), now)


def _verdict(row: Due, settings: ReminderSettings, now: datetime) -> Verdict:
    try:
        return reminder_schedule.judge(row, row.stage, settings, now)
    except Exception:
        # One bad row must not hold back everybody's reminders for ever.
        logger.exception("Step %s could not be judged for reminding", row.pk)
        return Verdict((), True, row.stage, now + TRY_AGAIN)


def follow_c1(
    late: Sequence[LateStep],
    spoken: set[int],
    now: datetime,
    user: Staff | None = None,
    note: str = "",
) -> set[int]:
    """Open the C1 of each late step that has none, and close it where a reminder was given.

    Returns the keys of the C1 rows that were open before and are closed now.
    """
    if not late:
        return set()
    known: defaultdict[int, list[StepRecord]] = defaultdict(list)
    for c1 in StepRecord.objects.filter(
        complaint__in=[row.complaint_id for row in late], step=Step.C1
    ):
        known[c1.complaint_id].append(c1)
    settings, limit = ReminderSettings.current(), limit_of(Step.C1, now)
    changed: list[StepRecord] = []
    closed: set[int] = set()
    for row in late:
        # The C1 rows of the complaint's earlier steps began before this step did.
        mine = [c1 for c1 in known[row.complaint_id] if c1.started_at > row.started_at]
        c1 = mine[-1] if mine else ledger.new_c1(row, limit, settings, now)
        if c1.finished_at is None and row.pk in spoken:
            closed |= {c1.pk} if mine else set()
            changed.append(ledger.finish(c1, now, Outcome.REMINDED, user, note))
        elif not mine:
            changed.append(c1)
    ledger.save_c1s(changed)
    return closed


def _write_down(speaking: dict[Due, Verdict], now: datetime) -> list[Reminder]:
    """A Reminder for each stage reached; returns the new ones that are told to somebody."""
    steps = [row.pk for row in speaking]
    there = set(Reminder.objects.filter(step__in=steps).values_list("step", "kind", "stage"))
    new = [
        Reminder(
            step_id=row.pk,
            kind=stage.kind.value,
            stage=stage.number,
            created_at=now,
            passed_over=stage != verdict.newest,
        )
        for row, verdict in speaking.items()
        for stage in verdict.reached
        if (row.pk, stage.kind.value, stage.number) not in there
    ]
    Reminder.objects.bulk_create(new)
    return [reminder for reminder in new if not reminder.passed_over]


def _tell(speaking: dict[Due, Verdict], written: Iterable[Reminder], now: datetime) -> None:
    directory, letters = Directory(), defaultdict[int, list[Reminder]](list)
    rows = {row.pk: (row, verdict) for row, verdict in speaking.items()}
    complaints = {row.complaint_id for row in speaking}
    named = Complaint.objects.filter(pk__in=complaints).values_list("pk", "official", "assignee")
    persons = {key: (official, assignee) for key, official, assignee in named}
    for reminder in written:
        row, verdict = rows[reminder.step_id]
        people = directory.audience(
            Step(row.step),
            row.agency_id,
            holder_key(Step(row.step), *persons[row.complaint_id]),
            verdict.reached,
        )
        for person in people:
            letters[person].append(reminder)
    notifications.after_reminders(letters, now)


def remind(
    complaint_id: int, user: Staff, message: str = "", *, seen: int | None = None
) -> Complaint:
    """The coordinator's own reminder (SOP C1), to the step's people and their head.

    It closes the C1 of an overdue step, and takes the place of the automatic reminders that
    quiet hours still hold back. Raises NotNow while no step is open at an agency, within
    reminder_schedule.MANUAL_PAUSE of the last one, or when the message holds personal data;
    NotYours for other roles.
    """
    with transaction.atomic():
        complaint = Complaint.locked.get(pk=complaint_id)
        check(complaint, Action.REMIND, user)
        check_seen(complaint, seen)
        record = ledger.lock_open_step(complaint)
        now = timezone.now()
        # First, so that the coordinator's own is the newest.
        speak_for_held(record, now)
        reminder = _manual(complaint, record, user, kept(message).strip(), now)
        if record.due_at <= now:
            follow_c1([record], {record.pk}, now, user, reminder.message)
        directory = Directory()
        step = Step(record.step)
        people = directory.of_step(step, record.agency_id, complaint.holder_key(step))
        people |= directory.of(Role.HEAD, record.agency_id)
        notifications.after_reminders({person: [reminder] for person in people}, now)
        log(
            instance=complaint,
            action=f"pengaduan_app.{Action.REMIND.value}",
            user=user,
            data={"step": record.step},
        )
    return complaint


def _manual(
    complaint: Complaint, record: StepRecord, user: Staff, message: str, now: datetime
) -> Reminder:
    """Store the reminder. Raises NotNow if it may not be given."""
    require_no_personal_data(complaint, message)
    earlier = Reminder.objects.filter(step=record, kind=ReminderKind.MANUAL.value)
    if reminder_schedule.paused_until(
        reminder_schedule.latest_manual([record.pk]).get(record.pk), now
    ):
        raise NotNow(
            _("A reminder of this step went out a moment ago. Give the agency five minutes.")
        )
    return Reminder.objects.create(
        step=record,
        kind=ReminderKind.MANUAL.value,
        stage=earlier.count() + 1,
        created_at=now,
        by=user,
        message=message,
    )


def speak_for_held(record: StepRecord, now: datetime) -> None:
    """Mark the automatic stages reached by now as passed over: the coordinator reminds now."""
    settings, before = ReminderSettings.current(), record.next_reminder.stage
    reached = reminder_schedule.judge(record, before, settings, now).reached
    if not reached:
        return
    Reminder.objects.bulk_create(
        Reminder(
            step=record,
            kind=stage.kind.value,
            stage=stage.number,
            created_at=now,
            passed_over=True,
        )
        for stage in reached
    )
    last = reached[-1].number
    ledger.mark([(record.pk, last, reminder_schedule.next_moment(record, last, settings, now))])
