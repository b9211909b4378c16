"""What a report consists of: tables with columns that know how their values are written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..charts import count_text, share_text
from ..templatetags.pengaduan_tags import duration

# Below this a share says little: one case more or less moves it by twenty points.
FEW = 5
NO_FIGURE = "–"


@dataclass(frozen=True)
class Share:
    """A part of a whole, which keeps how many cases it rests on."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        return self.part / self.whole if self.whole else None

    @property
    def is_weak(self) -> bool:
        return 0 < self.whole < FEW


def _share_text(share: Share) -> str:
    text = NO_FIGURE if share.value is None else share_text(share.value)
    return f"{text} *" if share.is_weak else text


def _share_cell(share: Share):
    return None if share.value is None else round(share.value * 100, 1)


def _seconds_text(seconds: int | None) -> str:
    return NO_FIGURE if seconds is None else duration(timedelta(seconds=seconds))


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
    SHARE = (_share_text, _share_cell)
    TIME = (_seconds_text, _minutes_cell)
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
        few = _("* Rests on fewer than %(count)d cases and says little.") % {"count": FEW}
        return [*self.notes, *([few] if weak else [])]

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
