"""The only write path of a complaint. Views, workflow tasks and the cluster all come through here.

Every action locks the complaint, checks the move against the procedure and the person
against the permissions, saves, writes the ledger, logs, and queues the messages: in one
transaction. It raises ActionRefused, whose text tells a person what to do instead.

core          what every action shares: one move of the procedure, whole or not at all
form_marks    tells a form that comes again from another one
on_behalf     what staff add to a complaint that they enter for somebody
intake        how a complaint comes in, and how its reporter finds it again
triage        A1 to A4, C2 and the side exits
answering     the workflow's steps A5 to B2
follow_up     the talk between reporter and agency, rating, reopening, withdrawal
reminding     C1: automatic reminders and the coordinator's own
reminding_agencies  C1 for all that an agency owes, in one message
disclosure    opening the vault
assigning     whose the open step is: taken, given, given back
losing_seats  who loses a role gives back what was theirs
next_holder   whose the next step is when a complaint moves
handing_on    who is in charge instead of somebody who leaves their desk
name_marks    the editor's word that a word of a text is not the reporter
ledger        opens and closes the rows of the ledger
drafts        the complaint's page and its workflow
classifying   kind, category and village
confirming    the check-list before publishing
correcting    an answer that was given is corrected
contributing  the called agency's part of the answer is done
page_history  keeps a page's history free of personal data
picturing     the pictures of an answer: added, chosen among a citizen's photos, arranged
attaching     stores attachments, all or none; removes those that belong to nothing
telling       until the reporter knows of an end, it can be undone
undoing       an end that nobody knows of is taken back
due_times     recomputes due times when office hours change or a clock was set back
"""

from ..privacy import CleanFile
from .answering import WORKFLOW_CALLS, approve, coordinate, publish_privately, send_back, withdraw
from .assigning import assigned_to, give, holder_of, let_go, release, take
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
    ANONYMOUS_IS_NOBODY,
    Identity,
    Receipt,
    Words,
    find,
    normalised,
    submit,
    was_submitted,
)
from .name_marks import NOTHING_MARKED, not_the_person
from .on_behalf import ENTERED, Entered, date_refusals, is_web_address, names_somebody
from .picturing import PictureRow, add_picture, arrange_pictures, check_pictures, publish_photo
from .reminding import remind, remind_due
from .reminding_agencies import Reminded, late_agency_steps, remind_agency
from .telling import shown_to_reporter
from .triage import (
    answer,
    decline,
    duplicate,
    forward,
    misrouted,
    refer,
    transfer,
    verify,
    verify_and_forward,
)
from .undoing import undo

__all__ = [
    "ANONYMOUS_IS_NOBODY",
    "CONFIRMED",
    "ENTERED",
    "HANDED_ON",
    "LONGEST_TEXT",
    "NOTHING_MARKED",
    "SCORES",
    "TICKET_ALPHABET",
    "WORKFLOW_CALLS",
    "ActionRefused",
    "CleanFile",
    "Entered",
    "Identity",
    "NotNow",
    "NotStored",
    "NotYours",
    "PictureRow",
    "Receipt",
    "Reminded",
    "Words",
    "add_picture",
    "answer",
    "approve",
    "arrange_pictures",
    "ask",
    "assigned_to",
    "check",
    "check_pictures",
    "check_workflow_step",
    "classify",
    "contribute",
    "coordinate",
    "correct",
    "date_refusals",
    "decline",
    "duplicate",
    "find",
    "follow_calendar",
    "form_mark",
    "forward",
    "give",
    "hand_on",
    "has_steps",
    "held_by",
    "holder_of",
    "inform",
    "is_web_address",
    "keep",
    "late_agency_steps",
    "let_go",
    "losing_seats",
    "misrouted",
    "names_somebody",
    "normalised",
    "not_stored",
    "not_the_person",
    "publish_photo",
    "publish_privately",
    "rate",
    "rating_of",
    "recompute_due_times",
    "refer",
    "release",
    "remind",
    "remind_agency",
    "remind_due",
    "remove_strays",
    "reopen",
    "reply",
    "restart_steps_ahead",
    "retract",
    "reveal",
    "send_back",
    "shown_to_reporter",
    "submit",
    "take",
    "transfer",
    "undo",
    "verify",
    "verify_and_forward",
    "was_said",
    "was_submitted",
    "withdraw",
]
