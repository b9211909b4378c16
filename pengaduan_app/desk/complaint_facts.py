"""What is known of a complaint, as its admin page lists it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from .. import actions, permissions
from ..models import Complaint, Reminder
from ..presentation import person_name, score_in_words, wib
from ..procedure import Action, Channel, Ground, Kind, Outcome, Privacy, ReminderKind, Step, labels


@dataclass(frozen=True)
class Row:
    """A label with a value, a link, or both."""

    label: str
    value: str = ""
    url: str = ""


def admin_url(name: str, complaint: Complaint, *args) -> str:
    """The address of one of the complaint's admin views."""
    return reverse(f"pengaduan_admin:{name}", args=[complaint.pk, *args])


def facts(complaint: Complaint, user) -> list[Row]:
    """What is known of the complaint besides its words; never who sent it."""
    rows = [
        Row(_("Ticket"), complaint.ticket),
        Row(_("Kind"), labels.KINDS[Kind(complaint.kind)]),
        Row(_("Privacy"), labels.PRIVACY[Privacy(complaint.privacy)]),
        Row(_("Agency"), complaint.agency or _("Not yet chosen")),
        Row(_("Official in charge"), person_name(complaint.official) or "–"),
        Row(_("Category"), complaint.category or "–"),
        Row(_("Village"), complaint.village or "–"),
        Row(_("Place"), complaint.place or "–"),
        Row(_("Channel"), labels.CHANNELS[Channel(complaint.channel)]),
        Row(_("Received"), wib(complaint.created_at)),
    ]
    return [*rows, *_later_facts(complaint, user)]


def _later_facts(complaint: Complaint, user) -> list[Row]:
    rows = []
    called = ", ".join(str(agency) for agency in complaint.coordination.all())
    if called:
        rows.append(Row(_("Coordinates with"), called))
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


def calls(complaint: Complaint, user) -> list[dict[str, str]]:
    """What another agency's head asks of the user's agency (SOP A7): one or nothing."""
    if not permissions.is_called(user, complaint):
        return []
    where = _("Officials of your agency write on the answer's page; you may read it there.")
    if permissions.may_contribute(user, complaint):
        where = _("Write what you have to say on the answer's page.")
    return [{"request": complaint.coordination_request, "where": where}]


def about(action: Action, complaint: Complaint) -> list[Row]:
    """What the person should know before this action, besides the citizen's words."""
    if action == Action.REMIND:
        return reminding(complaint)
    return misrouting(complaint) if action == Action.TRANSFER else []


def misrouting(complaint: Complaint) -> list[Row]:
    """Who reported the complaint misrouted, and why; nothing where no agency had it yet."""
    last = complaint.steps.closed().select_related("agency").first()
    if last is None or last.outcome != Outcome.MISROUTED:
        return []
    return [Row(_("Reported by"), last.agency), Row(_("Reason"), last.note)]


def reminding(complaint: Complaint) -> list[Row]:
    """What the coordinator should know before reminding: the step, and what was said."""
    record = complaint.open_record
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
