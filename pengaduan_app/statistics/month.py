"""What the public's figures count, and this month's: received, answered, answered in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db.models import Exists, OuterRef
from django.utils import timezone

from ..models import Complaint, StepRecord
from ..procedure import WIB, sop

# So old may the figures be; a front page isn't worth counting for on every visit.
SECONDS = 300


@dataclass(frozen=True)
class MonthFigures:
    """Counts since the first of the month, in western Indonesia's time."""

    since: datetime
    received: int
    answered: int
    # Of those answered: every step of theirs ended within its limit.
    punctual: int


def month_figures() -> MonthFigures:
    """This month's figures, at most five minutes old."""
    since = timezone.localtime(timezone.now(), WIB).replace(
        day=1, hour=0, minute=0, second=0, microsecond=0
    )
    return cache.get_or_set(f"pengaduan:month:{since:%Y-%m}", lambda: _count(since), SECONDS)


def was_late() -> Exists:
    """For a query of complaints: whether any step on the complaint's way ended past its limit."""
    return Exists(StepRecord.objects.late_on_the_way().filter(complaint=OuterRef("pk")))


def _count(since: datetime) -> MonthFigures:
    answered = Complaint.objects.filter(closed_at__gte=since, state__in=sop.ANSWERED_STATES)
    return MonthFigures(
        since=since,
        received=Complaint.objects.filter(created_at__gte=since).count(),
        answered=answered.count(),
        punctual=answered.exclude(was_late()).count(),
    )
