"""How long steps took, from when they were opened to when they were finished."""

from __future__ import annotations

from ...procedure import Step
from ..scope import Scope
from .percentiles import Times, times_by
from .steps import closed_steps


def times_by_step(scope: Scope) -> list[Times[str]]:
    """Median and 90th percentile of each step; two queries."""
    return times_by(closed_steps(scope).exclude(judged_as=Step.C1), "judged_as")


def times_by_agency(scope: Scope, step: Step) -> list[Times[int | None]]:
    """The same for one step, by agency; two queries."""
    return times_by(closed_steps(scope).filter(judged_as=step.value), "agency_id")
