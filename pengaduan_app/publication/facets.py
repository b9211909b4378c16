"""What the public list can be narrowed by, and how many answers each value would leave.

Both are the same for every reader and expensive to count, so each process caches them for a
minute in its own memory: the site's cache may be a table, and reading it would be a query.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)

from ..models import Agency, Category, PublishedAnswer, StepRecord, Village
from ..presentation import Share, median
from ..procedure import labels
from ..process_cache import ProcessCache
from .list_filters import FILTERS, Option, conditions

SECONDS = 60
# Beyond this many answers a count says "at least": no request counts further.
MOST = 10_000
# An agency's figures are computed from this many of its newest answers.
RECENT = 1_000

# The column that holds each filter's key.
COLUMNS = {name: name if name in ("kind", "year") else f"{name}_id" for name in FILTERS}
TYPES = {name: CharField() if name == "kind" else IntegerField() for name in FILTERS}

cache = ProcessCache(SECONDS)


def forget(**kwargs: object) -> None:
    """Signal receiver: something that the lists offer has changed in this process."""
    cache.clear()


def options() -> dict[str, list[Option]]:
    """All values of every filter, in the order in which they are offered."""
    return cache.get_or_set("options", _read_options)


def _read_options() -> dict[str, list[Option]]:
    tables = {"agency": Agency, "category": Category, "village": Village}
    answers = PublishedAnswer.objects.all()
    first = Subquery(answers.order_by("answered_at", "pk").values("year")[:1])
    last = Subquery(answers.newest().values("year")[:1])
    parts = [
        model._default_manager.order_by()
        .annotate(table=Value(name, CharField()), first=first, last=last)
        .values_list("name", "slug", "pk", "table", "first", "last")
        for name, model in tables.items()
    ]
    found: dict[str, list[Option]] = {name: [] for name in FILTERS}
    oldest = newest = None
    rows = parts[0].union(*parts[1:], all=True)
    for name, slug, key, table, oldest, newest in sorted(rows):  # noqa: B007
        found[table].append(Option(key, slug, name))
    found["kind"] = [Option(kind.value, kind.value, label) for kind, label in labels.KINDS.items()]
    years = range(newest, oldest - 1, -1) if newest and oldest else ()
    found["year"] = [Option(year, str(year), str(year)) for year in years]
    return found


@dataclass(frozen=True)
class Counts:
    """How many answers each value of each filter would leave of a list, and their total."""

    values: dict[str, Counter[int | str]]
    total: int

    @property
    def is_capped(self) -> bool:
        """True if there may be more answers than were counted."""
        return self.total >= MOST

    def of(self, name: str, key: int | str) -> int:
        """How many answers that value of that filter would leave."""
        return self.values[name][key]

    def is_capped_for(self, name: str) -> bool:
        """True if that filter's values may have more answers than were counted."""
        return self.values[name].total() >= MOST


def counts(keys: dict[str, int | str], chosen: Collection[str] = ()) -> Counts:
    """How many answers the chosen values leave, capped at MOST.

    The values of a filter that is `chosen` are counted as if each took the place of the
    current one.
    """
    parts = [f"{name}={key}" for name, key in sorted(keys.items())]
    name = ":".join(["counts", *parts, *chosen])
    return cache.get_or_set(name, lambda: _count(keys, chosen))


def _count(keys: dict[str, int | str], chosen: Collection[str]) -> Counts:
    """One query: the whole choice, and for each chosen filter the choice without it."""
    parts = [_grouped(keys, "", FILTERS)]
    for name in chosen:
        others = {other: key for other, key in keys.items() if other != name}
        parts.append(_grouped(others, name, (name,)))
    values: dict[str, Counter[int | str]] = {name: Counter() for name in FILTERS}
    total = 0
    for without, *group, number in parts[0].union(*parts[1:], all=True):
        for name, key in zip(FILTERS, group, strict=True):
            if without == (name if name in chosen else ""):
                values[name][key] += number
        total += 0 if without else number
    return Counts(values, total)


def _grouped(
    keys: dict[str, int | str], without: str, filters: Collection[str]
) -> QuerySet[PublishedAnswer, tuple[Any, ...]]:
    """The newest answers of a choice, counted by these filters.

    `without` names the filter that was left out of the choice. The columns are always the
    same, so that these queries can be united.
    """
    newest = PublishedAnswer.objects.filter(conditions(keys)).newest().values("pk")[:MOST]
    by: dict[str, F | Value] = {"without": Value(without, CharField())}
    for name in FILTERS:
        by[f"by_{name}"] = F(COLUMNS[name]) if name in filters else Value(None, TYPES[name])
    rows = PublishedAnswer.objects.filter(pk__in=newest).order_by()
    return rows.annotate(**by).values_list(*by).annotate(number=Count("pk"))


@dataclass(frozen=True)
class Figures:
    """How punctual an agency is, computed from its newest answers."""

    # The answers with every step in time.
    on_time: Share
    median_seconds: int


def figures(agency_id: int) -> Figures | None:
    """An agency's figures, or None while it has no answer on the website."""
    # Wrapped, so that None is cached too.
    return cache.get_or_set(f"figures:{agency_id}", lambda: (_figures(agency_id),))[0]


def _figures(agency_id: int) -> Figures | None:
    late = StepRecord.objects.late_on_the_way().filter(complaint=OuterRef("complaint"))
    rows = list(
        PublishedAnswer.objects.filter(agency=agency_id)
        .newest()
        .annotate(was_late=Exists(late))
        .values_list("received_at", "answered_at", "was_late")[:RECENT]
    )
    seconds = median([int((end - start).total_seconds()) for start, end, _was_late in rows])
    if seconds is None:
        return None
    in_time = sum(not was_late for *_moments, was_late in rows)
    return Figures(on_time=Share(in_time, len(rows)), median_seconds=seconds)
