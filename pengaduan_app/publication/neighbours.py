"""Which answers stand beside one: those of its agency and category that were given next to it.

The four before it and, where there are fewer, the next ones after it. So a new answer changes
what is beside four others, and not beside all of its agency: an answer's finished page stays
true for years.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet

from ..models import PublishedAnswer

# How many related answers are shown below an answer.
MOST = 4


class Place(NamedTuple):
    """Where an answer stands among those of its agency and category."""

    pk: int
    agency_id: int
    category_id: int | None
    answered_at: datetime


class Neighbour(NamedTuple):
    """An answer beside that place, with its card as stored."""

    pk: int
    answered_at: datetime
    agency_slug: str
    slug: str
    drawn_by: str
    card: str


def around(place: Place) -> list[Neighbour]:
    """Up to MOST answers on either side of the place, whether one stands there or not, newest
    first. One query."""
    same = PublishedAnswer.objects.filter(agency=place.agency_id, category=place.category_id)
    moment = place.answered_at
    # Each condition names the moment alone first, for the index.
    older = same.filter(Q(answered_at__lt=moment) | Q(pk__lt=place.pk), answered_at__lte=moment)
    newer = same.filter(Q(answered_at__gt=moment) | Q(pk__gt=place.pk), answered_at__gte=moment)
    rows = _nearest(older.newest()).union(_nearest(newer.order_by("answered_at", "pk")), all=True)
    found = [Neighbour(*row) for row in rows]
    return sorted(found, key=lambda row: (row.answered_at, row.pk), reverse=True)


def _nearest(rows: QuerySet) -> QuerySet:
    # Wrapped, since SQLite lets no part of a union have an order and a limit of its own.
    found = PublishedAnswer.objects.filter(pk__in=rows.values("pk")[:MOST]).order_by()
    return found.values_list("pk", "answered_at", "agency__slug", "slug", "drawn_by", "card")


def beside(place: Place) -> Sequence[Neighbour]:
    """The answers that are shown below the one at this place, newest first."""
    found = around(place)
    older = [row for row in found if (row.answered_at, row.pk) < (place.answered_at, place.pk)]
    newer = found[: len(found) - len(older)]
    return found[max(0, len(newer) - max(0, MOST - len(older))) :]
