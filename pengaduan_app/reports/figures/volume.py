"""How many complaints came in, by what they are about and over time."""

from __future__ import annotations

from collections import Counter
from typing import TypeAlias

from django.db.models import Count, Q, QuerySet

from ...models import Complaint
from ..period import Period
from ..scope import Scope

VOLUME_FIELDS = ("kind", "category", "village", "channel")
# A kind's or channel's word, the key of a category or village, or None where none is named.
Key: TypeAlias = str | int | None


def volume(scope: Scope) -> dict[str, Counter[Key]]:
    """Complaints received, by kind, category, village and channel; one query."""
    rows = scope.of(Complaint.objects.all(), "created_at").values_list(*VOLUME_FIELDS)
    found: dict[str, Counter[Key]] = {field: Counter() for field in VOLUME_FIELDS}
    for *keys, count in rows.annotate(count=Count("*")):
        for field, key in zip(VOLUME_FIELDS, keys, strict=True):
            found[field][key] += count
    return found


def received_over_time(scope: Scope) -> list[tuple[str, int]]:
    """Complaints received in each part of the period; one query."""
    return _per_part(scope.of(Complaint.objects.all(), "created_at"), scope.period, "created_at")


def _per_part(
    complaints: QuerySet[Complaint], period: Period, moment: str
) -> list[tuple[str, int]]:
    """How many rows fall in each day, month or year of the period; one query.

    Counts by comparing moments instead of truncating them: truncating calls Python
    for each row on SQLite, and needs the time zone tables elsewhere.
    """
    parts = period.parts()
    counts = complaints.aggregate(
        **{
            f"part{number}": Count(moment, filter=Q(**part.within(moment)))
            for number, (_label, part) in enumerate(parts)
        }
    )
    return [(label, counts[f"part{number}"]) for number, (label, _part) in enumerate(parts)]
