"""Whether the database, the cluster, the outbox and the reminders are alive.

Cheap enough to be asked each second: at most four small queries, each on an index. The
limits below are in docs/operations.md too.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import Error
from django.db.models import Min
from django.utils import timezone

from ..models import Heartbeat, NextReminder, OutboxMessage

# The cluster leaves a heartbeat each minute; a long task can hold one or two back.
CLUSTER_SILENT = timedelta(minutes=5)
# A message, or a step that calls for a reminder, that nobody has taken up for so long.
LEFT_LYING = timedelta(minutes=10)
# Nothing at all got out since the oldest waiting message came, so long ago: the mail server.
NOTHING_SENT = timedelta(hours=1)


def beat() -> None:
    """Leave a heartbeat now; the cluster's schedule calls it."""
    Heartbeat.objects.update_or_create(pk=Heartbeat.ROW, defaults={"at": timezone.now()})


def beat_at_start(**kwargs) -> None:
    """A worker that has just started is alive, before its first schedule comes round."""
    # On a site that isn't migrated yet there is nowhere to leave it.
    with suppress(Error):
        beat()


def expect_heartbeats() -> None:
    """From now on silence counts; called once, at set-up. Safe to repeat."""
    Heartbeat.objects.get_or_create(pk=Heartbeat.ROW, defaults={"at": timezone.now()})


def last_heartbeat() -> datetime | None:
    """When the cluster last worked, or None where it was never set up; one query."""
    return Heartbeat.objects.values_list("at", flat=True).first()


def is_silent(heartbeat: datetime | None, now: datetime) -> bool:
    """True when the cluster doesn't run, by its last heartbeat."""
    return heartbeat is None or now - heartbeat > CLUSTER_SILENT


@dataclass(frozen=True)
class Report:
    """What was found. The ages are how long the oldest has been waiting; None: nothing waits."""

    database: bool
    cluster: bool = False
    outbox: bool = False
    reminders: bool = False
    last_heartbeat: datetime | None = None
    oldest_unsent: timedelta | None = None
    oldest_due_step: timedelta | None = None

    @property
    def alive(self) -> bool:
        return self.database and self.cluster and self.outbox and self.reminders


def examine(now: datetime | None = None) -> Report:
    """Look at everything. A database that doesn't answer is a finding, not an error."""
    now = now or timezone.now()
    try:
        return _examine(now)
    except Error:
        return Report(database=False)


def _examine(now: datetime) -> Report:
    heartbeat = last_heartbeat()
    unsent = OutboxMessage.objects.filter(sent_at__isnull=True).aggregate(
        created=Min("created_at"), turn=Min("send_after")
    )
    # Said for the planner: the index holds only rows that wait for a reminder.
    waiting = NextReminder.objects.filter(remind_at__isnull=False)
    due = waiting.aggregate(at=Min("remind_at"))["at"]
    oldest_due = _age(due, now)
    return Report(
        database=True,
        cluster=not is_silent(heartbeat, now),
        outbox=_moves(unsent["created"], unsent["turn"], now),
        reminders=oldest_due is None or oldest_due <= LEFT_LYING,
        last_heartbeat=heartbeat,
        oldest_unsent=_age(unsent["created"], now),
        oldest_due_step=oldest_due,
    )


def _moves(created: datetime | None, turn: datetime | None, now: datetime) -> bool:
    """True while messages get out.

    A message that a mail server refuses again and again, because its address is wrong, is
    no reason for alarm as long as others are sent after it.
    """
    if created is None:
        return True
    if now - turn > LEFT_LYING:
        return False
    if now - created <= NOTHING_SENT:
        return True
    return OutboxMessage.objects.filter(sent_at__gte=created).exists()


def _age(moment: datetime | None, now: datetime) -> timedelta | None:
    """How long ago that was, or None when it is still to come."""
    return now - moment if moment and moment <= now else None
