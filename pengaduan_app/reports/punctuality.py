"""The report on punctuality: which steps, of which agencies, kept to their limits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import add
from typing import TypeAlias

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..presentation import Share, count_text, share_text
from ..procedure import Step, sop
from . import figures
from .figures import COUNTED_STEPS, Punctuality
from .names import Names, agency_names, short_name, step_name
from .scope import Scope
from .tables import Column, Content, Kind, Table, bar_chart

# By agency and step.
Found: TypeAlias = dict[tuple[int | None, Step], Punctuality]


def on_time(scope: Scope) -> Content:
    """How many steps kept to their limit: by step, by agency, and by both."""
    found = figures.punctuality(scope)
    names = agency_names()
    total = _sum(row for row in found.values())
    return Content(
        summary=[_summary(total)] if total.count else [],
        tables=[_by_step(found), _by_agency(found, names), _by_both(found, names)],
    )


def agencies_own(found: Found) -> dict[int | None, Punctuality]:
    """Each agency's punctuality in its own steps, which it alone answers for (SOP A1 to A8)."""
    rows: dict[int | None, Punctuality] = {}
    for (agency, step), row in found.items():
        if step in sop.AGENCY_STEPS:
            rows[agency] = rows.get(agency, Punctuality()) + row
    return rows


def _by_step(found: Found) -> Table:
    rows = []
    for step in COUNTED_STEPS:
        row = _sum(row for (_agency, of), row in found.items() if of == step)
        if row.count or row.overdue:
            rows.append((step_name(step), step.value, row))
    note = _("The coordinator's reminder, C1, stands in the report on reminders.")
    return _table("steps", _("Steps in time"), _("Step"), rows, note)


def _by_agency(found: Found, names: Names) -> Table:
    own = agencies_own(found)
    in_order = sorted(own, key=lambda agency: str(names[agency]))
    rows = [(str(names[pk]), short_name(names[pk]), own[pk]) for pk in in_order]
    note = _("An agency answers for its own steps A1 to A8; the others are the city's.")
    return _table("agencies", _("Agencies in time"), _("Agency"), rows, note)


def _by_both(found: Found, names: Names) -> Table:
    in_order = sorted(found, key=lambda key: (str(names[key[0]]), COUNTED_STEPS.index(key[1])))
    return Table(
        "both",
        _("Each agency's steps"),
        [Column("agency", _("Agency"), Kind.TEXT), *_columns(_("Step"))],
        [
            {"agency": str(names[agency]), **_row(step_name(step), found[agency, step])}
            for agency, step in in_order
        ],
    )


def _sum(rows: Iterable[Punctuality]) -> Punctuality:
    return reduce(add, rows, Punctuality())


def _summary(total: Punctuality) -> str:
    return ngettext(
        "%(count)s step was finished, %(in_time)s in time.",
        "%(count)s steps were finished, %(in_time)s of them in time.",
        total.count,
    ) % {"count": count_text(total.count), "in_time": count_text(total.in_time)}


def _columns(name: str) -> list[Column]:
    return [
        Column("name", name, Kind.TEXT),
        Column("count", _("Finished")),
        Column("in_time", _("In time")),
        Column("late", _("Late")),
        Column("share", _("Share in time"), Kind.SHARE),
        Column("overdue", _("Open and overdue now")),
    ]


def _row(name: str, row: Punctuality) -> dict[str, object]:
    return {
        "name": name,
        "count": row.count,
        "in_time": row.in_time,
        "late": row.late,
        "share": Share(row.in_time, row.count),
        "overdue": row.overdue,
    }


def _table(
    key: str, title: str, first: str, rows: Sequence[tuple[str, str, Punctuality]], note: str
) -> Table:
    """`rows` are (name, short name for the chart, figures)."""
    drawn = [(short, row.rate) for _name, short, row in rows if row.count]
    chart = bar_chart(key, title, drawn, text=share_text, top=1)
    lines = [_row(name, row) for name, _short_name, row in rows]
    caption = _("Share in time")
    return Table(key, title, _columns(first), lines, chart, caption, [note])
