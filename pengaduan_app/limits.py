"""The time limits in force: the city's own rows, else the SOP's."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from . import sop
from .models import StepLimit
from .sop import Step


def current_limits(at: datetime | None = None) -> dict[Step, timedelta]:
    """Every step's limit in force at that moment (default: now); one query."""
    limits = {rule.step: rule.limit for rule in sop.STEPS.values()}
    rows = StepLimit.objects.filter(valid_from__lte=at or timezone.now()).order_by("valid_from")
    limits |= {Step(row.step): timedelta(minutes=row.minutes) for row in rows}
    return limits


def limit_of(step: Step, at: datetime) -> timedelta:
    """One step's limit in force at that moment."""
    return current_limits(at)[step]
