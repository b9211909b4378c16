"""The report on time: how long each step took, and one step from agency to agency."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from ..presentation import FEW, charts
from ..procedure import Step
from . import figures
from .figures import COUNTED_STEPS, Times
from .names import agency_names, short_name, step_name
from .scope import Scope
from .tables import Column, Content, Kind, Table, bar_chart

# The step that agencies are compared by unless another one is chosen.
COMPARED_STEP = Step.A6


def step_times(scope: Scope, step: Step = COMPARED_STEP) -> Content:
    """How long steps took: each step, and one step from agency to agency."""
    return Content(tables=[_by_step(scope), _by_agency(scope, step)])


def _by_step(scope: Scope) -> Table:
    found = {Step(row.key): row for row in figures.times_by_step(scope)}
    rows = [(step_name(step), step.value, found[step]) for step in COUNTED_STEPS if step in found]
    note = _("Half of the steps took at most the median; nine in ten at most the last column.")
    return _times_table("steps", _("Time per step"), _("Step"), rows, [note])


def _by_agency(scope: Scope, step: Step) -> Table:
    names = agency_names()
    found = figures.times_by_agency(scope, step)
    found.sort(key=lambda row: (row.median, str(names[row.key])))
    return _times_table(
        "agencies",
        _("%(step)s: agency by agency") % {"step": step_name(step)},
        _("Agency"),
        [(str(names[row.key]), short_name(names[row.key]), row) for row in found],
        [_("Choose another step among the filters.")],
    )


def _times_table(
    key: str, title: str, first: str, rows: Sequence[tuple[str, str, Times[Any]]], notes: list[str]
) -> Table:
    """`rows` are (name, short name for the chart, figures)."""
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
    chart = bar_chart(
        key,
        _("%(title)s, median in hours") % {"title": title},
        [(short, row.median / 3600) for _name, short, row in rows],
        text=charts.decimal_text,
    )
    return Table(key, title, columns, lines, chart, _("Median, in hours"), notes)
