"""How many steps kept their limits."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from ...models import StepRecord
from ...procedure import Outcome, Step
from ..scope import Scope
from .steps import closed_steps


@dataclass(frozen=True)
class Punctuality:
    """How many steps were finished, how many of them in time, and how many are overdue now."""

    count: int = 0
    in_time: int = 0
    overdue: int = 0

    def __add__(self, other: Punctuality) -> Punctuality:
        return Punctuality(
            self.count + other.count, self.in_time + other.in_time, self.overdue + other.overdue
        )

    @property
    def late(self) -> int:
        return self.count - self.in_time

    @property
    def rate(self) -> float | None:
        """The share in time, or None where nothing was finished."""
        return self.in_time / self.count if self.count else None


def punctuality(scope: Scope) -> dict[tuple[int | None, Step], Punctuality]:
    """By agency and step: finished in the period, and overdue now. Two queries."""
    closed = closed_steps(scope).exclude(judged_as=Step.C1).values_list("agency", "judged_as")
    found = {
        (agency, Step(step)): Punctuality(count, in_time)
        for agency, step, count, in_time in closed.annotate(
            count=Count("*"), in_time=Count("late", filter=Q(late=False))
        )
    }
    overdue = scope.owned(StepRecord.objects.open()).filter(due_at__lt=timezone.now())
    open_steps = overdue.exclude(step=Step.C1).order_by().values_list("agency", "step")
    for agency, step, count in open_steps.annotate(count=Count("*")):
        key = agency, Step(step)
        found[key] = found.get(key, Punctuality()) + Punctuality(overdue=count)
    return found


def coordinators_steps(scope: Scope) -> dict[Outcome, Punctuality]:
    """How the coordinator's own step (SOP C1) ended in the period; one query."""
    rows = closed_steps(scope).filter(judged_as=Step.C1.value).values_list("outcome")
    return {
        Outcome(outcome): Punctuality(count, in_time)
        for outcome, count, in_time in rows.annotate(
            count=Count("*"), in_time=Count("late", filter=Q(late=False))
        )
    }
