"""Deadline arithmetic. Pure: no Django, no database, no "now" of its own."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum


class ClockKind(StrEnum):
    """How a step's time runs; chosen per step in the admin."""

    # Day and night: "30 minutes" and "1 × 24 hours", as the SOP is written.
    ELAPSED = "elapsed"
    # Minutes and hours run only while the office is open.
    SERVICE_HOURS = "service_hours"
    # 24 hours count, days off don't.
    SERVICE_DAYS = "service_days"


def due_at(started: datetime, limit: timedelta) -> datetime:
    """When a step that began at `started` is due, on the elapsed clock.

    The SOP says "30 minutes" and "1 × 24 hours" and no more, so time runs day and
    night. `started` must be aware (any time zone); raises ValueError when it is naive.
    """
    if started.tzinfo is None:
        raise ValueError("A step's start needs a time zone; pass an aware datetime.")
    return started + limit


def is_late(finished: datetime, due: datetime) -> bool:
    """True when the step ended after its due time; the due instant itself is in time."""
    return finished > due
