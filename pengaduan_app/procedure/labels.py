"""What the procedure's words are called on the screen (source of the Indonesian catalogue)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from django.utils.translation import gettext_lazy as _

from .clock import ClockKind
from .enums import Consent, DayOffKind
from .escalation import ReminderKind
from .sop import Action, Channel, Entry, Ground, Kind, Outcome, Privacy, Role, State, Step

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Word = TypeVar("Word", bound=StrEnum)

ROLES = {
    Role.OPERATOR: _("Operator"),
    Role.OFFICIAL: _("Official"),
    Role.HEAD: _("Head of agency"),
    Role.EDITOR: _("Public relations editor"),
    Role.COORDINATOR: _("Public relations coordinator"),
    Role.ADMIN: _("Complaint administrator"),
}

STEPS = {
    Step.A1: _("Verify the complaint"),
    Step.A2: _("Forward it to the official"),
    Step.A3: _("Report it as misrouted"),
    Step.A4: _("Answer it directly"),
    Step.A5: _("Study and report to the head"),
    Step.A6: _("Give the written answer"),
    Step.A7: _("Coordinate, then give the answer"),
    Step.A8: _("Enter the answer"),
    Step.B1: _("Check and edit the answer"),
    Step.B2: _("Publish the answer"),
    Step.C1: _("Remind the agency"),
    Step.C2: _("Send to the right agency"),
}

# What a reporter can do after a complaint has ended without an answer.
AFTER_THE_END = {
    State.DECLINED: _("You may send your complaint again in other words."),
    State.REFERRED: _(
        "The agency passes your text on to the inspectorate on paper, without your name and "
        "contacts. The inspectorate examines such reports by rules of its own, and its result is "
        "not shown here. Ask it directly how your report stands, or to add evidence."
    ),
    State.RETRACTED: _("Should the matter come up again, send a new complaint."),
}

STATES = {
    State.RECEIVED: _("Received"),
    State.VERIFIED: _("Verified"),
    State.ROUTING: _("Awaiting the right agency"),
    State.STUDY: _("Being studied"),
    State.DECISION: _("Awaiting the head's answer"),
    State.COORDINATION: _("In coordination"),
    State.ENTRY: _("Answer being entered"),
    State.EDITING: _("Being edited by public relations"),
    State.PUBLICATION: _("Awaiting publication"),
    State.CORRECTION: _("Answer being corrected"),
    State.CORRECTION_CHECK: _("Correction awaiting publication"),
    State.PUBLISHED: _("Answered and published"),
    State.ANSWERED_PRIVATELY: _("Answered to the reporter"),
    State.DECLINED: _("Declined"),
    State.REFERRED: _("Referred to the inspectorate"),
    State.DUPLICATE: _("Joined with an earlier complaint"),
    State.RETRACTED: _("Withdrawn by the reporter"),
}

KINDS = {
    Kind.COMPLAINT: _("Complaint"),
    Kind.CRITICISM: _("Criticism"),
    Kind.SUGGESTION: _("Suggestion"),
}

CHANNELS = {
    Channel.WEB: _("Website"),
    Channel.SMS: _("SMS"),
    Channel.TELEPHONE: _("Telephone"),
    Channel.LETTER: _("Letter"),
    Channel.COUNTER: _("Counter"),
    Channel.SOCIAL_MEDIA: _("Social media"),
}

CONSENTS = {
    Consent.FORM: _("Ticked on the website's form"),
    Consent.SPOKEN: _("Said so by telephone or at the counter"),
    Consent.SIGNED: _("Signed it in the letter or on paper"),
    Consent.WRITTEN: _("Wrote it in a message"),
}

PRIVACY = {Privacy.OPEN: _("Open"), Privacy.CONFIDENTIAL: _("Confidential")}

GROUNDS = {
    Ground.UNETHICAL: _("Unethical wording"),
    Ground.SARA: _("Attacks ethnicity, religion or race"),
    Ground.IRRESPONSIBLE: _("Irresponsible: cannot be traced to facts"),
}

ACTIONS = {
    Action.VERIFY: _("Verify"),
    Action.FORWARD: _("Forward to the official"),
    Action.ANSWER: _("Answer directly"),
    Action.MISROUTED: _("Report as misrouted"),
    Action.TRANSFER: _("Send to an agency"),
    Action.DECLINE: _("Decline"),
    Action.REFER: _("Refer to the inspectorate"),
    Action.DUPLICATE: _("Join with an earlier complaint"),
    Action.APPROVE: _("Approve"),
    Action.COORDINATE: _("Coordinate with other agencies"),
    Action.SEND_BACK: _("Send back"),
    Action.PUBLISH_PRIVATELY: _("Answer only to the reporter"),
    Action.WITHDRAW: _("Withdraw from the website"),
    Action.CORRECT: _("Correct the answer"),
    Action.KEEP: _("Leave the answer as it was"),
    Action.REMIND: _("Remind this agency"),
    Action.ASK: _("Ask the reporter"),
    Action.CLASSIFY: _("Set kind, category and village"),
    Action.UNDO: _("Undo"),
    Action.CONTRIBUTE: _("Our part is done"),
    Action.TAKE: _("Take this step"),
    Action.GIVE: _("Give this step to…"),
    Action.RELEASE: _("Give this step back"),
    Action.INFORM: _("Add information"),
    Action.REPLY: _("Answer the agency's question"),
    Action.RETRACT: _("Withdraw my complaint"),
    Action.RATE: _("Rate the answer"),
    Action.REOPEN: _("Ask to have it reopened"),
}

# What "approve" is called in each step.
APPROVALS = {
    Step.A5: _("Report to the head"),
    Step.A6: _("Give this written answer"),
    Step.A7: _("Give this written answer"),
    Step.A8: _("Enter the answer for public relations"),
    Step.B1: _("Edited: pass to the coordinator"),
    Step.B2: _("Publish on the website"),
}

SEND_BACKS = {
    Step.A5: _("Send back to the operator"),
    Step.A6: _("Send back to the official"),
    Step.A7: _("Send back to the official"),
    Step.A8: _("Send back to the head"),
    Step.B1: _("Send back to the agency's operator"),
    Step.B2: _("Send back to the editor"),
}

OUTCOMES = {
    Outcome.DONE: _("Done"),
    Outcome.FORWARDED: _("Forwarded"),
    Outcome.ANSWERED: _("Answered directly"),
    Outcome.MISROUTED: _("Reported as misrouted"),
    Outcome.TRANSFERRED: _("Sent to an agency"),
    Outcome.DECLINED: _("Declined"),
    Outcome.REFERRED: _("Referred"),
    Outcome.DUPLICATE: _("Joined with an earlier complaint"),
    Outcome.COORDINATED: _("Coordination called"),
    Outcome.SENT_BACK: _("Sent back"),
    Outcome.PUBLISHED: _("Published"),
    Outcome.ANSWERED_PRIVATELY: _("Answered to the reporter"),
    Outcome.RETRACTED: _("Withdrawn by the reporter"),
    Outcome.KEPT: _("Left as it was"),
    Outcome.REMINDED: _("Reminded"),
    Outcome.OVERTAKEN: _("Done before a reminder"),
}

REMINDERS = {
    ReminderKind.NEAR: _("Due soon"),
    ReminderKind.DUE: _("Overdue"),
    ReminderKind.ESCALATED: _("Overdue and still unanswered"),
    ReminderKind.MANUAL: _("Reminder from the coordinator"),
}

ENTRIES = {
    Entry.INFORMATION: _("Further information"),
    Entry.QUESTION: _("Question"),
    Entry.REPLY: _("Reply"),
    Entry.RATING: _("Rating"),
    Entry.REOPENING: _("Request to reopen"),
    Entry.RETRACTION: _("Withdrawal"),
}

CLOCKS = {
    ClockKind.ELAPSED: _("Elapsed time, day and night"),
    ClockKind.SERVICE_HOURS: _("Service hours: only while the office is open"),
    ClockKind.SERVICE_DAYS: _("Service days: whole days, without days off"),
}

DAYS_OFF = {
    DayOffKind.PUBLIC: _("Public holiday"),
    DayOffKind.COLLECTIVE: _("Collective leave"),
    DayOffKind.OWN: _("The city's own day off"),
}


def choices(labels: Mapping[Word, StrPromise]) -> list[tuple[str, StrPromise]]:
    """A label table as the choices of a model or form field."""
    return [(key.value, label) for key, label in labels.items()]


def role_label(role: Role | None) -> StrPromise:
    """What a role is called; None is the reporter, who holds none."""
    return ROLES[role] if role else _("Reporter")


def action_label(action: Action, step: Step | None = None) -> StrPromise:
    """What the button for `action` says; two actions are worded differently in each step."""
    if step and action == Action.APPROVE:
        return APPROVALS.get(step, ACTIONS[action])
    if step and action == Action.SEND_BACK:
        return SEND_BACKS.get(step, ACTIONS[action])
    return ACTIONS[action]
