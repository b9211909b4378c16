"""The weekly letter: the agencies' table of the public statistics, for coordinators and heads.

It says what everybody can read on the statistics page: names of agencies, and counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import permissions
from ..deadlines import quiet_hours
from ..models import Agency, OutboxMessage, ReminderSettings, StatisticsSnapshot
from ..presentation import share_text
from ..procedure import WIB, Role
from . import delivery
from .recipients import Directory

Kind = OutboxMessage.Kind
# The hour of a Monday from which the week's letter is sent, in the city's time.
HOUR = 7


def queue_league(now: datetime | None = None) -> int:
    """Queue this week's letter, unless it was queued already; returns to how many people.

    Like a reminder it waits until the office opens where the site is quiet outside its hours.
    """
    now = now or timezone.now()
    chosen = ReminderSettings.current()
    if not chosen.weekly_league or not _is_time(now, chosen.quiet_outside_hours):
        return 0
    week = _week(now)
    if OutboxMessage.objects.filter(kind=Kind.LEAGUE, key__startswith=f"{week}:").exists():
        return 0
    if not _ranked(StatisticsSnapshot.current()):
        return 0
    directory = Directory()
    people = directory.everywhere(Role.COORDINATOR) | directory.everywhere(Role.HEAD)
    messages = [
        OutboxMessage(
            kind=Kind.LEAGUE,
            recipient_id=person,
            # Unique: two workers at once send one letter.
            key=f"{week}:{person}",
            created_at=now,
            send_after=now,
        )
        for person in sorted(people)
    ]
    OutboxMessage.objects.bulk_create(messages, ignore_conflicts=True)
    if messages:
        delivery.deliver_soon()
    return len(messages)


def _is_time(now: datetime, quiet: bool) -> bool:
    local = timezone.localtime(now, WIB)
    has_begun = local.weekday() > 0 or local.hour >= HOUR
    return has_begun and quiet_hours.earliest_delivery(now, quiet) <= now


def _week(now: datetime) -> str:
    year, week, _day = timezone.localtime(now, WIB).isocalendar()
    return f"{Kind.LEAGUE}:{year}-W{week:02}"


def _ranked(snapshot: StatisticsSnapshot | None) -> list[Mapping[str, Any]]:
    """The lines of the agencies that are compared, best first."""
    lines = snapshot.figures.get("agencies", ()) if snapshot else ()
    return [line for line in lines if line["rank"]]


def context_of(message: OutboxMessage) -> dict[str, object] | None:
    """What the template needs; None where no agency is compared any more."""
    lines = _ranked(StatisticsSnapshot.current())
    if not lines:
        return None
    own = permissions.agency_ids_of(message.recipient) if message.recipient else ()
    names = set(Agency.objects.filter(pk__in=own).values_list("name", flat=True))
    return {
        "lines": [_line(line) for line in lines],
        "own": list(_own(lines, names)),
        "statistics_url": settings.WAGTAILADMIN_BASE_URL.rstrip("/")
        + reverse("pengaduan:statistics"),
    }


def _line(line: Mapping[str, Any]) -> str:
    text = ngettext(
        "%(rank)d. %(agency)s: %(share)s of %(steps)d step in time",
        "%(rank)d. %(agency)s: %(share)s of %(steps)d steps in time",
        line["steps"],
    )
    share = share_text(line["steps_in_time"] / line["steps"])
    return text % {
        "rank": line["rank"],
        "agency": line["name"],
        "share": share,
        "steps": line["steps"],
    }


def _own(lines: list[Mapping[str, Any]], names: set[str]) -> Iterator[str]:
    """A line for each of the reader's own agencies."""
    for line in lines:
        if line["name"] in names:
            text = _("%(agency)s has rank %(rank)d of %(count)d.")
            yield text % {"agency": line["name"], "rank": line["rank"], "count": len(lines)}
