"""What django-q2 runs, under the names that Schedule rows and queued tasks hold.

Each takes ids or nothing, and running it twice changes nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from . import actions
from .citizen import upload_store
from .messaging import deliver_outbox
from .models import Agency
from .operations import health
from .publication import render_missing
from .statistics import snapshot

__all__ = [
    "clear_kept_files",
    "count_statistics",
    # Defined in messaging; here because queued tasks name it so.
    "deliver_outbox",
    "draw_answers",
    "heartbeat",
    "recompute_due_times",
    "send_reminders",
]

# A run ends after this many seconds, well within the cluster's timeout; the next goes on.
REMINDING = 60
# Fewer for rendering: nobody waits for it, and the one worker has other work.
RENDERING = 20


def _repeat(work: Callable[[], int], seconds: float) -> int:
    """Call `work`, a batch at a time, until it has nothing left or the time is up."""
    until, done = time.monotonic() + seconds, 0
    while count := work():
        done += count
        if time.monotonic() > until:
            break
    return done


def send_reminders() -> int:
    """Remind of every open step whose moment has come, batch by batch; returns how many."""
    return _repeat(actions.remind_due, REMINDING)


def draw_answers() -> int:
    """Render the answers that are rendered on each request meanwhile, after a name or a
    template has changed; returns how many."""
    return _repeat(render_missing, RENDERING)


def heartbeat() -> None:
    """A sign of life: whoever reads it knows that schedules and workers both work."""
    health.beat()


def recompute_due_times(agency_id: int | None = None) -> int:
    """Bring the due times of open steps after the calendar; returns how many moved."""
    agency = Agency.objects.filter(pk=agency_id).first() if agency_id else None
    return actions.recompute_due_times(agency)


def count_statistics() -> None:
    """Count the public figures anew; the newer count takes the place of the older."""
    snapshot.refresh()


def clear_kept_files() -> int:
    """Remove attachments of forms that nobody sent; returns of how many forms."""
    return upload_store.clear()
