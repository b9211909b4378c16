"""What the public list can be narrowed by, and how many answers each value would leave.

Both are the same for every reader and dear to count, so each process remembers them for a
minute in its own memory: the site's cache may be a table, and asking that is a query too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import CharField, Count, Exists, F, IntegerField, OuterRef, Subquery, Value

from ..models import Agency, Category, PublishedAnswer, StepRecord, Village
from ..presentation import Share, median
from ..procedure import labels
from ..process_cache import ProcessCache
from .list_filters import FILTERS, Option, conditions

SECONDS = 60
# Beyond this many answers a count says "at least": no request counts further.
MOST = 10_000
# An agency's figures speak of its newest answers, as many as these.
RECENT = 1_000
# Others like an answer that are shown below it.
RELATED = 4

# The column that holds each filter's key.
COLUMNS = {name: name if name in ("kind", "year") else f"{name}_id" for name in FILTERS}
TYPES = {name: CharField() if name == "kind" else IntegerField() for name in FILTERS}

memory = ProcessCache(SECONDS)


def forget(**kwargs) -> None:
    """Signal receiver: something that the lists offer has changed in this process."""
    memory.clear()


def options() -> dict[str, list[Option]]:
    """All values of every filter, in the order in which they are offered."""
    return memory.get_or_set("options", _read_options)


def _read_options() -> dict[str, list[Option]]:
    tables = {"agency": Agency, "category": Category, "village": Village}
    years = PublishedAnswer.objects.values("year")
    first = Subquery(years.order_by("answered_at", "pk")[:1])
    last = Subquery(years.newest()[:1])
    parts = [
        model.objects.order_by()
        .annotate(table=Value(name, CharField()), first=first, last=last)
        .values_list("name", "slug", "pk", "table", "first", "last")
        for name, model in tables.items()
    ]
    found = {name: [] for name in FILTERS}
    oldest = newest = None
    rows = parts[0].union(*parts[1:], all=True)
    for name, slug, key, table, oldest, newest in sorted(rows):  # noqa: B007
        found[table].append(Option(key, slug, name))
    found["kind"] = [Option(kind.value, kind.value, label) for kind, label in labels.KINDS.items()]
    years = range(newest, oldest - 1, -1) if newest else ()
    found["year"] = [Option(year, str(year), str(year)) for year in years]
    return found


@dataclass(frozen=True)
class Counts:
    """Answers in a narrowed list: what each value of each filter would leave, and in all."""

    values: dict[str, Counter]
    total: int

    @property
    def is_capped(self) -> bool:
        return self.total >= MOST

    def of(self, name: str, key) -> int:
        """How many answers that value of that filter would leave."""
        return self.values[name][key]

    def is_capped_for(self, name: str) -> bool:
        """Whether that filter's values may have more answers than were counted."""
        return self.values[name].total() >= MOST


def counts(keys: dict[str, object], chosen: Collection[str] = ()) -> Counts:
    """How many answers the chosen values leave, capped at MOST. Of a filter that is `chosen`,
    each value counts as if it alone were exchanged."""
    parts = [f"{name}={key}" for name, key in sorted(keys.items())]
    name = ":".join(["counts", *parts, *chosen])
    return memory.get_or_set(name, lambda: _count(keys, chosen))


def _count(keys, chosen) -> Counts:
    """One query: the whole choice, and for each chosen filter the choice without it."""
    parts = [_grouped(keys, "", FILTERS)]
    for name in chosen:
        others = {other: key for other, key in keys.items() if other != name}
        parts.append(_grouped(others, name, (name,)))
    values = {name: Counter() for name in FILTERS}
    total = 0
    for without, *group, number in parts[0].union(*parts[1:], all=True):
        for name, key in zip(FILTERS, group, strict=True):
            if without == (name if name in chosen else ""):
                values[name][key] += number
        total += 0 if without else number
    return Counts(values, total)


def _grouped(keys, without: str, filters: Collection[str]):
    """The newest answers of a choice, counted by these filters; `without` says which filter
    was left out of it. The columns are the same for all, so that they can be united."""
    newest = PublishedAnswer.objects.filter(conditions(keys)).newest().values("pk")[:MOST]
    by = {"without": Value(without, CharField())}
    for name in FILTERS:
        by[f"by_{name}"] = F(COLUMNS[name]) if name in filters else Value(None, TYPES[name])
    rows = PublishedAnswer.objects.filter(pk__in=newest).order_by()
    return rows.annotate(**by).values_list(*by).annotate(number=Count("pk"))


@dataclass(frozen=True)
class Figures:
    """How an agency keeps its word, over its newest answers."""

    # Of its answers, those with every step in time.
    on_time: Share
    median_seconds: int


def figures(agency_id: int) -> Figures | None:
    """An agency's figures, or None while it has no answer on the website."""
    # Wrapped: "none yet" is worth remembering too.
    return memory.get_or_set(f"figures:{agency_id}", lambda: (_figures(agency_id),))[0]


def _figures(agency_id: int) -> Figures | None:
    late = StepRecord.objects.late_on_the_way().filter(complaint=OuterRef("complaint"))
    rows = list(
        PublishedAnswer.objects.filter(agency=agency_id)
        .newest()
        .annotate(was_late=Exists(late))
        .values_list("received_at", "answered_at", "was_late")[:RECENT]
    )
    if not rows:
        return None
    return Figures(
        on_time=Share(sum(not was_late for *_moments, was_late in rows), len(rows)),
        median_seconds=median([int((end - start).total_seconds()) for start, end, _ in rows]),
    )


def related(answer: PublishedAnswer) -> list[PublishedAnswer]:
    """The newest other answers of the same agency in the same category."""
    return others(alike(answer.agency_id, answer.category_id), answer.pk)


def alike(agency_id: int, category_id: int | None) -> list[PublishedAnswer]:
    """The newest answers of an agency in a category: one more than is shown beside one."""
    return memory.get_or_set(
        f"related:{agency_id}:{category_id}", lambda: _newest(agency_id, category_id)
    )


def others(answers: list[PublishedAnswer], key: int) -> list[PublishedAnswer]:
    """Those to show beside the answer with this key."""
    return [answer for answer in answers if answer.pk != key][:RELATED]


def _newest(agency_id, category_id) -> list[PublishedAnswer]:
    found = PublishedAnswer.objects.filter(agency=agency_id, category=category_id)
    return list(found.cards().newest()[: RELATED + 1])
