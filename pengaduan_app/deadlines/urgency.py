"""How much of a step's time is left: how pressing it is, and in words.

Pure functions of the moments they are given; they read no clock of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..templatetags.pengaduan_tags import duration

# With a fifth of the limit left, 80 % used, a step is near its due time.
NEAR_PART = 5


class Urgency(StrEnum):
    """How pressing an open step is; also the last part of its CSS class."""

    IN_TIME = "in-time"
    NEAR = "near"
    OVERDUE = "overdue"


# Each has a shape and a word of its own, so that nobody depends on the colour.
ICONS = {Urgency.IN_TIME: "time", Urgency.NEAR: "history", Urgency.OVERDUE: "warning"}
NOTES = {Urgency.IN_TIME: "", Urgency.NEAR: gettext_lazy("soon"), Urgency.OVERDUE: ""}


@dataclass(frozen=True)
class TimeLeft:
    """What the screens show of one open step's time."""

    due_at: datetime
    urgency: Urgency
    words: str

    @property
    def icon(self) -> str:
        return ICONS[self.urgency]

    @property
    def note(self) -> str:
        return NOTES[self.urgency]


def margin(limit_minutes: int) -> timedelta:
    """How long before its due time a step with that limit begins to be near.

    Counted from the due time: on a service clock a night or a weekend between start and
    due is no part of the limit.
    """
    return timedelta(minutes=limit_minutes) / NEAR_PART


def urgency(due: datetime, limit_minutes: int, now: datetime) -> Urgency:
    """How pressing the step is at `now`; the due instant itself is still in time."""
    if now > due:
        return Urgency.OVERDUE
    return Urgency.NEAR if due - now <= margin(limit_minutes) else Urgency.IN_TIME


def words(due: datetime, now: datetime) -> str:
    """“25 minutes left” or “2 hours late”, in at most two units."""
    text = _("%(time)s late") if now > due else _("%(time)s left")
    return text % {"time": duration(abs(due - now))}


def time_left(due: datetime, limit_minutes: int, now: datetime) -> TimeLeft:
    """All of it for one open step."""
    return TimeLeft(due, urgency(due, limit_minutes, now), words(due, now))
