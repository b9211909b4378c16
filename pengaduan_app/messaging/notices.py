"""What staff find under the admin's bell, and the e-mail that says it once a day to whoever
prefers that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import ngettext

from ..models import Complaint, MailChoice, Notice, NoticeQuerySet, OutboxMessage, Reminder
from ..procedure import Step, labels
from . import delivery

Kind = OutboxMessage.Kind

# What may wait for the next morning. A reminder may not: its step is nearly due, or late.
MAY_WAIT = frozenset(
    {Kind.STEP, Kind.COORDINATION, Kind.CONTRIBUTION, Kind.FOLLOW_UP, Kind.REOPENED}
)
# The hour of the day, in the site's own time, from which the daily e-mail goes out.
DAILY_FROM = 7
DAY = timedelta(days=1)
# Nobody reads more in one e-mail; the rest is counted.
MOST_ENTRIES = 50


def note(messages: Iterable[OutboxMessage]) -> list[OutboxMessage]:
    """Put a notice under the bell for each message to a member of staff, and return the
    messages that are to be sent: those for people who wait for the daily e-mail are not."""
    messages = list(messages)
    new = [
        Notice(
            recipient_id=message.recipient_id,
            kind=message.kind,
            complaint_id=message.complaint_id,
            step=message.step,
            key=message.key,
            created_at=message.created_at,
        )
        for message in messages
        if message.recipient_id and message.complaint_id
    ]
    if not new:
        return messages
    Notice.objects.bulk_create(new, ignore_conflicts=True)
    people = {notice.recipient_id for notice in new}
    chosen = MailChoice.objects.filter(when=MailChoice.When.DAILY, user__in=people)
    waiting = set(chosen.values_list("user", flat=True))
    return [m for m in messages if m.recipient_id not in waiting or m.kind not in MAY_WAIT]


def note_reminders(letters: Mapping[int, Iterable[Reminder]], now: datetime) -> None:
    """The same for reminders, which `letters` holds by the key of each person."""
    Notice.objects.bulk_create(
        [
            Notice(
                recipient_id=person,
                kind=Kind.REMINDER,
                complaint_id=reminder.step.complaint_id,
                step_id=reminder.step_id,
                reminder=reminder,
                key=f"reminder:{reminder.pk}:{person}",
                created_at=now,
            )
            for person, reminders in letters.items()
            for reminder in reminders
        ],
        ignore_conflicts=True,
    )


def queue_daily(now: datetime) -> int:
    """Queue today's e-mail for each person who chose one a day and for whom something is new;
    returns how many. Called again on the same day it does nothing more."""
    if now < _hour_of(now):
        return 0
    day = timezone.localtime(now).date().isoformat()
    done = OutboxMessage.objects.filter(kind=Kind.DAILY, key__startswith=f"daily:{day}:")
    people = MailChoice.objects.filter(when=MailChoice.When.DAILY, user__is_active=True)
    asked = people.exclude(user__in=done.values("recipient")).values("user")
    new = _of_the_day(now).filter(recipient__in=asked)
    letters = [
        OutboxMessage(
            kind=Kind.DAILY,
            recipient_id=person,
            key=f"daily:{day}:{person}",
            created_at=now,
            send_after=now,
        )
        for person in new.order_by("recipient").values_list("recipient", flat=True).distinct()
    ]
    if letters:
        OutboxMessage.objects.bulk_create(letters, ignore_conflicts=True)
        delivery.deliver_soon()
    return len(letters)


def _hour_of(now: datetime) -> datetime:
    """When the daily e-mail of this day is due."""
    return timezone.localtime(now).replace(hour=DAILY_FROM, minute=0, second=0, microsecond=0)


def _of_the_day(now: datetime) -> NoticeQuerySet:
    """What this day's e-mail tells: each notice stands in one day's, whenever that is sent."""
    until = _hour_of(now)
    return Notice.objects.unread().filter(created_at__gt=until - DAY, created_at__lte=until)


def context_of(message: OutboxMessage) -> dict[str, object] | None:
    """What the daily e-mail's template needs; None if all of it was read or done meanwhile."""
    person = message.recipient
    if person is None:
        return None
    seen = Complaint.objects.visible_to(person)
    new = _of_the_day(message.created_at).filter(recipient=person, complaint__in=seen)
    entries = list(new.select_related("complaint", "step", "reminder").order_by("pk"))
    if not entries:
        return None
    count = len(entries)
    text = ngettext("%(count)d thing is new", "%(count)d things are new", count)
    return {
        "subject": text % {"count": count},
        "entries": [(entry, step_of(entry)) for entry in entries[:MOST_ENTRIES]],
        "more": max(0, count - MOST_ENTRIES),
        "path": reverse("pengaduan_notices"),
    }


def step_of(notice: Notice) -> str | Promise:
    """The name of the step that it tells of; empty if it tells of none."""
    return labels.STEPS[Step(notice.step.step)] if notice.step else ""
