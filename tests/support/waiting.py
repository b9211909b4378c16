"""What waits for ten minutes because it can be undone, without waiting."""

from __future__ import annotations

from django.utils import timezone

from pengaduan_app import tasks
from pengaduan_app.models import OutboxMessage


def deliver_all() -> int:
    """Send everything, also what a reporter isn't told yet; returns how many were sent."""
    OutboxMessage.objects.unsent().update(send_after=timezone.now())
    return tasks.deliver_outbox()
