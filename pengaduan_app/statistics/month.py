"""This month's figures for the front page: received, answered, answered in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db.models import Exists, OuterRef
from django.utils import timezone

from ..models import Complaint, StepRecord
from ..procedure import WIB, sop

# How old the figures may be, so that the front page doesn't count on every visit.
SECONDS = 300


@dataclass(frozen=True)
class MonthFigures:
    """Counts since the first of the month, in western Indonesia's time."""

    since: datetime
    received: int
    answered: int
    # Answered complaints with every step within its limit.
    punctual: int


def month_figures() -> MonthFigures:
    """This month's figures, at most five minutes old."""
    since = timezone.localtime(timezone.now(), WIB).replace(
        day=1, hour=0, minute=0, second=0, microsecond=0
    )
    key = f"pengaduan:month:{since:%Y-%m}"
    figures: MonthFigures | None = cache.get(key)
    if figures is None:
        figures = _count(since)
        cache.set(key, figures, SECONDS)
    return figures


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
