"""What django-q2 runs, under the names that Schedule rows and queued tasks contain.

Each takes ids or nothing, and running it twice changes nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from django.core.management import call_command
from django.utils import timezone

from . import actions, throttle
from .citizen import upload_store
from .messaging import deliver_outbox, queue_daily, queue_league
from .models import Agency, Notice, UnsentForm
from .operations import clock_jumps, health, schedules
from .publication import render_missing
from .statistics import snapshot

__all__ = [
    "clear_counters",
    "clear_kept_files",
    "clear_sessions",
    "count_statistics",
    # Defined in messaging; queued tasks know it by this name.
    "deliver_outbox",
    "draw_answers",
    "heartbeat",
    "publish_scheduled",
    "recompute_due_times",
    "remove_stray_files",
    "send_daily_letters",
    "send_league",
    "send_reminders",
]

# Seconds after which a run ends, well within the cluster's timeout; the next run continues.
REMINDING = 60
# Fewer for rendering: nobody waits for it, and the only worker has other work.
RENDERING = 20


def _repeat(work: Callable[[], int], seconds: float) -> int:
    """Call `work` for batch after batch until nothing is left or the time is up; returns how
    many items were done."""
    until, done = time.monotonic() + seconds, 0
    while count := work():
        done += count
        if time.monotonic() > until:
            break
    return done


def send_reminders() -> int:
    """Send every reminder that is due, batch by batch; returns how many."""
    return _repeat(actions.remind_due, REMINDING)


def send_league() -> int:
    """Queue the weekly letter with the agencies' table, once a week; returns to how many."""
    return queue_league()


def draw_answers() -> int:
    """Render the answers whose stored HTML is missing, which until then are rendered on each
    request: after a name or a template has changed, for instance. Returns how many."""
    return _repeat(render_missing, RENDERING)


def clear_counters() -> None:
    """Forget what the throttle counted in hours that are over."""
    throttle.forget()


def clear_sessions() -> None:
    """Delete the rows of sessions that have ended."""
    call_command("clearsessions")


def heartbeat() -> None:
    """Record a sign of life, which shows that tasks are done, and see whether a clock was set
    back: the supervisor asks for this every few seconds, whatever the schedules say."""
    health.beat()
    clock_jumps.mend()


def publish_scheduled() -> None:
    """Publish and take down the site's pages whose moment has come, as editors chose it."""
    schedules.publish_scheduled()


def recompute_due_times(agency_id: int | None = None) -> int:
    """Compute the due times of open steps by the present calendar; returns how many moved."""
    agency = Agency.objects.filter(pk=agency_id).first() if agency_id else None
    return actions.recompute_due_times(agency)


def count_statistics() -> None:
    """Count the public figures again and replace the previous count."""
    snapshot.refresh()


def clear_kept_files() -> int:
    """Remove the stored attachments of forms that were never sent, and what staff had written when
    their session was over; returns of how many forms there were attachments."""
    UnsentForm.objects.clear()
    return upload_store.clear()


def remove_stray_files() -> int:
    """Remove stored attachments that no row names; returns how many."""
    return actions.remove_strays()


def send_daily_letters() -> int:
    """Queue the e-mails of staff who want what is new once a day, and forget notices that nobody
    looks for any more; returns how many e-mails."""
    now = timezone.now()
    Notice.objects.all().clear(now)
    return queue_daily(now)
