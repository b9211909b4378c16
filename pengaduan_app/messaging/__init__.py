"""What is told to whom. Everything goes through the outbox, nothing inside a request.

notifications  when somebody is told
recipients     who is told: whose turn a step is
emails         what an e-mail says
digest         what an e-mail of several reminders says
notices        what staff find under the bell, and the e-mail that says it once a day
staff_letters  invitations to staff, and word of steps handed on to them
reach          which of a reporter's contacts news is sent to
league_letters  the weekly letter with the agencies' table
delivery       sends what the outbox holds, at least once
giving_up      when a message is not tried again
"""

from .delivery import (
    DELIVERY_TASK,
    SKEW,
    deliver_outbox,
    release_dated_ahead,
    retry_given_up,
)
from .emails import preview
from .league_letters import queue_league
from .notices import queue_daily, step_of
from .recipients import Directory

__all__ = [
    "DELIVERY_TASK",
    "SKEW",
    "Directory",
    "deliver_outbox",
    "notifications",
    "preview",
    "queue_daily",
    "queue_league",
    "reach",
    "release_dated_ahead",
    "retry_given_up",
    "staff_letters",
    "step_of",
]
