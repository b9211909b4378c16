"""A complaint's steps as the public and its reporter see them: no notes, no names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from ..models import Complaint, PublishedAnswer, StepRecord
from ..procedure import AGENCY_STEPS, STEPS, Outcome, Step, labels, reader_labels

# How a step ends after which the answer is given, and the steps of its correction.
_GIVEN = frozenset({Outcome.PUBLISHED, Outcome.ANSWERED_PRIVATELY, Outcome.KEPT})
_CORRECTION = frozenset({Step.B1, Step.B2})


@dataclass(frozen=True)
class TimelineRow:
    """One step as a citizen sees it."""

    step: Step
    title: str
    who: str
    started_at: datetime
    finished_at: datetime | None
    due_at: datetime
    outcome: str
    late: bool

    @property
    def duration(self) -> timedelta | None:
        """How long the step took, or None while it is open."""
        return self.finished_at - self.started_at if self.finished_at else None

    @property
    def delay(self) -> timedelta | None:
        """How long an open step has been overdue, or None while it is in time."""
        now = timezone.now()
        return now - self.due_at if self.finished_at is None and now > self.due_at else None


def timeline_of(complaint: Complaint) -> list[TimelineRow]:
    """The complaint's steps, oldest first, stripped of what is for staff alone."""
    records = StepRecord.objects.filter(complaint=complaint).standing().exclude(step=Step.C1)
    rows = list(records.select_related("agency").defer("note"))
    correcting = _of_corrections(rows)
    return [_row(row, complaint.is_confidential, row.pk in correcting) for row in rows]


def closed_timelines(answers: Iterable[PublishedAnswer]) -> dict[int, list[TimelineRow]]:
    """The steps that led to each of these published answers, and those that corrected it, by
    complaint id.

    Leaves out the steps after the answer was given, while the complaint is handled again, and
    corrections that have changed nothing yet.
    """
    ends = {answer.complaint_id: answer.answered_at for answer in answers}
    found: dict[int, list[StepRecord]] = {key: [] for key in ends}
    closed = StepRecord.objects.filter(complaint__in=ends, finished_at__isnull=False)
    records = closed.standing()
    for record in records.exclude(step=Step.C1).select_related("agency").defer("note"):
        found[record.complaint_id].append(record)
    return {key: _until(ends[key], rows) for key, rows in found.items()}


def _until(end: datetime, records: list[StepRecord]) -> list[TimelineRow]:
    correcting = _of_corrections(records)
    published = _published(records, correcting)
    return [
        _row(record, corrects=record.pk in correcting)
        for record in records
        if (record.pk in published if record.pk in correcting else record.started_at < end)
    ]


def _of_corrections(records: Iterable[StepRecord]) -> set[int]:
    """The keys of one complaint's rows, oldest first, that belong to a correction: B1 begins one if
    the answer was given before, for a complaint that is reopened begins at A5 (SOP B1, B2)."""
    found: set[int] = set()
    is_given = is_correcting = False
    for record in records:
        is_correcting = record.step in _CORRECTION and (is_given or is_correcting)
        if is_correcting:
            found.add(record.pk)
        is_given = record.outcome in _GIVEN
        is_correcting = is_correcting and not is_given
    return found


def _published(records: Iterable[StepRecord], correcting: set[int]) -> set[int]:
    """Those rows of corrections whose correction has been published."""
    published: set[int] = set()
    waiting: set[int] = set()
    for record in records:
        if record.pk in correcting:
            waiting.add(record.pk)
        if record.outcome in _GIVEN:
            published |= waiting if record.outcome == Outcome.PUBLISHED else set()
            waiting = set()
    return published


def _who(record: StepRecord) -> str:
    """Whose step it was. A record of public relations or the administrator names the
    complaint's agency, which has no part in that step."""
    step = record.judged_step
    if step not in AGENCY_STEPS:
        return str(labels.ROLES[STEPS[step].role])
    return record.agency.name if record.agency else ""


def _row(record: StepRecord, is_confidential: bool = False, corrects: bool = False) -> TimelineRow:
    is_private = is_confidential or record.outcome == Outcome.ANSWERED_PRIVATELY
    return TimelineRow(
        step=record.judged_step,
        title=str(reader_labels.step_label(record.judged_step, is_private, corrects)),
        who=_who(record),
        started_at=record.started_at,
        finished_at=record.finished_at,
        due_at=record.judged_due_at or record.due_at,
        outcome=str(labels.OUTCOMES[Outcome(record.outcome)]) if record.outcome else "",
        late=record.was_late,
    )
