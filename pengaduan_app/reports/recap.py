"""The monthly recap that an office signs: what came in, what was answered, who was in time."""

from __future__ import annotations

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..presentation import Share, share_text
from ..procedure import WIB, labels, sop
from ..procedure import Kind as ComplaintKind
from . import figures
from .figures import Flow, Punctuality
from .misrouting import Move, moved
from .names import Names, agency_names, short_name
from .period import Period
from .punctuality import agencies_own
from .scope import Scope
from .tables import Column, Content, Kind, Table, bar_chart


def build_recap(scope: Scope) -> Content:
    """The month's totals, every agency's part in them, and the kinds received."""
    flows = figures.flow_by_agency(scope)
    names = agency_names()
    own = agencies_own(figures.punctuality(scope))
    punctual = {pk: row for pk, row in own.items() if row.count}
    in_order = sorted(flows.keys() | punctual.keys(), key=lambda pk: str(names[pk]))
    received = figures.volume(scope)["kind"]
    return Content(
        tables=[
            _totals(figures.total_flow(flows), figures.transfers(scope), scope.period),
            _agencies(in_order, names, flows, punctual),
            Table(
                "kinds",
                _("Complaints received, by kind"),
                [Column("name", _("Kind"), Kind.TEXT), Column("count", _("Received"))],
                [
                    {"name": str(labels.KINDS[ComplaintKind(str(kind))]), "count": count}
                    for kind, count in received.most_common()
                ],
            ),
        ]
    )


def _totals(total: Flow, transfers: list[Move], period: Period) -> Table:
    ended = [
        (str(labels.STATES[state]), total.ended[state])
        for state in sop.State
        if state in sop.CLOSED_STATES
    ]
    misrouted = sum(count for source, _target, count in moved(transfers) if source)
    rows = [
        (_("Received"), total.received),
        *ended,
        (_("Sent on to the right agency"), misrouted),
        (_still_open(period), total.open_at_end),
    ]
    return Table(
        "totals",
        _("Complaints in the month of the report"),
        [Column("name", _("What"), Kind.TEXT), Column("count", _("Complaints"))],
        [{"name": name, "count": count} for name, count in rows if any(n for _w, n in rows)],
    )


def _still_open(period: Period) -> str:
    today = timezone.localdate(timezone=WIB)
    if not period.is_running(today):
        return _("Still open at the end of the month")
    return _("Still open on %(day)s (provisional)") % {"day": date_format(today, "j F")}


def _agencies(
    in_order: list[int | None],
    names: Names,
    flows: dict[int | None, Flow],
    punctual: dict[int | None, Punctuality],
) -> Table:
    rows = [
        {
            "name": str(names[pk]),
            "received": flow.received,
            "answered": flow.answered,
            "ended": flow.unanswered,
            "open": flow.open_at_end,
            "steps": steps.count,
            "share": Share(steps.in_time, steps.count),
        }
        for pk in in_order
        for flow in [flows.get(pk, figures.NOTHING)]
        for steps in [punctual.get(pk, Punctuality())]
    ]
    columns = [
        Column("name", _("Agency"), Kind.TEXT),
        Column("received", _("Received")),
        Column("answered", _("Answered")),
        Column("ended", _("Ended without an answer")),
        Column("open", _("Open at the end")),
        Column("steps", _("Steps finished")),
        Column("share", _("Share in time"), Kind.SHARE),
    ]
    caption = _("Share of steps in time")
    drawn = [(short_name(names[pk]), punctual[pk].rate) for pk in in_order if pk in punctual]
    chart = bar_chart("agencies", caption, drawn, text=share_text, top=1)
    return Table("agencies", _("Agency by agency"), columns, rows, chart, caption)
