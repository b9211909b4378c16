"""The only write path of a complaint. Views, API, SMS and tasks all come through here.

Every action locks the complaint, checks the move against sop.py and the person against
permissions.py, saves, writes the ledger, logs, and queues the messages: in one
transaction. It raises ActionRefused, whose text tells a person what to do instead.
"""

from ..privacy import CleanFile
from ..procedure import Action
from .answering import WORKFLOW, approve, coordinate, publish_privately, send_back, withdraw
from .clockwork import follow_calendar, recompute_due_times
from .core import ActionRefused, NotNow, NotYours, check
from .disclosure import reveal
from .followup import ask, inform, rate, rating_of, reopen, reply, retract
from .intake import Identity, Receipt, find, submit
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

DESK = {**TRIAGE, Action.REMIND: remind, Action.ASK: ask}

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
    "ask",
    "check",
    "coordinate",
    "decline",
    "duplicate",
    "find",
    "follow_calendar",
    "forward",
    "inform",
    "misrouted",
    "publish_privately",
    "rate",
    "rating_of",
    "recompute_due_times",
    "refer",
    "remind",
    "remind_due",
    "reopen",
    "reply",
    "retract",
    "reveal",
    "send_back",
    "submit",
    "transfer",
    "verify",
    "withdraw",
]
