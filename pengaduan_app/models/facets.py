"""What the public list can be narrowed by, and how many answers each value would leave.

Both are the same for every reader and dear to count, so each process remembers them for a
minute in its own memory: the site's cache may be a table, and asking that is a query too.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import CharField, Count, Exists, OuterRef, Subquery, Value

from .. import labels
from ..listing import FILTERS, Option, conditions
from ..measures import Share, median
from ..memory import Memory
from .agency import Agency
from .published import PublishedAnswer
from .references import Category, Village
from .steps import StepRecord

SECONDS = 60
# Beyond this many answers a count says "at least": no request counts further.
MOST = 10_000
# An agency's figures speak of its newest answers, as many as these.
RECENT = 1_000
# Others like an answer that are shown below it.
RELATED = 4

memory = Memory(SECONDS)


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
    """Answers in a narrowed list: of each value of each filter, and in all."""

    values: dict[str, dict]
    total: int

    @property
    def capped(self) -> bool:
        return self.total >= MOST


def counts(keys: dict[str, object]) -> Counts:
    """How many answers the chosen values leave, capped at MOST."""
    name = "counts:" + ":".join(f"{filter}={key}" for filter, key in sorted(keys.items()))
    return memory.get_or_set(name, lambda: _count(keys))


def _count(keys) -> Counts:
    newest = PublishedAnswer.objects.filter(conditions(keys)).newest().values("pk")[:MOST]
    columns = {name: f"{name}_id" if name in ("agency", "category", "village") else name
               for name in FILTERS}  # fmt: skip
    groups = (
        PublishedAnswer.objects.filter(pk__in=newest)
        .order_by()
        .values_list(*columns.values())
        .annotate(number=Count("pk"))
    )
    values = {name: Counter() for name in FILTERS}
    total = 0
    for *group, number in groups:
        total += number
        for name, key in zip(FILTERS, group, strict=True):
            values[name][key] += number
    return Counts({name: dict(counter) for name, counter in values.items()}, total)


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
