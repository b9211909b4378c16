"""How much of a step's time is left, as a level of urgency and in words.

Pure functions of the moments that they are given: none reads the clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..presentation import duration

# With a fifth of its limit left (80 % used), a step is near its due time.
NEAR_PART = 5


class Urgency(StrEnum):
    """How urgent an open step is; also the last part of its CSS class."""

    IN_TIME = "in-time"
    NEAR = "near"
    OVERDUE = "overdue"


# Each has its own shape and words, so that nobody depends on the colour.
ICONS = {Urgency.IN_TIME: "time", Urgency.NEAR: "history", Urgency.OVERDUE: "warning"}
NOTES = {Urgency.NEAR: gettext_lazy("soon")}


@dataclass(frozen=True)
class TimeLeft:
    """What the screens show of the time that an open step has left."""

    due_at: datetime
    urgency: Urgency
    words: str

    @property
    def icon(self) -> str:
        return ICONS[self.urgency]

    @property
    def note(self) -> str:
        return str(NOTES.get(self.urgency, ""))


def margin(limit_minutes: int) -> timedelta:
    """How long before its due time a step with that limit counts as near.

    Measured back from the due time, because on a service clock a night or weekend between
    start and due time is no part of the limit.
    """
    return timedelta(minutes=limit_minutes) / NEAR_PART


def urgency_of(due: datetime, limit_minutes: int, now: datetime) -> Urgency:
    """How urgent the step is at `now`; at the due instant it is still in time."""
    if now > due:
        return Urgency.OVERDUE
    return Urgency.NEAR if due - now <= margin(limit_minutes) else Urgency.IN_TIME


def words(due: datetime, now: datetime) -> str:
    """“25 minutes left” or “2 hours late”, in at most two units."""
    text = _("%(time)s late") if now > due else _("%(time)s left")
    return text % {"time": duration(abs(due - now))}


def time_left(due: datetime, limit_minutes: int, now: datetime) -> TimeLeft:
    """The urgency and words of one open step at `now`."""
    return TimeLeft(due, urgency_of(due, limit_minutes, now), words(due, now))
