"""The only write path of a complaint. Views, API, SMS and tasks all come through here.

Every action locks the complaint, checks the move against sop.py and the person against
permissions.py, saves, writes the ledger, logs, and queues the messages: in one
transaction. It raises ActionRefused, whose text tells a person what to do instead.
"""

from ..sop import Action
from .answering import WORKFLOW, approve, coordinate, publish_privately, send_back, withdraw
from .clockwork import follow_calendar, recompute_due_times
from .core import ActionRefused, NotNow, NotYours, check
from .disclosure import reveal
from .intake import CleanFile, Identity, Receipt, find, submit
from .reminding import remind, remind_due
from .triage import DESK as TRIAGE
from .triage import (
    answer,
    decline,
    duplicate,
    forward,
    misrouted,
    refer,
    transfer,
    verify,
)

DESK = TRIAGE | {Action.REMIND: remind}

__all__ = [
    "DESK",
    "WORKFLOW",
    "ActionRefused",
    "CleanFile",
    "Identity",
    "NotNow",
    "NotYours",
    "Receipt",
    "answer",
    "approve",
    "check",
    "coordinate",
    "decline",
    "duplicate",
    "find",
    "follow_calendar",
    "forward",
    "misrouted",
    "publish_privately",
    "recompute_due_times",
    "refer",
    "remind",
    "remind_due",
    "reveal",
    "send_back",
    "submit",
    "transfer",
    "verify",
    "withdraw",
]
