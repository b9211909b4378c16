"""What reporters are shown of their complaint's progress. No internal notes, no names."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from ..messaging import reach
from ..models import Complaint, ComplaintPage, Inspectorate, shown_pictures
from ..procedure import Ground, State, Step, labels, reader_labels
from ..publication import ready, reporter_address, timeline_of

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


def reporter_view(complaint: Complaint) -> dict[str, object]:
    """State, timeline and answer for the complaint's own reporter.

    A joined complaint shows the answer of the complaint that it was joined with.
    """
    holder = complaint.answer_holder
    ground = complaint.ground
    page = given_answer(complaint)
    shown = shown_pictures(page.pictures.all()).get(page.pk, []) if page else []
    return {
        "state_label": _state_of(complaint),
        "ground_label": labels.GROUNDS[Ground(ground)] if ground else "",
        "next_words": labels.AFTER_THE_END.get(State(complaint.state), ""),
        "turn_to": Inspectorate.current().lines if complaint.is_referred else [],
        "holder": holder,
        "holder_state_label": _state_of(holder),
        "is_reopened": complaint.is_handled_again,
        "gets_news": reach.gets_news(complaint.reporter),
        "is_joined": holder.pk != complaint.pk,
        "timeline": timeline_of(holder),
        "attachments": complaint.attachments.filter(entry=None),
        "answer_page": page,
        "pictures": ready(shown, reporter_address),
    }


def given_answer(complaint: Complaint) -> ComplaintPage | None:
    """The page with the answer that the complaint's reporter may read, or None.

    The reporter of a joined complaint sees what the public sees: an answer may be meant for one
    person.
    """
    holder = complaint.answer_holder
    is_own = holder.pk == complaint.pk
    return answer_page(holder, holder.has_answer if is_own else holder.is_public)


def answer_page(complaint: Complaint, is_shown: bool) -> ComplaintPage | None:
    """The page with the latest answer that was given, or None if there is none to show."""
    if not is_shown:
        return None
    return ComplaintPage.objects.filter(complaint=complaint).first()


def upcoming_steps(complaint: Complaint, limits: dict[Step, timedelta]) -> list[dict[str, object]]:
    """The steps of the SOP's usual way with their time limits, for the receipt."""
    usual = (Step.A1, Step.A2, Step.A5, Step.A6, Step.A8, Step.B1, Step.B2)
    steps = usual if complaint.agency_id else (Step.C2, *usual)
    is_private = complaint.is_confidential
    return [
        {"title": reader_labels.step_label(step, is_private), "limit": limits[step]}
        for step in steps
    ]


def _state_of(complaint: Complaint) -> StrPromise:
    return reader_labels.state_label(State(complaint.state), complaint.is_confidential)
