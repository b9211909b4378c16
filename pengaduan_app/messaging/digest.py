"""What an e-mail of reminders says: one entry for each step, whatever reminders it holds.

Like every e-mail it holds tickets and links, never the citizen's words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import OutboxMessage, Reminder
from ..procedure import ReminderKind, Step, labels, reader_labels, sop

# Nobody reads more in one e-mail; the rest is counted, and found in the list of complaints.
MOST_ENTRIES = 50


@dataclass
class Entry:
    """One step as the e-mail shows it."""

    ticket: str
    step: str
    role: str
    agency: str
    due_at: datetime
    title: str
    path: str
    messages: list[str] = field(default_factory=list)


def context_of(message: OutboxMessage) -> dict[str, object] | None:
    """What the e-mail's template needs; None when all of its steps are done by now."""
    given = message.reminders.filter(step__finished_at__isnull=True).select_related(
        "step__complaint", "step__agency"
    )
    entries: dict[int, Entry] = {}
    for reminder in given.order_by("step__due_at", "step_id", "pk"):
        entry = entries.setdefault(reminder.step_id, _entry(reminder))
        # The newest reminder of a step gives the entry its title.
        entry.title = str(labels.REMINDERS[ReminderKind(reminder.kind)])
        if reminder.message:
            entry.messages.append(reminder.message)
    if not entries:
        return None
    shown = list(entries.values())
    return {
        "subject": _subject(shown),
        "note": _common_note(shown),
        "entries": shown[:MOST_ENTRIES],
        "more": _more(len(shown) - MOST_ENTRIES),
    }


def _entry(reminder: Reminder) -> Entry:
    record = reminder.step
    step = Step(record.step)
    return Entry(
        ticket=record.complaint.ticket,
        step=str(reader_labels.step_label(step, record.complaint.is_confidential)),
        role=str(labels.ROLES[sop.STEPS[step].role]),
        agency=record.agency.name if record.agency else _("Not yet chosen"),
        due_at=record.due_at,
        title="",
        path=reverse("pengaduan_admin:inspect", args=[record.complaint_id]),
    )


def _common_note(entries: list[Entry]) -> str:
    """What the coordinator wrote about all of them at once, which then stands there once; empty
    if they differ."""
    notes = {tuple(entry.messages) for entry in entries}
    if len(entries) == 1 or len(notes) != 1:
        return ""
    [messages] = notes
    if len(messages) != 1:
        return ""
    for entry in entries:
        entry.messages.clear()
    return messages[0]


def _subject(entries: list[Entry]) -> str:
    if len(entries) == 1:
        [entry] = entries
        return _("%(ticket)s: %(title)s: %(step)s") % {
            "ticket": entry.ticket,
            "title": entry.title,
            "step": entry.step,
        }
    text = ngettext("%(count)d step waits", "%(count)d steps wait", len(entries))
    return text % {"count": len(entries)}


def _more(count: int) -> str:
    """A line about the steps that the e-mail leaves out; empty if it leaves out none."""
    if count <= 0:
        return ""
    text = ngettext(
        "%(count)d more step stands in the list of complaints.",
        "%(count)d more steps stand in the list of complaints.",
        count,
    )
    return text % {"count": count}
