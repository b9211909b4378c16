"""What a report consists of: tables with columns that know how their values are written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..presentation import NO_FIGURE, Share, count_text, few_note, seconds_text


def _share_cell(share: Share):
    return None if share.value is None else round(share.value * 100, 1)


def _minutes_cell(seconds: int | None):
    return None if seconds is None else round(seconds / 60, 1)


def _optional_text(value: int | str | None) -> str:
    if value is None:
        return NO_FIGURE
    return value if isinstance(value, str) else count_text(value)


class Kind(Enum):
    """How a column's values are written: on the screen, and in a spreadsheet."""

    TEXT = (str, str)
    COUNT = (count_text, int)
    SHARE = (lambda share: share.text, _share_cell)
    TIME = (seconds_text, _minutes_cell)
    # A count, or a word in its place, or nothing.
    OPTIONAL = (_optional_text, lambda value: value)

    def __init__(self, on_screen: Callable, in_sheet: Callable):
        self.on_screen, self.in_sheet = on_screen, in_sheet


@dataclass(frozen=True)
class Column:
    """One column of a report's table."""

    key: str
    label: str
    kind: Kind = Kind.COUNT

    @property
    def heading(self) -> str:
        """The heading in a spreadsheet, where a cell is a bare number."""
        units = {Kind.SHARE: _("%(name)s (%%)"), Kind.TIME: _("%(name)s (minutes)")}
        return units.get(self.kind, "%(name)s") % {"name": self.label}


@dataclass(frozen=True)
class Table:
    """Rows under columns, with their chart. The first column names the row."""

    key: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[dict]
    chart: SafeString | str = ""
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
    def charts(self) -> list[SafeString]:
        """Its chart, if it has one."""
        return [self.chart] if self.chart else []

    @property
    def footnotes(self) -> list[str]:
        weak = any(isinstance(v, Share) and v.is_weak for row in self.rows for v in row.values())
        return [*self.notes, *([few_note()] if weak else [])]

    def sheet_rows(self) -> list[dict]:
        """Each row with bare numbers, for a spreadsheet."""
        return [
            {column.key: column.kind.in_sheet(row[column.key]) for column in self.columns}
            for row in self.rows
        ]


@dataclass(frozen=True)
class Content:
    """A report about a period: what it finds in a sentence or two, and its tables."""

    tables: Sequence[Table]
    summary: Sequence[str] = field(default_factory=tuple)

    @property
    def is_empty(self) -> bool:
        return not any(table.rows for table in self.tables)
