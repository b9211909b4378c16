"""When a message is given up: its address can't work, and others are sent meanwhile.

A mail server that is down, wants a password or refuses everybody is no fault of the address:
then every message waits, however long it takes.
"""

from __future__ import annotations

import smtplib
from datetime import datetime, timedelta

from django.core.mail import BadHeaderError

from ..models import OutboxMessage

# So often a server may say "never" (5xx): by delivery's waits, within 17 hours. Servers are
# set up wrongly for an evening, too.
REFUSALS = 8
# So long a server may say "not now" (4xx) of the same message; mail servers do the same.
PATIENCE = timedelta(days=5)


class NoAddress(Exception):
    """What stands in the place of the address is none, whatever a server would say."""


def is_hopeless(message: OutboxMessage, error: Exception, now: datetime) -> bool:
    """True if the message will not be tried again after this error.

    `message.attempts` counts the try that failed too.
    """
    if isinstance(error, NoAddress | BadHeaderError | UnicodeError):
        return True
    codes = refusals(error)
    if not codes:
        return False
    for_good = all(code >= 500 for code in codes) and message.attempts >= REFUSALS
    too_long = now - message.created_at >= PATIENCE
    return (for_good or too_long) and _others_are_sent(message)


def refusals(error: Exception) -> list[int]:
    """What the server answered about this one recipient or text; empty for anything else."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _text in error.recipients.values()]
    if isinstance(error, smtplib.SMTPDataError):
        return [error.smtp_code]
    return []


def _others_are_sent(message: OutboxMessage) -> bool:
    """False while nothing gets out at all, which is the mail server's fault."""
    return OutboxMessage.objects.filter(sent_at__gte=message.created_at).exists()
