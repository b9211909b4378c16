"""The tables of a report, whose columns know how their values are written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, TypeAlias

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..presentation import NO_FIGURE, Share, charts, count_text, few_note, seconds_text

# A row's values by the keys of its columns; each column's kind says what its values are.
Row: TypeAlias = Mapping[str, Any]


def _share_text(share: Share) -> str:
    return share.text


def _share_cell(share: Share) -> float | None:
    return None if share.value is None else round(share.value * 100, 1)


def _minutes_cell(seconds: int | None) -> float | None:
    return None if seconds is None else round(seconds / 60, 1)


def _optional_text(value: int | str | None) -> str:
    if value is None:
        return NO_FIGURE
    return value if isinstance(value, str) else count_text(value)


def _unchanged(value: int | str | None) -> int | str | None:
    return value


class Kind(Enum):
    """How a column's values are written: on the screen, and in a spreadsheet."""

    TEXT = (str, str)
    COUNT = (count_text, int)
    SHARE = (_share_text, _share_cell)
    TIME = (seconds_text, _minutes_cell)
    # A count, or a word in its place, or nothing.
    OPTIONAL = (_optional_text, _unchanged)

    def __init__(
        self, on_screen: Callable[[Any], str], in_sheet: Callable[[Any], str | float | None]
    ) -> None:
        self.on_screen, self.in_sheet = on_screen, in_sheet


@dataclass(frozen=True)
class Column:
    """One column of a report's table."""

    key: str
    label: str
    kind: Kind = Kind.COUNT

    @property
    def heading(self) -> str:
        """The heading in a spreadsheet, where a cell is a bare number and needs its unit."""
        units = {Kind.SHARE: _("%(name)s (%%)"), Kind.TIME: _("%(name)s (minutes)")}
        return units.get(self.kind, "%(name)s") % {"name": self.label}


@dataclass(frozen=True)
class Table:
    """Rows under columns, and the chart of them if there is one. The first column names the row."""

    key: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    chart: SafeString | None = None
    # What the chart's numbers are, where the table's title doesn't say it.
    caption: str = ""
    notes: Sequence[str] = field(default_factory=tuple)

    @property
    def lines(self) -> list[tuple[str, list[tuple[Kind, str]]]]:
        """Each row as it is shown: its name, and its other cells with their kind."""
        shown = [
            [(c.kind, c.kind.on_screen(row[c.key])) for c in self.columns] for row in self.rows
        ]
        return [(cells[0][1], cells[1:]) for cells in shown]

    @property
    def footnotes(self) -> list[str]:
        weak = any(isinstance(v, Share) and v.is_weak for row in self.rows for v in row.values())
        return [*self.notes, *([few_note()] if weak else [])]

    def sheet_rows(self) -> list[dict[str, str | float | None]]:
        """Each row with bare numbers, for a spreadsheet."""
        return [
            {column.key: column.kind.in_sheet(row[column.key]) for column in self.columns}
            for row in self.rows
        ]


def bar_chart(
    key: str,
    title: str,
    bars: Sequence[tuple[str, float | None]],
    text: Callable[[float], str] = count_text,
    top: float | None = None,
) -> SafeString | None:
    """A bar for each label with its value, for the table of that key; None without any."""
    if not bars:
        return None
    labels, values = [label for label, _value in bars], [value for _label, value in bars]
    return charts.bars(f"chart-{key}", title, labels, values, text=text, top=top)


@dataclass(frozen=True)
class Content:
    """A report about a period: what it finds in a sentence or two, and its tables."""

    tables: Sequence[Table]
    summary: Sequence[str] = field(default_factory=tuple)
