"""The report on misrouting: from where, to where, and how often."""

from __future__ import annotations

from typing import TypeAlias

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..presentation import Share, count_text
from . import figures
from .names import agency_names, short_name
from .scope import Scope
from .tables import Column, Content, Kind, Table, bar_chart

# How many moves a chart has room for; the table has them all.
DRAWN = 12
# From agency, to agency, how many complaints.
Move: TypeAlias = tuple[int | None, int | None, int]


def misrouting(scope: Scope) -> Content:
    """Which complaints went to the wrong agency, where they ended, and how often."""
    waiting = figures.waiting_for_routing(scope)
    sentence = ngettext(
        "%(count)s complaint waits for the right agency now.",
        "%(count)s complaints wait for the right agency now.",
        waiting,
    )
    return Content(
        summary=[
            _reported(figures.misrouting_reports(scope)),
            sentence % {"count": count_text(waiting)},
        ],
        tables=[_moves(scope), _bounces(scope)],
    )


def _reported(count: int) -> str:
    text = ngettext(
        "An agency reported a complaint as misrouted %(count)s time.",
        "Agencies reported complaints as misrouted %(count)s times.",
        count,
    )
    return text % {"count": count_text(count)}


def moved(transfers: list[Move]) -> list[Move]:
    """Leaves out complaints sent back to the agency that had reported them: they didn't move."""
    return [row for row in transfers if row[0] != row[1]]


def _moves(scope: Scope) -> Table:
    names = agency_names()
    transfers = figures.transfers(scope)
    moves = moved(transfers)
    returned = sum(count for *_pair, count in transfers) - sum(count for *_pair, count in moves)
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
        bar_chart("moves", title, drawn),
        notes=_returned(returned),
    )


def _returned(count: int) -> list[str]:
    if not count:
        return []
    text = ngettext(
        "%(count)s went back to the agency that had reported it and isn't counted here.",
        "%(count)s went back to the agency that had reported them and aren't counted here.",
        count,
    )
    return [text % {"count": count_text(count)}]


def _bounces(scope: Scope) -> Table:
    counted = figures.bounces(scope)
    received = sum(count for _times, count in counted)
    return Table(
        "bounces",
        _("How often complaints received were reported as misrouted"),
        [
            Column("times", _("Times reported as misrouted")),
            Column("count", _("Complaints")),
            Column("share", _("Share"), Kind.SHARE),
        ],
        [
            {"times": times, "count": count, "share": Share(count, received)}
            for times, count in counted
        ],
    )
