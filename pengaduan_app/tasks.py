"""What django-q2 runs. Each takes ids or nothing, and running it twice changes nothing."""

from __future__ import annotations

import logging
import time
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from . import actions, health, kept_files, mail, statistics
from .models import Agency, OutboxMessage
from .publication import draw_missing

logger = logging.getLogger(__name__)

BATCH = 100
# A worker that dies while sending gives the message free again after this time.
LEASE = timedelta(minutes=5)
# Waits after the first, second, third … failure; the last one repeats for ever.
BACKOFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
# A run ends after this many seconds, well within the cluster's timeout; the next goes on.
REMINDING = 60
# As many for drawing: nobody waits for it, and the one worker has other work.
DRAWING = 20


def send_reminders() -> int:
    """Remind of every open step whose moment has come, batch by batch; returns how many."""
    until, handled = time.monotonic() + REMINDING, 0
    while count := actions.remind_due():
        handled += count
        if time.monotonic() > until:
            break
    return handled


def draw_answers() -> int:
    """Draw what readers get drawn on request meanwhile: after a name or a template has
    changed. Returns how many."""
    until, drawn = time.monotonic() + DRAWING, 0
    while count := draw_missing():
        drawn += count
        if time.monotonic() > until:
            break
    return drawn


def heartbeat() -> None:
    """A sign of life: whoever reads it knows that schedules and workers both work."""
    health.beat()


def deliver_outbox() -> int:
    """Send what is due, and return how many were sent.

    A message is claimed for LEASE in a short transaction and sent outside of any, so a
    mail server that hangs holds no lock. A worker killed between sending and marking
    sends that one message again: at least once, with the same Message-ID.
    """
    sent = 0
    for message in _claim():
        sent += _deliver(message)
    return sent


def _claim() -> list[OutboxMessage]:
    now = timezone.now()
    with transaction.atomic():
        ids = list(
            OutboxMessage.objects.select_for_update(skip_locked=True)
            .filter(sent_at__isnull=True, send_after__lte=now)
            .order_by("send_after", "pk")
            .values_list("pk", flat=True)[:BATCH]
        )
        OutboxMessage.objects.filter(pk__in=ids).update(
            send_after=now + LEASE, attempts=F("attempts") + 1, last_error=""
        )
    return list(
        OutboxMessage.objects.filter(pk__in=ids)
        .select_related("complaint__reporter", "recipient", "step")
        .order_by("pk")
    )


def _deliver(message: OutboxMessage) -> bool:
    try:
        email = mail.compose(message)
        if email:
            email.send()
    except Exception as error:  # noqa: BLE001  one bad message must not stop the others
        # Only the kind of error: its text can quote the reporter's address.
        wait = BACKOFF[min(message.attempts, len(BACKOFF)) - 1]
        OutboxMessage.objects.filter(pk=message.pk).update(
            send_after=timezone.now() + wait, last_error=type(error).__name__
        )
        logger.warning("Message %s was not sent: %s", message.pk, type(error).__name__)
        return False
    OutboxMessage.objects.filter(pk=message.pk).update(sent_at=timezone.now(), last_error="")
    return True


def recompute_due_times(agency_id: int | None = None) -> int:
    """Bring the due times of open steps after the calendar; returns how many moved."""
    agency = Agency.objects.filter(pk=agency_id).first() if agency_id else None
    return actions.recompute_due_times(agency)


def count_statistics() -> None:
    """Count the public figures anew; the newer count takes the place of the older."""
    statistics.refresh()


def clear_kept_files() -> int:
    """Remove attachments of forms that nobody sent; returns of how many forms."""
    return kept_files.clear()
