"""What the complaint's admin page lists: its facts, and where its user may go from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from . import actions, labels, permissions, reminders, sop
from .escalation import ReminderKind
from .models import Complaint, ComplaintPage, Reminder, StepRecord
from .sop import Action, Channel, Ground, Kind, Privacy, Step
from .templatetags.pengaduan_tags import score_in_words, wib


@dataclass(frozen=True)
class Row:
    """A label with a value, a link, or both."""

    label: str
    value: str = ""
    url: str = ""


@dataclass(frozen=True)
class Reminded:
    """The coordinator's newest reminder of the open step, as its page shows it.

    Lists of none or one, so that the template needs no condition.
    """

    given: list[Reminder]
    # Until when the user, who may remind, has to wait.
    paused_until: list[datetime]

    @classmethod
    def of(cls, complaint: Complaint, user) -> Reminded:
        record = open_record(complaint)
        newest = record and reminders.by_hand([record.pk]).get(record.pk)
        until = reminders.paused_until(newest, timezone.now())
        may = permissions.allowed_actions(user, complaint, [Action.REMIND])
        return cls([newest] if newest else [], [until] if until and may else [])


def open_record(complaint: Complaint) -> StepRecord | None:
    """The ledger's row of the step that the complaint waits for."""
    return complaint.steps.open().exclude(step=Step.C1).select_related("agency").first()


def admin_url(name: str, complaint: Complaint, *args) -> str:
    """The address of one of the complaint's admin views."""
    return reverse(f"pengaduan_admin:{name}", args=[complaint.pk, *args])


def links(complaint: Complaint, user, reminded: Reminded) -> list[Row]:
    """Exactly the actions that the user may take now, then what they may open."""
    allowed = permissions.allowed_actions(user, complaint, sop.DESK_ACTIONS)
    paused = {Action.REMIND} if reminded.paused_until else set()
    rows = [
        Row(labels.ACTIONS[action], url=admin_url("action", complaint, action.value))
        for action in allowed
        if action not in paused
    ]
    page = ComplaintPage.objects.filter(complaint=complaint).only("pk").first()
    if page:
        rows.append(
            Row(_("Open the answer page"), url=reverse("wagtailadmin_pages:edit", args=[page.pk]))
        )
    rows.append(Row(_("Print the disposition sheet"), url=admin_url("print", complaint)))
    if permissions.may_reveal(user, complaint):
        rows.append(Row(_("Open the reporter's identity"), url=admin_url("reveal", complaint)))
    return rows


def facts(complaint: Complaint, user) -> list[Row]:
    """What is known of the complaint besides its words; never who sent it."""
    official = complaint.official
    rows = [
        Row(_("Ticket"), complaint.ticket),
        Row(_("Kind"), labels.KINDS[Kind(complaint.kind)]),
        Row(_("Privacy"), labels.PRIVACY[Privacy(complaint.privacy)]),
        Row(_("Agency"), complaint.agency or _("Not yet chosen")),
        Row(_("Official in charge"), (official and official.get_full_name()) or "–"),
        Row(_("Category"), complaint.category or "–"),
        Row(_("Village"), complaint.village or "–"),
        Row(_("Place"), complaint.place or "–"),
        Row(_("Channel"), labels.CHANNELS[Channel(complaint.channel)]),
        Row(_("Received"), wib(complaint.created_at)),
    ]
    return [*rows, *_later_facts(complaint, user)]


def _later_facts(complaint: Complaint, user) -> list[Row]:
    rows = []
    reports = complaint.steps.filter(judged_as=Step.A3.value).count()
    if reports:
        rows.append(Row(_("Times reported as misrouted"), reports))
    if complaint.duplicate_of:
        original = complaint.duplicate_of
        rows.append(Row(_("Earlier complaint"), original, admin_url("inspect", original)))
    for joined in Complaint.objects.visible_to(user).filter(duplicate_of=complaint):
        rows.append(Row(_("Joined complaint"), joined, admin_url("inspect", joined)))
    if complaint.ground:
        rows.append(Row(_("Ground"), labels.GROUNDS[Ground(complaint.ground)]))
    if complaint.was_reopened:
        rows.append(Row(_("Reopened"), wib(complaint.reopened_at)))
    rating = actions.rating_of(complaint)
    if rating:
        rows.append(Row(_("Rating"), score_in_words(rating)))
    if complaint.message:
        rows.append(Row(_("Message to the reporter"), complaint.message))
    return rows


def result(action: Action, complaint: Complaint) -> str:
    """What the user reads after an action went through."""
    if action == Action.REMIND:
        return _("%(agency)s is reminded of %(ticket)s.") % {
            "agency": complaint.agency,
            "ticket": complaint.ticket,
        }
    if action == Action.ASK:
        return _("The reporter of %(ticket)s is told of your question.") % {
            "ticket": complaint.ticket
        }
    return _("%(ticket)s is now in the state “%(state)s”.") % {
        "ticket": complaint.ticket,
        "state": labels.STATES[complaint.state],
    }


def next_links(action: Action, complaint: Complaint) -> list[Row]:
    """What the SOP has the user do beside the action: A2 also prints the sheet."""
    if action != Action.FORWARD:
        return []
    return [Row(_("Print the disposition sheet"), url=admin_url("print", complaint))]


def reminding(complaint: Complaint) -> list[Row]:
    """What the coordinator should know before reminding: the step, and what was said."""
    record = open_record(complaint)
    if record is None:
        return []
    rows = [
        Row(_("Agency"), record.agency or _("Not yet chosen")),
        Row(_("Open step"), labels.STEPS[Step(record.step)]),
        Row(_("Due"), wib(record.due_at)),
    ]
    given = Reminder.objects.filter(step=record, passed_over=False).order_by("pk")
    return [*rows, *map(_reminder_row, given)]


def _reminder_row(reminder: Reminder) -> Row:
    kind = ReminderKind(reminder.kind)
    if kind == ReminderKind.MANUAL:
        return Row(
            labels.REMINDERS[kind], f"{wib(reminder.created_at)}\n{reminder.message}".strip()
        )
    return Row(_("Automatic reminder"), f"{wib(reminder.created_at)}: {labels.REMINDERS[kind]}")
