"""A mail server that lets each message wait: the only worker must come back to all else."""

from __future__ import annotations

from types import SimpleNamespace

from django.core.mail.backends.base import BaseEmailBackend

from pengaduan_app import tasks
from pengaduan_app.messaging import delivery
from pengaduan_app.models import OutboxMessage


class Dawdling(BaseEmailBackend):
    """Takes 40 seconds for each message."""

    seconds = 0

    def send_messages(self, messages):
        Dawdling.seconds += 40
        return len(messages)


def test_a_run_begins_no_message_after_a_minute(office, settings, monkeypatch):
    """The rest is as if nobody had touched it, and the next run takes it up."""
    office.operator  # noqa: B018  who is told
    for _number in range(3):
        office.complaint()
    count = OutboxMessage.objects.count()
    settings.EMAIL_BACKEND = f"{__name__}.Dawdling"
    clock = SimpleNamespace(monotonic=lambda: Dawdling.seconds)
    monkeypatch.setattr(delivery, "time", clock)
    assert tasks.deliver_outbox() == 2
    rest = OutboxMessage.objects.filter(sent_at=None)
    assert {row.attempts for row in rest} == {0}
    assert len(rest) == count - 2
    while tasks.deliver_outbox():
        pass
    assert not rest.all().exists()
