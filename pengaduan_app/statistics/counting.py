"""One pass over the complaints of the last twelve months, and those that are still open.

One statement reads them all, so every table is about the same moment and the totals agree.
Only what is counted is read: no text, no ticket, no person. Nothing is counted by two
dimensions at once (a village and a category, say), so nothing of the kind is ever stored.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from ..models import Agency, Category, Complaint, StepRecord, Village
from ..presentation import median
from ..procedure import WIB, Step, sop
from ..reports import Period, Punctuality, Scope, agencies_own, figures, month_of
from . import league, suppression
from .month import was_late

MONTHS = 12
FIELDS = (
    *("created_at", "closed_at", "state", "agency", "category", "village"),
    *("is_late", "is_overdue"),
)
CHUNK = 5000


@dataclass
class Tally:
    """Complaints received, answered, and answered with every step in time."""

    received: int = 0
    answered: int = 0
    on_time: int = 0


@dataclass
class Now:
    """Complaints open at the moment of counting, however long ago they came in."""

    open: int = 0
    overdue: int = 0


class Tallies:
    """The counts so far; `add` takes one complaint at a time."""

    def __init__(self, period: Period) -> None:
        self.period = period
        # By month (see month_key), and by the key of an agency, category or village, or None.
        self.by: dict[str, defaultdict[Any, Tally]] = {
            name: defaultdict(Tally) for name in ("total", "month", "agency", "category", "village")
        }
        self.now = Now()
        self.unanswered = 0
        self.closed: Counter[int | None] = Counter()
        self.seconds: dict[int | None, list[int]] = defaultdict(list)

    def add(
        self,
        created_at: datetime,
        closed_at: datetime | None,
        state: str,
        agency: int | None,
        category: int | None,
        village: int | None,
        is_late: bool,
        is_overdue: bool,
    ) -> None:
        """Count one complaint, given as FIELDS."""
        places = {"total": None, "agency": agency, "category": category, "village": village}
        if created_at >= self.period.start:
            for tally in self._of(created_at, places):
                tally.received += 1
        if closed_at is None:
            self.now.open += 1
            self.now.overdue += is_overdue
        if closed_at is None or closed_at < self.period.start:
            return
        self.closed[agency] += 1
        self.unanswered += state in sop.UNANSWERED_END_STATES
        if state in sop.ANSWERED_STATES:
            self.seconds[agency].append(int((closed_at - created_at).total_seconds()))
            for tally in self._of(closed_at, places):
                tally.answered += 1
                tally.on_time += not is_late

    def _of(self, moment: datetime, places: dict[str, int | None]) -> list[Tally]:
        keys: dict[str, int | str | None] = {**places, "month": month_key(moment)}
        return [self.by[name][key] for name, key in keys.items()]


def month_key(moment: datetime) -> str:
    """The month of a moment, in the city's time: 2026-03."""
    return f"{timezone.localtime(moment, WIB):%Y-%m}"


def last_months(today: date) -> list[Period]:
    """The month of that day and the eleven before it, oldest first."""
    months = [month_of(today)]
    while len(months) < MONTHS:
        months.insert(0, month_of(months[0].first - timedelta(days=1)))
    return months


def count(now: datetime) -> dict[str, Any]:
    """All figures as plain data; six queries."""
    months = last_months(timezone.localtime(now, WIB).date())
    period = Period(months[0].first, months[-1].last)
    tallies = Tallies(period)
    for row in _complaints(period, now):
        tallies.add(*row)
    return {
        "first_month": f"{period.first:%Y-%m}",
        "last_month": f"{period.last:%Y-%m}",
        "now": asdict(tallies.now),
        "total": {
            **asdict(tallies.by["total"][None]),
            "unanswered": tallies.unanswered,
            "median_seconds": median([s for taken in tallies.seconds.values() for s in taken]),
        },
        "months": [
            {"month": key, **asdict(tallies.by["month"][key])}
            for key in (f"{month.first:%Y-%m}" for month in months)
        ],
        "agencies": _agencies(tallies, figures.punctuality(Scope(period))),
        "categories": _named(tallies.by["category"], Category),
        "villages": suppression.without_small_counts(_named(tallies.by["village"], Village)),
    }


def _complaints(period: Period, now: datetime) -> Iterator[tuple[Any, ...]]:
    """FIELDS of every complaint that came in or was closed in the period, or is open."""
    start = period.start
    counted = Complaint.objects.filter(
        Q(created_at__gte=start) | Q(closed_at__gte=start) | Q(state__in=sop.OPEN_STATES)
    )
    rows = counted.order_by().annotate(is_late=was_late(), is_overdue=_is_overdue(now))
    return rows.values_list(*FIELDS).iterator(chunk_size=CHUNK)


def _is_overdue(now: datetime) -> Exists:
    """For a query of complaints: whether the step that the complaint waits for is overdue."""
    waited_for = StepRecord.objects.open().filter(step__in=sop.OPEN_STEP.values())
    return Exists(waited_for.filter(complaint=OuterRef("pk"), due_at__lt=now))


def _named(
    tallies: dict[int | None, Tally], model: type[Category] | type[Village]
) -> list[dict[str, Any]]:
    """Most received first; complaints without a category or village come last, unnamed."""
    names = model.objects.in_bulk()
    keys = sorted(
        tallies, key=lambda pk: (pk is None, -tallies[pk].received, str(names.get(pk, "")))
    )
    return [
        {"name": getattr(names.get(pk), "name", None), **asdict(tallies[pk])}
        for pk in keys
        if any(asdict(tallies[pk]).values())
    ]


def _agencies(
    tallies: Tallies, punctuality: dict[tuple[int | None, Step], Punctuality]
) -> list[dict[str, Any]]:
    """Each agency that had something to do, in the order of the league table."""
    own = agencies_own(punctuality)
    names = Agency.objects.in_bulk()
    lines = []
    for pk in tallies.by["agency"].keys() | (own.keys() & names.keys()):
        steps = own.get(pk, Punctuality())
        agency = names.get(pk)
        lines.append(
            {
                "name": agency and agency.name,
                "short_name": agency and agency.short_name,
                "received": tallies.by["agency"][pk].received,
                "closed": tallies.closed[pk],
                "answered": tallies.by["agency"][pk].answered,
                # An overdue step counts as late; otherwise leaving it open would pay.
                "steps": steps.count + steps.overdue,
                "steps_in_time": steps.in_time,
                "median_seconds": median(tallies.seconds[pk]),
            }
        )
    return league.ranked(lines)
