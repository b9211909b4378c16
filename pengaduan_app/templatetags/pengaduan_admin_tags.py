"""Template tags of the admin screens."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from ..deadlines import TimeLeft, time_left
from ..desk import Help, help_with
from ..models import ComplaintPage, Contribution, StepRecord, ThreadEntry
from ..permissions import Visitor
from ..presentation import long_day, person_name
from ..procedure import Outcome, Step, labels

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

register = template.Library()


@register.inclusion_tag("pengaduan_app/desk/due.html")
def due_in_words(due_at: datetime, limit_minutes: int) -> dict[str, TimeLeft]:
    """How much time a step has left: in words, with a colour and an icon."""
    return {"left": time_left(due_at, limit_minutes, timezone.now())}


register.filter("staff_name", person_name)
register.filter("long_day", long_day)


@register.simple_tag
def writing_help(page: ComplaintPage, user: Visitor) -> Help | None:
    """What this answer can be written from; None for whoever may not write."""
    return help_with(page, user)


@register.filter
def said_by(entry: ThreadEntry | Contribution) -> str:
    """Who wrote it; staff by name, the reporter never."""
    if entry.author is None:
        return _("Reporter")
    return person_name(entry.author)


@register.filter
def done_by(record: StepRecord) -> str:
    """Who closed a row of the ledger: a member of staff, or the reporter or the reminders, which
    have no account."""
    if record.finished_by:
        return person_name(record.finished_by)
    return _("Reporter") if record.outcome == Outcome.RETRACTED else _("automatic")


@register.filter
def was_assigned_to(record: StepRecord) -> str:
    """Whose a closed step was, if somebody else did it."""
    return "" if record.assigned_to_id == record.finished_by_id else person_name(record.holder)


@register.filter
def step_label(step: str) -> StrPromise:
    """What an SOP step is called on the screen."""
    return labels.STEPS[Step(step)]
