"""The report on reminders: how many went out, and how soon their steps were finished."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import add

from django.utils.translation import gettext as _

from ..presentation import Share, charts
from ..procedure import ReminderKind, labels
from . import figures
from .figures import Response
from .names import agency_names, short_name
from .scope import Scope
from .tables import Column, Content, Kind, Table


def build_reminders(scope: Scope) -> Content:
    """Reminders by kind and by agency with the response, and the coordinator's own step."""
    found = figures.responses(scope)
    names = agency_names()

    def total(wanted: Callable) -> Response:
        return reduce(add, (row for key, row in found.items() if wanted(key)), Response())

    kinds = [
        (str(labels.REMINDERS[kind]), total(lambda key, kind=kind: key[1] == kind))
        for kind in ReminderKind
    ]
    agencies = sorted({agency for agency, _kind in found}, key=lambda pk: str(names[pk]))
    by_agency = [(str(names[pk]), total(lambda key, pk=pk: key[0] == pk)) for pk in agencies]
    short = [short_name(names[pk]) for pk in agencies]
    return Content(
        tables=[
            _table("kinds", _("Reminders by kind"), _("Kind of reminder"), kinds),
            _table("agencies", _("Reminders by agency"), _("Agency"), by_agency, short),
            _coordinator(scope),
        ]
    )


def _table(key, title, first, rows, short=None) -> Table:
    drawn = list(zip(short or [name for name, _row in rows], rows, strict=True))
    drawn = [(label, row.count) for label, (_name, row) in drawn if row.count]
    chart = drawn and charts.bars(f"chart-{key}", title, *zip(*drawn, strict=True))
    return Table(
        key,
        title,
        [
            Column("name", first, Kind.TEXT),
            Column("count", _("Given")),
            Column("soon", _("Finished within 2 hours"), Kind.SHARE),
            Column("later", _("Finished within 24 hours"), Kind.SHARE),
            Column("open", _("Not finished yet")),
        ],
        [
            {
                "name": name,
                "count": row.count,
                "soon": Share(row.soon, row.soon_known),
                "later": Share(row.later, row.later_known),
                "open": row.count - row.finished,
            }
            for name, row in rows
            if row.count
        ],
        chart or "",
        _("Reminders"),
        [_("The shares leave out reminders that are younger than the time they name.")],
    )


def _coordinator(scope: Scope) -> Table:
    found = figures.coordinators_steps(scope)
    return Table(
        "coordinator",
        _("The coordinator's step C1"),
        [
            Column("name", _("How it ended"), Kind.TEXT),
            Column("count", _("Finished")),
            Column("share", _("Share in time"), Kind.SHARE),
        ],
        [
            {
                "name": str(labels.OUTCOMES[outcome]),
                "count": row.count,
                "share": Share(row.in_time, row.count),
            }
            for outcome, row in found.items()
        ],
    )
