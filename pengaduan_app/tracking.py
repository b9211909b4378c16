"""What people who aren't staff are shown of a complaint's way. No notes, no names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from . import labels, sop
from .models import Complaint, ComplaintPage, StepRecord
from .sop import State, Step


@dataclass(frozen=True)
class TimelineRow:
    """One step as a citizen sees it."""

    step: Step
    title: str
    agency: str
    started_at: datetime
    finished_at: datetime | None
    due_at: datetime
    outcome: str
    late: bool

    @property
    def duration(self) -> timedelta | None:
        return self.finished_at - self.started_at if self.finished_at else None


def timeline(complaint_id: int, *, closed_only: bool = False) -> list[TimelineRow]:
    """The complaint's steps, oldest first, stripped of what is for staff alone."""
    records = StepRecord.objects.filter(complaint=complaint_id).exclude(step=Step.C1)
    if closed_only:
        records = records.filter(finished_at__isnull=False)
    return [_row(record) for record in records.select_related("agency").defer("note")]


def _row(record: StepRecord) -> TimelineRow:
    return TimelineRow(
        step=record.judged_step,
        title=labels.STEPS[record.judged_step],
        agency=record.agency.name if record.agency else "",
        started_at=record.started_at,
        finished_at=record.finished_at,
        due_at=record.judged_due_at or record.due_at,
        outcome=labels.OUTCOMES.get(record.outcome, ""),
        late=record.was_late,
    )


def reporter_view(complaint: Complaint) -> dict:
    """State, timeline and answer for the complaint's own reporter.

    A joined complaint shows the answer of the one that it was joined with.
    """
    holder = complaint.answer_holder
    return {
        "state_label": labels.STATES[State(complaint.state)],
        "ground_label": labels.GROUNDS.get(complaint.ground, ""),
        "holder": holder,
        "holder_state_label": labels.STATES[State(holder.state)],
        "is_joined": holder.pk != complaint.pk,
        "timeline": timeline(holder.pk),
        "answer_page": answer_page(holder),
    }


def answer_page(complaint: Complaint) -> ComplaintPage | None:
    """The page with the answer as it was given, or None while there is none."""
    if complaint.state not in sop.ANSWERED_STATES:
        return None
    return ComplaintPage.objects.filter(complaint=complaint).first()


def upcoming_steps(complaint: Complaint, limits: dict[Step, timedelta]) -> list[dict]:
    """What happens next and within what time, for the receipt: the SOP's usual way."""
    usual = (Step.A1, Step.A2, Step.A5, Step.A6, Step.A8, Step.B1, Step.B2)
    steps = usual if complaint.agency_id else (Step.C2, *usual)
    return [{"title": labels.STEPS[step], "limit": limits[step]} for step in steps]
