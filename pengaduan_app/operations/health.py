"""Whether the database, the cluster, the outbox and the reminders are alive, and the procedure has
all that it rests on.

Cheap enough for a request each second: a dozen small queries. The
limits below are in docs/operations.md too.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import Error
from django.db.models import Min
from django.utils import timezone

from .. import conf
from ..models import FileHost, Heartbeat, NextReminder, OutboxMessage
from . import foundations

# A heartbeat comes every ten seconds from the supervisor's probe, and every minute by schedule
# where a site runs the cluster without it. No task of ours takes much more than a minute.
CLUSTER_SILENT = timedelta(minutes=2)
# A message or a due reminder that has waited this long is stuck: nothing works on it.
STUCK_AFTER = timedelta(minutes=10)
# The follower of the published files is seen every half minute.
FILES_SILENT = timedelta(minutes=2)
# If a message has waited this long and nothing was sent since it came, the mail server is down.
NOTHING_SENT = timedelta(hours=1)
# So long a message that was given up is counted.
RECENT = timedelta(days=7)


def beat() -> None:
    """Leave a heartbeat now. Only a task does it, so that a beat proves that tasks are done: a
    worker that has just started proves nothing."""
    Heartbeat.objects.update_or_create(pk=Heartbeat.ROW, defaults={"at": timezone.now()})


def expect_heartbeats() -> None:
    """Count silence from now on, even before the first heartbeat; safe to repeat."""
    Heartbeat.objects.get_or_create(pk=Heartbeat.ROW, defaults={"at": timezone.now()})


def last_heartbeat() -> datetime | None:
    """When the cluster last worked, or None if it was never set up; one query."""
    return Heartbeat.objects.values_list("at", flat=True).first()


def is_silent(heartbeat: datetime | None, now: datetime) -> bool:
    """True if the cluster isn't running, by its last heartbeat.

    One from the future was left before a clock was set back, and says nothing of now."""
    return heartbeat is None or abs(now - heartbeat) > CLUSTER_SILENT


@dataclass(frozen=True)
class Report:
    """The findings. The ages say how long the oldest has been waiting; None: nothing waits."""

    database: bool
    cluster: bool = False
    outbox: bool = False
    reminders: bool = False
    # Whether all that the procedure rests on is there.
    procedure: bool = False
    # Whether this host's published files follow the database; True where none are written.
    files: bool = True
    last_heartbeat: datetime | None = None
    oldest_unsent: timedelta | None = None
    oldest_due_step: timedelta | None = None
    # Messages of the last week whose address can't be reached; somebody may call instead.
    given_up: int = 0

    @property
    def alive(self) -> bool:
        """True if everything works."""
        parts = (
            self.database,
            self.cluster,
            self.outbox,
            self.reminders,
            self.procedure,
            self.files,
        )
        return all(parts)


def examine(now: datetime | None = None) -> Report:
    """Check everything. A database that doesn't answer is a finding, not an error."""
    now = now or timezone.now()
    try:
        return _examine(now)
    except Error:
        return Report(database=False)


def _examine(now: datetime) -> Report:
    heartbeat = last_heartbeat()
    unsent = OutboxMessage.objects.unsent().aggregate(
        created=Min("created_at"), turn=Min("send_after")
    )
    # For the query planner: the index holds only rows that wait for a reminder.
    waiting = NextReminder.objects.filter(remind_at__isnull=False)
    due = waiting.aggregate(at=Min("remind_at"))["at"]
    oldest_due = _age(due, now)
    return Report(
        database=True,
        cluster=not is_silent(heartbeat, now),
        outbox=_moves(unsent["created"], unsent["turn"], now),
        reminders=oldest_due is None or oldest_due <= STUCK_AFTER,
        procedure=not foundations.missing(),
        files=_files_follow(now),
        last_heartbeat=heartbeat,
        oldest_unsent=_age(unsent["created"], now),
        oldest_due_step=oldest_due,
        given_up=OutboxMessage.objects.given_up().filter(given_up_at__gt=now - RECENT).count(),
    )


def _moves(created: datetime | None, turn: datetime | None, now: datetime) -> bool:
    """True while messages are being sent.

    A message that a mail server refuses again and again, because its address is wrong, is
    no reason for alarm as long as later ones are sent.
    """
    if created is None or turn is None:
        return True
    if now - turn > STUCK_AFTER:
        return False
    if now - created <= NOTHING_SENT:
        return True
    return OutboxMessage.objects.filter(sent_at__gte=created).exists()


def _files_follow(now: datetime) -> bool:
    """True if this host writes no published files, or its follower works."""
    if conf.files_root() is None:
        return True
    host = FileHost.objects.filter(name=socket.gethostname()).first()
    return host is not None and not host.problem and now - host.seen_at <= FILES_SILENT


def _age(moment: datetime | None, now: datetime) -> timedelta | None:
    """How long ago that was, or None if it is still to come."""
    return now - moment if moment and moment <= now else None
