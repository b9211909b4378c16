"""The report on what came in: over time, and by kind, category, village and channel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Category, Village
from ..presentation import Share, charts
from ..procedure import WIB, labels
from . import figures
from .figures import Key
from .scope import Scope
from .tables import Column, Content, Kind, Table, bar_chart


def volume(scope: Scope) -> Content:
    """What came in: over time, and by kind, category, village and channel."""
    found = figures.volume(scope)
    total = sum(found["kind"].values())
    named: dict[str, tuple[str, str, Mapping[Any, object]]] = {
        "kind": (_("By kind"), _("Kind"), _labels(labels.KINDS)),
        "category": (_("By category"), _("Category"), Category.objects.in_bulk()),
        "village": (_("By village"), _("Village"), Village.objects.in_bulk()),
        "channel": (_("By channel"), _("Channel"), _labels(labels.CHANNELS)),
    }
    tables = [
        _volume_table(key, *words, found[key].most_common(), total) for key, words in named.items()
    ]
    return Content(tables=[_over_time(scope, total), *tables])


def _labels(table: Mapping[Any, object]) -> dict[str, object]:
    return {key.value: label for key, label in table.items()}


def _over_time(scope: Scope, total: int) -> Table:
    # Days to come have no figure yet; a line down to zero would claim one.
    so_far = replace(scope, period=scope.period.until(timezone.localdate(timezone=WIB)))
    parts = figures.received_over_time(so_far) if total else []
    labels_of, counts = [label for label, _n in parts], [count for _label, count in parts]
    days = [str(part) for _label, part in so_far.period.parts()]
    title = _("Complaints received")
    series = [charts.Series(title, counts)]
    return Table(
        "time",
        title,
        [Column("name", _("When"), Kind.TEXT), Column("count", _("Received"))],
        # With the year, which a chart has no room for and a file must have.
        [{"name": day, "count": count} for day, count in zip(days, counts, strict=False)],
        charts.lines("chart-time", title, labels_of, series) if parts else None,
    )


def _volume_table(
    key: str,
    title: str,
    first: str,
    names: Mapping[Any, object],
    counts: Sequence[tuple[Key, int]],
    total: int,
) -> Table:
    rows = [(str(names.get(value) or _("Not stated")), count) for value, count in counts]
    columns = [
        Column("name", first, Kind.TEXT),
        Column("count", _("Received")),
        Column("share", _("Share"), Kind.SHARE),
    ]
    lines = [{"name": name, "count": count, "share": Share(count, total)} for name, count in rows]
    return Table(key, title, columns, lines, bar_chart(key, title, rows))
