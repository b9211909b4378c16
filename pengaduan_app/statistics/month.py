"""The month's figures for the front page: received, answered, answered in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import Exists, OuterRef
from django.utils import timezone

from ..models import Complaint, StepRecord
from ..procedure import WIB, sop

# How old the figures may be, so that the front page doesn't count on every visit.
SECONDS = 300
# With fewer answers than these, a month says less than the one before it.
ENOUGH = 10


@dataclass(frozen=True)
class MonthFigures:
    """Counts from the first of the month, in western Indonesia's time."""

    since: datetime
    received: int
    answered: int
    # Answered complaints with every step within its limit.
    punctual: int


@dataclass(frozen=True)
class FrontFigures:
    """What the front page shows, and this month's so far: the same, once there is enough."""

    shown: MonthFigures
    so_far: MonthFigures

    @property
    def is_current(self) -> bool:
        """Whether this month's are shown."""
        return self.shown == self.so_far


def month_figures() -> MonthFigures:
    """This month's figures, at most five minutes old."""
    return _figures(_first_of_month(timezone.now()))


def front_figures() -> FrontFigures:
    """This month's figures, or last month's as long as this one has too few answers to tell
    anything and fewer than that one."""
    so_far = month_figures()
    if so_far.answered >= ENOUGH:
        return FrontFigures(so_far, so_far)
    last = _figures(_first_of_month(so_far.since - timedelta(days=1)), until=so_far.since)
    return FrontFigures(last if last.answered > so_far.answered else so_far, so_far)


def _first_of_month(moment: datetime) -> datetime:
    local = timezone.localtime(moment, WIB)
    return local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _figures(since: datetime, until: datetime | None = None) -> MonthFigures:
    """`until` ends a month that is over; without it everything since counts."""
    key = f"pengaduan:month:{since:%Y-%m}{':whole' if until else ''}"
    figures: MonthFigures | None = cache.get(key)
    if figures is None:
        figures = _count(since, until)
        cache.set(key, figures, SECONDS)
    return figures


def was_late() -> Exists:
    """For a query of complaints: whether any step on the complaint's way ended past its limit."""
    return Exists(StepRecord.objects.late_on_the_way().filter(complaint=OuterRef("pk")))


def _count(since: datetime, until: datetime | None) -> MonthFigures:
    received = Complaint.objects.filter(created_at__gte=since)
    answered = Complaint.objects.filter(closed_at__gte=since, state__in=sop.ANSWERED_STATES)
    if until:
        received = received.filter(created_at__lt=until)
        answered = answered.filter(closed_at__lt=until)
    return MonthFigures(
        since=since,
        received=received.count(),
        answered=answered.count(),
        punctual=answered.exclude(was_late()).count(),
    )
