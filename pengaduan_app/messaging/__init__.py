"""What is told to whom. Everything goes through the outbox, nothing inside a request.

notifications  when somebody is told
recipients     who is told: whose turn a step is
emails         what an e-mail says
digest         what an e-mail of several reminders says
staff_letters  invitations to staff, and word of steps handed on to them
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
from .recipients import Directory

__all__ = [
    "DELIVERY_TASK",
    "SKEW",
    "Directory",
    "deliver_outbox",
    "notifications",
    "preview",
    "queue_league",
    "release_dated_ahead",
    "retry_given_up",
    "staff_letters",
]
