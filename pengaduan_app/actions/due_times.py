"""Keeps the due times of open steps right: when office hours or days off change, and when a clock
was set back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_q.tasks import async_task

from ..deadlines import forget_calendar
from ..messaging import SKEW
from ..models import Agency, NextReminder, ReminderSettings, StepRecord
from ..procedure import ClockKind
from . import ledger

BATCH = 500
# Computing this many open rows takes about a second; the cluster does larger jobs.
INLINE = 2000


def recompute_due_times(agency: Agency | None = None) -> int:
    """Recompute the times of open steps, and return how many steps moved.

    Each row by its own limit and clock: a step keeps the limit it started under. Closed
    rows never change, nor does the due time of a row on the elapsed clock; its reminder
    may, where quiet hours hold it back. Safe to run twice; it also runs every few
    minutes, for steps that began in another process while the calendar changed.
    """
    forget_calendar()
    moved, settings, now = 0, ReminderSettings.current(), timezone.now()
    for batch in _batches(_rows(agency)):
        before = {record.pk: _times(record) for record in batch}
        for record in batch:
            ledger.set_times(record, settings, now)
        changed = [record for record in batch if _times(record) != before[record.pk]]
        StepRecord.objects.move_due_times(changed)
        NextReminder.objects.bulk_update(
            [record.next_reminder for record in changed], ["remind_at"]
        )
        moved += sum(record.due_at != before[record.pk][0] for record in changed)
    return moved


def restart_steps_ahead() -> int:
    """Let open steps that began in the future begin now; returns how many did.

    They were opened before a clock was set back, perhaps by a month: due and reminded of
    by what it showed then, they would be forgotten until that day.
    """
    with transaction.atomic():
        now = timezone.now()
        ahead = NextReminder.objects.filter(
            step__started_at__gt=now + SKEW, step__finished_at__isnull=True
        )
        records = []
        locked = ahead.select_for_update(of=("self",), no_key=True).select_related("step")
        for progress in locked.order_by("pk")[:BATCH]:
            record = progress.step
            record.started_at, record.next_reminder = now, progress
            ledger.set_times(record, ReminderSettings.current(), now)
            records.append(record)
        StepRecord.objects.restart(records)
        NextReminder.objects.bulk_update([r.next_reminder for r in records], ["remind_at"])
    return len(records)


def follow_calendar(agency: Agency | None = None) -> int | None:
    """After a change: recompute at once, or leave it to the cluster and return None if that
    would hold up a request."""
    if _rows(agency)[INLINE : INLINE + 1].exists():
        async_task("pengaduan_app.tasks.recompute_due_times", agency and agency.pk)
        return None
    return recompute_due_times(agency)


def _rows(agency: Agency | None) -> QuerySet[StepRecord]:
    """The open rows that depend on a calendar: for their limit, or in quiet hours for a
    reminder that waits for the office to open."""
    rows = StepRecord.objects.open().select_related("next_reminder").order_by("pk")
    if not ReminderSettings.current().quiet_outside_hours:
        rows = rows.exclude(clock=ClockKind.ELAPSED.value)
    return rows if agency is None else rows.filter(agency=agency)


def _batches(rows: QuerySet[StepRecord]) -> Iterator[list[StepRecord]]:
    """By key, so that each batch is read when its turn comes and holds its locks briefly."""
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        yield batch


def _times(record: StepRecord) -> tuple[datetime, datetime | None]:
    return record.due_at, record.next_reminder.remind_at
