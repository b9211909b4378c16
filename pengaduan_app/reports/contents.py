"""One function a report: asks for its figures and lays them out as tables with charts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import add

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .. import charts, labels
from ..models import Agency, Category, Village
from ..sop import Step
from . import figures
from .figures import COUNTED_STEPS, Punctuality, Scope
from .recap import build_recap
from .tables import FEW, Column, Content, Kind, Share, Table

# The step that agencies are compared by unless another one is chosen.
COMPARED_STEP = Step.A6


@dataclass(frozen=True)
class Report:
    """A report as menu, view and benchmark know it."""

    title: str
    about: str
    build: Callable[..., Content]
    icon: str = "doc-full"


def agency_names() -> dict[int | None, Agency | str]:
    """Every agency by id, and what stands for none; one query."""
    return {None: _("Not yet chosen")} | Agency.objects.in_bulk()


def _short(agency) -> str:
    return getattr(agency, "short_name", agency)


def _step_name(step: Step) -> str:
    return f"{step.value} {labels.STEPS[step]}"


def _sum(rows: Iterable[Punctuality]) -> Punctuality:
    return reduce(add, rows, Punctuality())


def on_time(scope: Scope) -> Content:
    """How many steps kept to their limit: by step, by agency, and by both."""
    found = figures.punctuality(scope)
    names = agency_names()
    steps = {
        step: _sum(row for (_agency, of), row in found.items() if of == step)
        for step in COUNTED_STEPS
    }
    of_agencies: dict[int | None, Punctuality] = {}
    for (agency, step), row in found.items():
        if step in figures.AGENCY_STEPS:
            of_agencies[agency] = of_agencies.get(agency, Punctuality()) + row
    in_order = sorted(of_agencies, key=lambda agency: str(names[agency]))
    both = sorted(found, key=lambda key: (str(names[key[0]]), COUNTED_STEPS.index(key[1])))
    total = _sum(steps.values())
    return Content(
        summary=[_on_time_summary(total)] if total.count else [],
        tables=[
            _punctuality_table(
                "steps",
                _("Steps in time"),
                _("Step"),
                [(_step_name(step), step.value, row) for step, row in steps.items() if _any(row)],
            ),
            _punctuality_table(
                "agencies",
                _("Agencies in time"),
                _("Agency"),
                [(str(names[pk]), _short(names[pk]), of_agencies[pk]) for pk in in_order],
                [_("An agency answers for its own steps A1 to A8; the others are the city's.")],
            ),
            Table(
                "both",
                _("Each agency's steps"),
                [Column("agency", _("Agency"), Kind.TEXT), *_punctuality_columns(_("Step"))],
                [
                    {"agency": str(names[agency]), **_punctuality_row(_step_name(step), row)}
                    for agency, step in both
                    for row in [found[agency, step]]
                ],
            ),
        ],
    )


def _any(row: Punctuality) -> bool:
    return bool(row.count or row.overdue)


def _on_time_summary(total: Punctuality) -> str:
    return ngettext(
        "%(count)s step was finished, %(in_time)s in time.",
        "%(count)s steps were finished, %(in_time)s of them in time.",
        total.count,
    ) % {"count": charts.count_text(total.count), "in_time": charts.count_text(total.in_time)}


def _punctuality_columns(name: str) -> list[Column]:
    return [
        Column("name", name, Kind.TEXT),
        Column("count", _("Finished")),
        Column("in_time", _("In time")),
        Column("late", _("Late")),
        Column("share", _("Share in time"), Kind.SHARE),
        Column("overdue", _("Open and overdue now")),
    ]


def _punctuality_row(name: str, row: Punctuality) -> dict:
    return {
        "name": name,
        "count": row.count,
        "in_time": row.in_time,
        "late": row.late,
        "share": Share(row.in_time, row.count),
        "overdue": row.overdue,
    }


def _punctuality_table(key, title, first, rows, notes=()) -> Table:
    """`rows` are (name, short name for the chart, figures)."""
    drawn = [(short, row.rate) for _name, short, row in rows if row.count]
    chart = drawn and charts.bars(
        f"chart-{key}", title, *zip(*drawn, strict=True), text=charts.share_text, top=1
    )
    lines = [_punctuality_row(name, row) for name, _short_name, row in rows]
    caption = _("Share in time")
    return Table(key, title, _punctuality_columns(first), lines, chart or "", caption, notes)


def step_times(scope: Scope, step: Step = COMPARED_STEP) -> Content:
    """How long steps took: each step, and one step from agency to agency."""
    names = agency_names()
    by_step = {Step(row.key): row for row in figures.times_by_step(scope)}
    by_agency = figures.times_by_agency(scope, step)
    by_agency.sort(key=lambda row: (row.median, str(names[row.key])))
    note = _("Half of the steps took at most the median; nine in ten at most the last column.")
    return Content(
        tables=[
            _times_table(
                "steps",
                _("Time per step"),
                _("Step"),
                [
                    (_step_name(step), step.value, by_step[step])
                    for step in COUNTED_STEPS
                    if step in by_step
                ],
                [note],
            ),
            _times_table(
                "agencies",
                _("%(step)s: agency by agency") % {"step": _step_name(step)},
                _("Agency"),
                [(str(names[row.key]), _short(names[row.key]), row) for row in by_agency],
                [_("Choose another step among the filters.")],
            ),
        ]
    )


def _times_table(key, title, first, rows, notes) -> Table:
    columns = [
        Column("name", first, Kind.TEXT),
        Column("count", _("Finished")),
        Column("median", _("Median"), Kind.TIME),
        Column("p90", _("Nine in ten within"), Kind.TIME),
    ]
    lines = [
        {"name": name, "count": row.count, "median": row.median, "p90": row.p90}
        for name, _short_name, row in rows
    ]
    if any(row.count < FEW for _name, _short_name, row in rows):
        notes = [*notes, _("Times of fewer than %(count)d steps say little.") % {"count": FEW}]
    chart = rows and charts.bars(
        f"chart-{key}",
        _("%(title)s, median in hours") % {"title": title},
        [short for _name, short, _row in rows],
        [row.median / 3600 for _name, _short_name, row in rows],
        text=charts.decimal_text,
    )
    return Table(key, title, columns, lines, chart or "", _("Median, in hours"), notes)


def volume(scope: Scope) -> Content:
    """What came in: over time, and by kind, category, village and channel."""
    found = figures.volume(scope)
    total = sum(found["kind"].values())
    named = {
        "kind": (
            _("By kind"),
            _("Kind"),
            {key.value: name for key, name in labels.KINDS.items()},
        ),
        "category": (_("By category"), _("Category"), Category.objects.in_bulk()),
        "village": (_("By village"), _("Village"), Village.objects.in_bulk()),
        "channel": (
            _("By channel"),
            _("Channel"),
            {key.value: name for key, name in labels.CHANNELS.items()},
        ),
    }
    parts = figures.received_over_time(scope)
    over_time = Table(
        "time",
        _("Complaints received"),
        [Column("name", _("When"), Kind.TEXT), Column("count", _("Received"))],
        [{"name": label, "count": count} for label, count in parts if total],
        charts.lines(
            "chart-time",
            _("Complaints received"),
            [label for label, _count in parts],
            [charts.Series(_("Received"), [count for _label, count in parts])],
        )
        if total
        else "",
    )
    tables = [
        _volume_table(key, *words, found[key].most_common(), total) for key, words in named.items()
    ]
    return Content(tables=[over_time, *tables])


def _volume_table(key, title, first, names, counts, total) -> Table:
    rows = [(str(names.get(value) or _("Not stated")), count) for value, count in counts]
    chart = rows and charts.bars(f"chart-{key}", title, *zip(*rows, strict=True))
    columns = [
        Column("name", first, Kind.TEXT),
        Column("count", _("Received")),
        Column("share", _("Share"), Kind.SHARE),
    ]
    lines = [{"name": name, "count": count, "share": Share(count, total)} for name, count in rows]
    return Table(key, title, columns, lines, chart or "")


def misrouting(scope: Scope) -> Content:
    """Which complaints went to the wrong agency, where they ended, and how often."""
    names = agency_names()
    moves = figures.transfers(scope)
    drawn = [
        (f"{_short(names[source])} → {_short(names[target])}", count)
        for source, target, count in moves[:12]
    ]
    title = _("Sent from one agency to another")
    counted = figures.bounces(scope)
    received = sum(count for _times, count in counted)
    waiting = figures.waiting_for_routing(scope)
    return Content(
        summary=[
            ngettext(
                "%(count)s complaint waits for the right agency now.",
                "%(count)s complaints wait for the right agency now.",
                waiting,
            )
            % {"count": charts.count_text(waiting)}
        ],
        tables=[
            Table(
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
            ),
            Table(
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
            ),
        ],
    )


REPORTS: dict[str, Report] = {
    "on-time": Report(
        gettext_lazy("Steps in time"),
        gettext_lazy("Steps finished in the period, judged by the limit they started under."),
        on_time,
        "time",
    ),
    "step-times": Report(
        gettext_lazy("Time per step"),
        gettext_lazy("How long the steps took that were finished in the period."),
        step_times,
        "history",
    ),
    "volume": Report(
        gettext_lazy("Complaints received"),
        gettext_lazy("Complaints that came in during the period."),
        volume,
        "mail",
    ),
    "misrouting": Report(
        gettext_lazy("Misrouted complaints"),
        gettext_lazy("Complaints that were sent to another agency in the period."),
        misrouting,
        "redirect",
    ),
    "recap": Report(
        gettext_lazy("Monthly recap"),
        gettext_lazy("What came in during the month, and what became of it."),
        build_recap,
        "clipboard-list",
    ),
}
