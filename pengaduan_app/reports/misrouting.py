"""The report on misrouting: from where, to where, and how often."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import charts
from ..measures import Share, count_text
from . import figures
from .figures import Scope
from .names import agency_names, short_name
from .tables import Column, Content, Kind, Table

# As many as a chart has room for; the table has them all.
DRAWN = 12


def misrouting(scope: Scope) -> Content:
    """Which complaints went to the wrong agency, where they ended, and how often."""
    waiting = figures.waiting_for_routing(scope)
    sentence = ngettext(
        "%(count)s complaint waits for the right agency now.",
        "%(count)s complaints wait for the right agency now.",
        waiting,
    )
    return Content(
        summary=[sentence % {"count": count_text(waiting)}],
        tables=[_moves(scope), _bounces(scope)],
    )


def _moves(scope: Scope) -> Table:
    names = agency_names()
    moves = figures.transfers(scope)
    title = _("Sent from one agency to another")
    drawn = [
        (f"{short_name(names[source])} → {short_name(names[target])}", count)
        for source, target, count in moves[:DRAWN]
    ]
    return Table(
        "moves",
        title,
        [
            Column("source", _("From"), Kind.TEXT),
            Column("target", _("To"), Kind.TEXT),
            Column("count", _("Complaints")),
        ],
        [
            {"source": str(names[source]), "target": str(names[target]), "count": count}
            for source, target, count in moves
        ],
        charts.bars("chart-moves", title, *zip(*drawn, strict=True)) if drawn else "",
    )


def _bounces(scope: Scope) -> Table:
    counted = figures.bounces(scope)
    received = sum(count for _times, count in counted)
    return Table(
        "bounces",
        _("How often complaints received were misrouted"),
        [
            Column("times", _("Times misrouted")),
            Column("count", _("Complaints")),
            Column("share", _("Share"), Kind.SHARE),
        ],
        [
            {"times": times, "count": count, "share": Share(count, received)}
            for times, count in counted
        ],
    )
