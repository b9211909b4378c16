"""Opens and closes the rows of the ledger; only the actions call it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from django.db import connection
from django.db.models import QuerySet

from ..deadlines import Limit, limit_if_chosen, limit_of, of_record, office_of, reminder_schedule
from ..models import Complaint, NextReminder, ReminderSettings, StepRecord
from ..permissions import Staff
from ..procedure import Outcome, State, Step, Transition, clock, sop

CLOSING_FIELDS = (
    "judged_as",
    "judged_due_at",
    "late",
    "seconds",
    "finished_at",
    "finished_by",
    "outcome",
    "note",
)


class LateStep(Protocol):
    """What C1 takes from a late step: a ledger row, or the fields that a batch reads of one."""

    @property
    def pk(self) -> int: ...
    @property
    def complaint_id(self) -> int: ...
    @property
    def agency_id(self) -> int | None: ...
    @property
    def started_at(self) -> datetime: ...
    @property
    def due_at(self) -> datetime: ...


def open_step(complaint: Complaint, at: datetime) -> StepRecord:
    """Start the step that the complaint now waits for."""
    step = sop.OPEN_STEP[State(complaint.state)]
    record = _begin(step, complaint.agency_id, at, limit_of(step, at))
    record.complaint = complaint
    set_times(record, ReminderSettings.current(), at)
    record.save()
    record.next_reminder.save(force_insert=True)
    return record


def resume_step(complaint: Complaint, closed: StepRecord, at: datetime) -> StepRecord:
    """Go on with a step whose end was undone: a row of its own, which began when the closed one
    did and has its limit, so that nobody gains time by a slip. The closed row stays as it is."""
    step, limit = Step(closed.step), of_record(closed)
    record = _begin(step, closed.agency_id, closed.started_at, limit)
    record.complaint = complaint
    set_times(record, ReminderSettings.current(), at)
    record.save()
    record.next_reminder.save(force_insert=True)
    return record


def new_c1(late: LateStep, limit: Limit, settings: ReminderSettings, now: datetime) -> StepRecord:
    """The coordinator's step (SOP C1), unsaved: it began when the `late` step fell due."""
    record = _begin(Step.C1, late.agency_id, late.due_at, limit)
    record.complaint_id = late.complaint_id
    set_times(record, settings, now)
    return record


def _begin(step: Step, agency_id: int | None, at: datetime, limit: Limit) -> StepRecord:
    record = StepRecord(
        step=step.value,
        agency_id=agency_id,
        started_at=at,
        limit_minutes=limit.minutes,
        clock=limit.clock.value,
    )
    record.next_reminder = NextReminder()
    return record


def set_times(record: StepRecord, settings: ReminderSettings, now: datetime) -> None:
    """Compute when an open row is due and next reminded of, by the limit and the clock that
    it was opened under. Nothing else computes these; the caller saves both."""
    office = office_of(Step(record.step), record.agency_id)
    record.due_at = of_record(record).due_at(record.started_at, office)
    progress = record.next_reminder
    progress.remind_at = reminder_schedule.next_moment(record, progress.stage, settings, now)


def close(
    complaint: Complaint, user: Staff | None, rule: Transition, at: datetime, note: str
) -> StepRecord:
    """End the open step. A3 and A4 are judged by their own limits (SOP A3, A4).

    A C1 that is still open ends with it: there is nobody left to remind.
    """
    assert rule.outcome, "Only a move with an outcome closes a step."
    record = lock_open_step(complaint)
    # Read after the lock: the batch of reminders that held the row may have opened a C1.
    c1 = StepRecord.objects.open().filter(complaint=complaint, step=Step.C1).first()
    if c1:
        finish(c1, at, Outcome.OVERTAKEN).save()
        forget_reminders([c1])
    finish(record, at, rule.outcome, user, note)
    record.assigned_to_id = complaint.holder_key(Step(record.step))
    if rule.judged_as:
        record.judged_as = rule.judged_as.value
        _limit, record.judged_due_at = limit_if_chosen(record, rule.judged_as)
        record.late = clock.is_late(at, record.judged_due_at)
    record.save()
    forget_reminders([record])
    return record


def lock_open_step(complaint: Complaint) -> StepRecord:
    """The row that the complaint waits for, locked; a batch of reminders may hold it first."""
    [record] = lock_open_steps([complaint])
    return record


def lock_open_steps(complaints: Iterable[Complaint]) -> list[StepRecord]:
    """The rows that these complaints wait for, locked in the order of their keys."""
    waiting = NextReminder.objects.exclude(step__step=Step.C1).select_related("step")
    locked = waiting.select_for_update(of=("self",), no_key=True)
    rows = locked.filter(step__complaint__in=list(complaints)).order_by("pk")
    return [_with_progress(row) for row in rows]


def _with_progress(row: NextReminder) -> StepRecord:
    row.step.next_reminder = row
    return row.step


def finish(
    record: StepRecord,
    at: datetime,
    outcome: Outcome,
    user: Staff | None = None,
    note: str = "",
) -> StepRecord:
    """Fill in how an open row ended, judged by its own step's limit; the caller saves it.

    A row that began in the future, because a clock was set back, took no time at all.
    """
    at = max(at, record.started_at)
    record.judged_as = record.step
    record.judged_due_at = record.due_at
    record.late = clock.is_late(at, record.due_at)
    record.seconds = int((at - record.started_at).total_seconds())
    record.finished_at = at
    record.finished_by = user
    record.outcome = outcome.value
    record.note = note
    return record


def save_c1s(records: Iterable[StepRecord]) -> None:
    """Write many C1 rows at once: new ones, open or closed, and old ones now closed."""
    new: list[StepRecord] = []
    old: list[StepRecord] = []
    for record in records:
        (old if record.pk else new).append(record)
    StepRecord.objects.bulk_create(new)
    NextReminder.objects.bulk_create(c1.next_reminder for c1 in new if not c1.finished_at)
    # Not the model's own queryset, which refuses: it can't know that these rows were open.
    rows: QuerySet[StepRecord] = QuerySet(StepRecord)
    rows.bulk_update(old, CLOSING_FIELDS)
    forget_reminders(old)


def forget_reminders(closed: list[StepRecord]) -> None:
    """A step that is closed is never reminded of again."""
    if closed:
        NextReminder.objects.filter(step__in=closed).delete()


def mark(marks: Iterable[tuple[int, int, datetime | None]]) -> None:
    """Note how far the reminders of open rows have come: (key, stage, next moment).

    One statement for those that go on and one for those that end, however many: bulk_update
    takes ten times as long, because it builds a CASE for each row.
    """
    moment = NextReminder._meta.get_field("remind_at")
    going, ended, moments = {}, {}, []
    for key, stage, remind_at in marks:
        if remind_at is None:
            ended[key] = f"({key:d}, {stage:d}, NULL)"
        else:
            going[key] = f"({key:d}, {stage:d}, %s)"
            moments.append(moment.get_db_prep_value(remind_at, connection))
    _update_from(going, moments)
    _update_from(ended, [])


def _update_from(rows: dict[int, str], moments: list[str | datetime]) -> None:
    """UPDATE … FROM (VALUES …) of these rows, by key; Django's ORM has no such statement.

    Whole numbers are written into the statement itself: a parameter for each takes longer
    than the update. The keys come twice because PostgreSQL reads the whole table otherwise.
    """
    if not rows:
        return
    table = connection.ops.quote_name(NextReminder._meta.db_table)
    keys = ", ".join(f"{key:d}" for key in rows)
    next_moment = "marks.column3" if moments else "NULL"
    with connection.cursor() as cursor:
        cursor.execute(
            # Names of columns and %s alone; the values are parameters.
            f"UPDATE {table} SET stage = marks.column2, remind_at = {next_moment} "  # nosec B608
            f"FROM (VALUES {', '.join(rows.values())}) AS marks "
            f"WHERE {table}.step_id = marks.column1 AND {table}.step_id IN ({keys})",
            moments,
        )
