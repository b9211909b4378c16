"""The steps that a period's figures are about."""

from __future__ import annotations

from django.db.models import QuerySet

from ...models import StepRecord
from ...procedure import Step
from ..scope import Scope

# C1 is no step on a complaint's way: the report on reminders has it.
COUNTED_STEPS = tuple(step for step in Step if step != Step.C1)


def closed_steps(scope: Scope) -> QuerySet[StepRecord]:
    """The steps that were finished in the period."""
    return scope.of(StepRecord.objects.all(), "finished_at")
