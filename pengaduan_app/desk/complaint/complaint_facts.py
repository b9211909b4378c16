"""What is known of a complaint, as its admin page lists it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from wagtail.admin import messages

from ... import actions, permissions
from ...models import Arrival, Complaint, Inspectorate, Reminder, Reporter
from ...permissions import Staff
from ...presentation import long_day, person_name, score_in_words, wib
from ...procedure import Channel, Ground, Kind, Outcome, Privacy, ReminderKind, State, Step, labels


@dataclass(frozen=True)
class Row:
    """A label with a value, a link, or both. The value is anything that reads well as text."""

    label: str | Promise
    value: object = ""
    url: str = ""


@dataclass(frozen=True)
class Call:
    """What another agency's head asks of the user's agency (SOP A7), and where to write."""

    request: str
    where: str


def admin_url(name: str, complaint: Complaint, *args: object) -> str:
    """The URL of one of the complaint's admin views."""
    return reverse(f"pengaduan_admin:{name}", args=[complaint.pk, *args])


def facts(complaint: Complaint, user: Staff) -> list[Row]:
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
    return [*rows, *_arrival_facts(complaint), *_later_facts(complaint, user)]


def _arrival_facts(complaint: Complaint) -> list[Row]:
    """How it came, if staff entered it; and that nobody knows whose it is, if no name was asked."""
    rows = []
    if arrival := Arrival.of(complaint):
        letter = [arrival.letter_number, arrival.letter_date and long_day(arrival.letter_date)]
        rows += [
            Row(_("Received by the office on"), long_day(arrival.received_on)),
            Row(_("Entered by"), person_name(arrival.entered_by)),
        ]
        if any(letter):
            rows.append(Row(_("Letter"), ", ".join(str(part) for part in letter if part)))
    if Reporter.is_unknown(complaint.pk):
        rows.append(Row(_("Reporter"), _("Anonymous: no name was asked, and nobody is told.")))
    return rows


def _later_facts(complaint: Complaint, user: Staff) -> list[Row]:
    """What has come to be known of the complaint on its way; only the facts that it has."""
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


def call(complaint: Complaint, user: Staff) -> Call | None:
    """What the user's agency is called to coordinate; None if it isn't called."""
    if not permissions.is_called(user, complaint):
        return None
    where = _("Officials of your agency write on the answer's page; you may read it there.")
    if permissions.may_contribute(user, complaint):
        where = _(
            "Write what you have to say on the answer's page, or press “Our part is done” and "
            "write it there."
        )
    return Call(complaint.coordination_request, where)


def misrouting(complaint: Complaint) -> list[Row]:
    """Who reported the complaint as misrouted, and why; empty if no agency has had it yet."""
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


def inspectorate(complaint: Complaint) -> list[Row]:
    """Where the reporter is told to turn; or that nobody has filled it in yet."""
    lines = Inspectorate.current().lines
    missing = _(
        "Not filled in yet, so the reporter isn't told. Ask the complaint administrator to fill "
        "in “Settings → Inspectorate”."
    )
    carried = _(
        "Your agency: print the referral sheet afterwards, and send or bring it there. Nothing is "
        "sent automatically, and the sheet has neither the reporter's name nor contacts."
    )
    return [
        Row(_("Who passes it on"), carried),
        Row(_("The reporter is told to turn to"), "\n".join(lines) or missing),
    ]


def _reminder_row(reminder: Reminder) -> Row:
    kind = ReminderKind(reminder.kind)
    if kind == ReminderKind.MANUAL:
        return Row(
            labels.REMINDERS[kind], f"{wib(reminder.created_at)}\n{reminder.message}".strip()
        )
    return Row(_("Automatic reminder"), f"{wib(reminder.created_at)}: {labels.REMINDERS[kind]}")


def state_now(complaint: Complaint) -> str:
    """The state that an action has brought the complaint to, in a sentence."""
    return _("%(ticket)s is now in the state “%(state)s”.") % {
        "ticket": complaint.ticket,
        "state": labels.STATES[State(complaint.state)],
    }


def button_to(complaint: Complaint) -> tuple[str, str, bool]:
    """A message's button that leads back to the complaint which the message is about."""
    label = _("Open %(ticket)s again") % {"ticket": complaint.ticket}
    return messages.button(admin_url("inspect", complaint), label)
