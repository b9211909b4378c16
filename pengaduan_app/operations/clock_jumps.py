"""What a clock that was set back left in the future, so that nobody would look at it for long.

A server that starts with a wrong date, or an administrator who sets one, moves "now" by hours or
by a month. What was due then is due now. Going forward needs nothing: all that is due is done.
"""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_q.conf import Conf
from django_q.models import OrmQ, Schedule

from ..actions import restart_steps_ahead
from ..messaging import SKEW, release_dated_ahead


def mend() -> None:
    """Bring back to the present what waits for a moment further ahead than it ever would.

    Safe to repeat at any time: a few small queries that find nothing on other days.
    """
    _recall_schedules()
    _free_tasks()
    release_dated_ahead()
    restart_steps_ahead()


def _recall_schedules() -> None:
    """A schedule runs at the latest one interval from now."""
    now = timezone.now()
    for schedule in Schedule.objects.exclude(schedule_type=Schedule.ONCE).filter(
        next_run__gt=now + SKEW
    ):
        latest = schedule.calculate_next_run(now)
        if schedule.next_run > latest + SKEW:
            Schedule.objects.filter(pk=schedule.pk).update(next_run=min(now, latest))


def _free_tasks() -> None:
    """A queued task is taken at once, and one in hand is free again after `retry`."""
    longest = timezone.now() + timedelta(seconds=Conf.RETRY) + SKEW
    ahead = OrmQ.objects.filter(lock__gt=longest)
    if ahead.exists():
        ahead.update(lock=timezone.now())
