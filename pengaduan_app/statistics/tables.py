"""The figures as tables: how they are shown, downloaded and drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..presentation import Share, charts, share_text
from ..reports import Column, Kind, Row, Table, bar_chart
from .league import FEWEST_CLOSED
from .suppression import SMALLEST

# What statistics.counting made and the snapshot stores.
Figures: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Subject:
    """One table of the page: its rows, its chart, and what must be said about both."""

    title: str | Promise
    summary: str | Promise
    build: Callable[[Figures], Table]
    draw: Callable[[Table, Figures], SafeString | None]
    # Shown in the chart's place while there is nothing to draw.
    nothing: str | Promise
    # Whether the table is open from the start: its numbers matter more than the chart.
    is_open: bool = False


COUNTS = ("received", "answered", "on_time")


def _count_columns(first: str, kind: Kind = Kind.COUNT) -> list[Column]:
    return [
        Column("name", first, Kind.TEXT),
        Column("received", _("Received"), kind),
        Column("answered", _("Answered"), kind),
        Column("on_time", _("Answered in time"), kind),
    ]


def _share_column() -> Column:
    return Column("share", _("Share in time"), Kind.SHARE)


def _with_share(line: Row) -> dict[str, Any]:
    return {**line, "share": Share(line["on_time"], line["answered"])}


def month_name(key: str, form: str = "F Y") -> str:
    """2026-03 in words: Maret 2026."""
    return date_format(date.fromisoformat(f"{key}-01"), form)


def _months(figures: Figures) -> Table:
    rows = [_with_share({**line, "name": month_name(line["month"])}) for line in figures["months"]]
    rows[-1]["name"] = _("%(month)s, so far") % {"month": rows[-1]["name"]}
    columns = [*_count_columns(_("Month")), _share_column()]
    return Table("months", str(SUBJECTS["months"].title), columns, rows)


def _draw_months(table: Table, figures: Figures) -> SafeString:
    labels = [month_name(line["month"], "M y") for line in figures["months"]]
    series = [
        charts.Series(column.label, [row[column.key] for row in table.rows])
        for column in table.columns
        if column.key in COUNTS
    ]
    return charts.lines("chart-months", table.title, labels, series)


def _agencies(figures: Figures) -> Table:
    rows = [
        {
            **line,
            "name": line["name"] or _("Not yet chosen"),
            "share": Share(line["steps_in_time"], line["steps"]),
        }
        for line in figures["agencies"]
    ]
    columns = [
        Column("name", _("Agency"), Kind.TEXT),
        Column("rank", _("Rank"), Kind.OPTIONAL),
        Column("share", _("Steps in time"), Kind.SHARE),
        Column("steps", _("Steps judged")),
        Column("median_seconds", _("Median time to the answer"), Kind.TIME),
        Column("received", _("Received")),
        Column("answered", _("Answered")),
        Column("closed", _("Closed")),
    ]
    notes = [
        _(
            "Agencies with fewer than %(count)d closed complaints have no rank: one case "
            "more or less would change too much."
        )
        % {"count": FEWEST_CLOSED},
        _(
            "Compared are an agency's own steps, from A1 to A8. A step that lies there past its "
            "limit counts as late. Half of the answers took no longer than the median time."
        ),
    ]
    return Table("agencies", str(SUBJECTS["agencies"].title), columns, rows, notes=notes)


def _draw_agencies(table: Table, figures: Figures) -> SafeString | None:
    drawn = [(row["short_name"], row["share"].value) for row in table.rows if row["rank"]]
    return bar_chart(table.key, table.title, drawn, text=share_text, top=1)


def _categories(figures: Figures) -> Table:
    rows = [
        _with_share({**line, "name": line["name"] or _("Not stated")})
        for line in figures["categories"]
    ]
    columns = [*_count_columns(_("Category")), _share_column()]
    return Table("categories", str(SUBJECTS["categories"].title), columns, rows)


def _villages(figures: Figures) -> Table:
    rows = [{**line, "name": line["name"] or _("Not stated")} for line in figures["villages"]]
    notes = [
        _(
            "To protect reporters, fewer than %(count)d is written as <%(count)d; a dash stands "
            "for a number that would give such a small one away."
        )
        % {"count": SMALLEST}
    ]
    columns = _count_columns(_("Village"), Kind.OPTIONAL)
    return Table("villages", str(SUBJECTS["villages"].title), columns, rows, notes=notes)


def _draw_received(table: Table, figures: Figures) -> SafeString | None:
    """Leaves out counts that are withheld."""
    named = [(row["name"], row["received"]) for row in table.rows]
    drawn = [(name, n) for name, n in named if isinstance(n, int) and n]
    return bar_chart(table.key, table.title, drawn)


NOTHING_RECEIVED = gettext_lazy("No complaint came in during these twelve months.")
SUBJECTS: dict[str, Subject] = {
    "months": Subject(
        gettext_lazy("Month by month"),
        gettext_lazy("Complaints received, answered, and answered with every step in time."),
        _months,
        _draw_months,
        NOTHING_RECEIVED,
    ),
    "agencies": Subject(
        gettext_lazy("Agency by agency"),
        gettext_lazy("The share of each agency's own steps that kept their time limits."),
        _agencies,
        _draw_agencies,
        gettext_lazy("No agency has enough closed complaints yet to be compared with others."),
        is_open=True,
    ),
    "categories": Subject(
        gettext_lazy("By category"),
        gettext_lazy("Complaints received in twelve months."),
        _categories,
        _draw_received,
        NOTHING_RECEIVED,
    ),
    "villages": Subject(
        gettext_lazy("By village"),
        gettext_lazy("Complaints received in twelve months."),
        _villages,
        _draw_received,
        NOTHING_RECEIVED,
    ),
}


def render_charts(figures: Figures) -> dict[str, str]:
    """The chart of each table as SVG; empty where there is nothing to draw."""
    return {
        key: subject.draw(subject.build(figures), figures) or ""
        for key, subject in SUBJECTS.items()
    }
