"""The report on reminders: how many were given, and how soon their steps were finished."""

from __future__ import annotations

from functools import reduce
from operator import add

from django.utils.translation import gettext as _

from ..presentation import Share
from ..procedure import ReminderKind, labels
from . import figures
from .figures import Response
from .names import agency_names, short_name
from .scope import Scope
from .tables import Column, Content, Kind, Table, bar_chart


def build_reminders(scope: Scope) -> Content:
    """Reminders by kind and by agency with the response, and the coordinator's own step."""
    found = figures.responses(scope)
    names = agency_names()

    def total(of: int | ReminderKind | None) -> Response:
        return reduce(add, (row for key, row in found.items() if of in key), Response())

    kinds = [(name, name, total(kind)) for kind in ReminderKind for name in [_kind_name(kind)]]
    in_order = sorted({agency for agency, _kind in found}, key=lambda pk: str(names[pk]))
    agencies = [(str(names[pk]), short_name(names[pk]), total(pk)) for pk in in_order]
    return Content(
        tables=[
            _table("kinds", _("Reminders by kind"), _("Kind of reminder"), kinds),
            _table("agencies", _("Reminders by agency"), _("Agency"), agencies),
            _coordinator(scope),
        ]
    )


def _kind_name(kind: ReminderKind) -> str:
    return str(labels.REMINDERS[kind])


def _table(key: str, title: str, first: str, rows: list[tuple[str, str, Response]]) -> Table:
    """`rows` are (name, short name for the chart, figures)."""
    given = [row for row in rows if row[2].count]
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
            for name, _short_name, row in given
        ],
        bar_chart(key, title, [(short, row.count) for _name, short, row in given]),
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
