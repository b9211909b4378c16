"""Sends what the outbox holds: each message is leased, and sent at least once."""

from __future__ import annotations

import logging
import time
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django_q.tasks import async_task

from ..models import OutboxMessage
from . import emails
from .giving_up import is_hopeless

logger = logging.getLogger(__name__)

BATCH = 100
# Between two e-mails of reminders to the same person; reminders given in between are joined.
# No new message waits longer than this.
DIGEST_PAUSE = timedelta(minutes=10)
# After this time the message of a worker that died while sending is free again.
LEASE = timedelta(minutes=5)
# The clocks of two servers may differ by so much.
SKEW = timedelta(minutes=5)
# Seconds after which a run begins no further message, so that a mail server that lets each wait
# doesn't keep the only worker from all else.
SENDING = 60
# The waits after the first, second, third … failure; the last one repeats (giving_up.py).
BACKOFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))

# The name in Schedule rows and queued tasks.
DELIVERY_TASK = "pengaduan_app.tasks.deliver_outbox"


def deliver_soon() -> None:
    """Queue a delivery in the database of the caller's transaction: both are committed or
    neither is."""
    async_task(DELIVERY_TASK)


def deliver_outbox() -> int:
    """Send what is due, and return how many were sent.

    A message is claimed for LEASE in a short transaction and sent outside of any, so a
    mail server that hangs holds no lock. If a worker is killed between sending and marking,
    that one message is sent again, with the same Message-ID: at least once.
    """
    until, sent, claimed = time.monotonic() + SENDING, 0, _claim()
    while claimed and time.monotonic() < until:
        sent += _deliver(claimed.pop(0))
    _give_back(claimed)
    return sent


def release_dated_ahead() -> int:
    """Let messages go out whose turn is further ahead than they ever wait; returns how many.

    They were queued, leased or refused before a clock was set back.
    """
    now = timezone.now()
    latest = now + SKEW
    new = Q(attempts=0, send_after__gt=latest + DIGEST_PAUSE)
    leased = Q(attempts__gt=0, last_error="", send_after__gt=latest + LEASE)
    refused = Q(attempts__gte=len(BACKOFF), send_after__gt=latest + BACKOFF[-1])
    for attempts, wait in enumerate(BACKOFF, start=1):
        refused |= Q(attempts=attempts, send_after__gt=latest + wait)
    waiting = OutboxMessage.objects.unsent().filter(send_after__gt=now)
    return waiting.filter(new | leased | (refused & ~Q(last_error=""))).update(send_after=now)


def _claim() -> list[OutboxMessage]:
    now = timezone.now()
    with transaction.atomic():
        ids = list(
            OutboxMessage.objects.unsent()
            .select_for_update(skip_locked=True)
            .filter(send_after__lte=now)
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


def _give_back(claimed: list[OutboxMessage]) -> None:
    """Let the next run have these: they weren't tried."""
    OutboxMessage.objects.filter(pk__in=[message.pk for message in claimed]).update(
        send_after=timezone.now(), attempts=F("attempts") - 1
    )


def _deliver(message: OutboxMessage) -> bool:
    try:
        email = emails.compose(message)
        if email:
            email.send()
    except Exception as error:  # noqa: BLE001  one bad message must not stop the others
        _failed(message, error)
        return False
    OutboxMessage.objects.filter(pk=message.pk).update(sent_at=timezone.now(), last_error="")
    return True


def _failed(message: OutboxMessage, error: Exception) -> None:
    """Let it wait for its next turn, or give it up."""
    now = timezone.now()
    wait = BACKOFF[min(message.attempts, len(BACKOFF)) - 1]
    # Only the class of the error: its text can quote the reporter's address.
    name, given_up = type(error).__name__, is_hopeless(message, error, now)
    OutboxMessage.objects.filter(pk=message.pk).update(
        send_after=now + wait, last_error=name, given_up_at=now if given_up else None
    )
    words = "was given up" if given_up else "was not sent"
    logger.warning("Message %s %s: %s", message.pk, words, name)


def retry_given_up() -> int:
    """Try again what was given up, as if it were new; returns how many.

    For when a mail server refused by mistake, or an address has been corrected.
    """
    count = OutboxMessage.objects.given_up().update(
        given_up_at=None, attempts=0, last_error="", send_after=timezone.now()
    )
    if count:
        deliver_soon()
    return count
