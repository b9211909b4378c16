"""The only write path of a complaint. Views, workflow tasks and the cluster all come through here.

Every action locks the complaint, checks the move against the procedure and the person
against the permissions, saves, writes the ledger, logs, and queues the messages: in one
transaction. It raises ActionRefused, whose text tells a person what to do instead.

core          what every action shares: one move of the procedure, whole or not at all
form_marks    tells a form that comes again from another one
intake        how a complaint comes in, and how its reporter finds it again
triage        A1 to A4, C2 and the side exits
answering     the workflow's steps A5 to B2
follow_up     the talk between reporter and agency, rating, reopening, withdrawal
reminding     C1: automatic reminders and the coordinator's own
disclosure    opening the vault
handing_on    who is in charge instead of somebody who leaves their desk
name_marks    the editor's word that a word of a text is not the reporter
ledger        opens and closes the rows of the ledger
drafts        the complaint's page and its workflow
classifying   kind, category and village
confirming    the check-list before publishing
correcting    an answer that was given is corrected
contributing  the called agency's part of the answer is done
page_history  keeps a page's history free of personal data
attaching     stores attachments, all or none; removes those that belong to nothing
due_times     recomputes due times when office hours change or a clock was set back
"""

from ..privacy import CleanFile
from .answering import WORKFLOW_CALLS, approve, coordinate, publish_privately, send_back, withdraw
from .attaching import NotStored, not_stored, remove_strays
from .classifying import classify
from .confirming import CONFIRMED
from .contributing import contribute
from .core import ActionRefused, NotNow, NotYours, check, check_workflow_step
from .correcting import correct, keep
from .disclosure import reveal
from .drafts import has_steps
from .due_times import follow_calendar, recompute_due_times, restart_steps_ahead
from .follow_up import (
    LONGEST_TEXT,
    SCORES,
    ask,
    inform,
    rate,
    rating_of,
    reopen,
    reply,
    retract,
    was_said,
)
from .form_marks import TICKET_ALPHABET, form_mark
from .handing_on import HANDED_ON, hand_on, held_by
from .intake import (
    Identity,
    Receipt,
    Words,
    find,
    normalised,
    submit,
    was_submitted,
)
from .name_marks import NOTHING_MARKED, not_the_person
from .reminding import remind, remind_due
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

__all__ = [
    "CONFIRMED",
    "HANDED_ON",
    "LONGEST_TEXT",
    "NOTHING_MARKED",
    "SCORES",
    "TICKET_ALPHABET",
    "WORKFLOW_CALLS",
    "ActionRefused",
    "CleanFile",
    "Identity",
    "NotNow",
    "NotStored",
    "NotYours",
    "Receipt",
    "Words",
    "answer",
    "approve",
    "ask",
    "check",
    "check_workflow_step",
    "classify",
    "contribute",
    "coordinate",
    "correct",
    "decline",
    "duplicate",
    "find",
    "follow_calendar",
    "form_mark",
    "forward",
    "hand_on",
    "has_steps",
    "held_by",
    "inform",
    "keep",
    "misrouted",
    "normalised",
    "not_stored",
    "not_the_person",
    "publish_privately",
    "rate",
    "rating_of",
    "recompute_due_times",
    "refer",
    "remind",
    "remind_due",
    "remove_strays",
    "reopen",
    "reply",
    "restart_steps_ahead",
    "retract",
    "reveal",
    "send_back",
    "submit",
    "transfer",
    "verify",
    "was_said",
    "was_submitted",
    "withdraw",
]
