"""Whose the open step is, as the desk's screens say it: nobody is kept from acting by that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from ... import actions, permissions
from ...models import (
    Absence,
    Complaint,
    ComplaintPage,
    StepRecord,
    StepRecordQuerySet,
    acting_for,
    held_by,
    held_by_nobody,
)
from ...permissions import Staff, StaffRequest
from ...presentation import long_day, person_name
from ...procedure import Action, Step, labels, sop
from .complaint_facts import admin_url

if TYPE_CHECKING:
    from ..home.home_panels import StepRow

# How the list's filter names them.
ME, NOBODY = "me", "nobody"


@dataclass(frozen=True)
class Button:
    """A way to change whose the step is; `asks` leads to a form, the others act at once."""

    label: str | Promise
    url: str
    asks: bool


@dataclass(frozen=True)
class Line:
    """What stands on the complaint's page."""

    name: str
    since: datetime | None
    is_mine: bool
    leave: str
    # The key of the open row, as text: Django would write a number with separators.
    seen: str
    buttons: list[Button]


def line(complaint: Complaint, user: Staff) -> Line | None:
    """Whose the open step is, and what the user may do about it; None if no step is open."""
    if complaint.open_step is None:
        return None
    holder = actions.holder_of(complaint)
    allowed = permissions.allowed_actions(user, complaint, sop.ASSIGNING_ACTIONS)
    record = complaint.open_record
    # What would only be refused isn't offered.
    useless = {Action.TAKE} if holder else {Action.RELEASE}
    return Line(
        person_name(holder),
        complaint.assigned_at if holder else None,
        holder == user,
        leaves_today().get(holder.pk, "") if holder else "",
        str(record.pk) if record else "",
        [
            Button(
                labels.ACTIONS[action],
                admin_url("action", complaint, action.value),
                asks=action == Action.GIVE,
            )
            for action in allowed
            if action not in useless
        ],
    )


def leaves_today() -> dict[int, str]:
    """Who is on leave today, by key: until when, and who stands in. One query."""
    absences = Absence.objects.on(timezone.localdate()).select_related("deputy")
    text = _("on leave until %(day)s; %(deputy)s stands in")
    return {
        absence.person_id: text
        % {"day": long_day(absence.last_day), "deputy": person_name(absence.deputy)}
        for absence in absences
    }


def others_step(complaint: Complaint, user: Staff) -> str:
    """That a colleague has the open step, for whoever is about to do it; empty if nobody has, if
    it is the user's, or if the user stands in."""
    holder = actions.holder_of(complaint)
    if holder is None or holder == user or acting_for(holder.pk, _deputies()) == user.pk:
        return ""
    return _("%(person)s has this step. You may do it all the same; tell them, if you do.") % {
        "person": person_name(holder)
    }


def say_in_editor(request: StaffRequest, page: Page) -> None:
    """Before the editor of an answer's page: that a colleague has its step."""
    specific = page.specific
    if request.method != "GET" or not isinstance(specific, ComplaintPage):
        return
    complaint, user = specific.complaint, request.user
    text = permissions.has_workflow_step(user, complaint) and others_step(complaint, user)
    if text:
        messages.info(request, text)


def mine_first(records: StepRecordQuerySet, user: Staff) -> StepRecordQuerySet:
    """The user's own steps and those of whom they stand in for, then the others; each soonest
    due first."""
    mine = ~Q(step=Step.C1.value) & held_by(_acted_for(user), "complaint__")
    rank = Case(When(mine, then=Value(0)), default=Value(1), output_field=IntegerField())
    return records.annotate(rank=rank).order_by("rank", "due_at", "pk")


def marked(rows: Iterable[StepRow], user: Staff) -> list[StepRow]:
    """The rows, each with whose step it is; one query, however many."""
    found, own = list(rows), _acted_for(user)
    for row in found:
        row.whose = _whose(row.record, user, own)
    return found


def _whose(record: StepRecord, user: Staff, own: set[int]) -> str:
    holder = record.holder
    if holder is None:
        return ""
    if holder == user:
        return _("Yours")
    if holder.pk in own:
        return _("Yours: you stand in for %(person)s") % {"person": person_name(holder)}
    return _("%(person)s has it") % {"person": person_name(holder)}


def narrowed(queryset: QuerySet[Complaint], value: str, user: Staff) -> QuerySet[Complaint]:
    """The list's complaints that wait for the user, or for nobody in particular."""
    return queryset.filter(held_by(_acted_for(user)) if value == ME else held_by_nobody())


def _acted_for(user: Staff) -> set[int]:
    """The user, and everybody in whose place they stand today."""
    deputies = _deputies()
    return {user.pk, *(key for key in deputies if acting_for(key, deputies) == user.pk)}


def _deputies() -> dict[int, int]:
    return Absence.objects.deputies_today()
