"""A complaint's steps as the public and its reporter see them: no notes, no names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from ..models import PublishedAnswer, StepRecord
from ..procedure import AGENCY_STEPS, STEPS, Outcome, Step, labels


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


def timeline_of(complaint_id: int) -> list[TimelineRow]:
    """The complaint's steps, oldest first, stripped of what is for staff alone."""
    records = StepRecord.objects.filter(complaint=complaint_id).standing().exclude(step=Step.C1)
    return [_row(record) for record in records.select_related("agency").defer("note")]


def closed_timelines(answers: Iterable[PublishedAnswer]) -> dict[int, list[TimelineRow]]:
    """The steps that led to each of these published answers, by complaint id.

    Leaves out the steps after the answer was given, while the complaint is handled again.
    """
    ends = {answer.complaint_id: answer.answered_at for answer in answers}
    found: dict[int, list[TimelineRow]] = {key: [] for key in ends}
    closed = StepRecord.objects.filter(complaint__in=ends, finished_at__isnull=False)
    records = closed.standing()
    for record in records.exclude(step=Step.C1).select_related("agency").defer("note"):
        if record.started_at < ends[record.complaint_id]:
            found[record.complaint_id].append(_row(record))
    return found


def _who(record: StepRecord) -> str:
    """Whose step it was. A record of public relations or the administrator names the
    complaint's agency, which has no part in that step."""
    step = record.judged_step
    if step not in AGENCY_STEPS:
        return str(labels.ROLES[STEPS[step].role])
    return record.agency.name if record.agency else ""


def _row(record: StepRecord) -> TimelineRow:
    return TimelineRow(
        step=record.judged_step,
        title=str(labels.STEPS[record.judged_step]),
        who=_who(record),
        started_at=record.started_at,
        finished_at=record.finished_at,
        due_at=record.judged_due_at or record.due_at,
        outcome=str(labels.OUTCOMES[Outcome(record.outcome)]) if record.outcome else "",
        late=record.was_late,
    )
