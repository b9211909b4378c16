"""The procedure as data: steps, roles, limits, states, and the named sets of states.

Pure Python, no Django. This is the one place that says whose turn it is and within what
limit; transitions.py says what may follow what, labels.py what the words are called on the
screen. docs/sop.md has the written procedure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from .enums import Action, Channel, Entry, Ground, Kind, Outcome, Privacy, Role

__all__ = [
    "Action",
    "Channel",
    "Entry",
    "Ground",
    "Kind",
    "Outcome",
    "Privacy",
    "Role",
    "State",
    "Step",
    "StepRule",
]

# These roles sit in an agency and act on that agency's complaints alone.
AGENCY_ROLES = frozenset({Role.OPERATOR, Role.OFFICIAL, Role.HEAD})
# These roles serve the whole city.
CITY_ROLES = frozenset(Role) - AGENCY_ROLES


class Step(StrEnum):
    A1 = "A1"
    A2 = "A2"
    A3 = "A3"
    A4 = "A4"
    A5 = "A5"
    A6 = "A6"
    A7 = "A7"
    A8 = "A8"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    C2 = "C2"


@dataclass(frozen=True)
class StepRule:
    """One row of the SOP's table: what happens, who does it, within what limit."""

    step: Step
    role: Role
    limit: timedelta


STEPS: dict[Step, StepRule] = {
    rule.step: rule
    for rule in (
        StepRule(Step.A1, Role.OPERATOR, timedelta(minutes=30)),
        StepRule(Step.A2, Role.OPERATOR, timedelta(hours=24)),
        StepRule(Step.A3, Role.OPERATOR, timedelta(minutes=60)),
        StepRule(Step.A4, Role.OPERATOR, timedelta(minutes=120)),
        StepRule(Step.A5, Role.OFFICIAL, timedelta(hours=24)),
        StepRule(Step.A6, Role.HEAD, timedelta(hours=12)),
        StepRule(Step.A7, Role.HEAD, timedelta(hours=24)),
        StepRule(Step.A8, Role.OPERATOR, timedelta(minutes=60)),
        StepRule(Step.B1, Role.EDITOR, timedelta(minutes=120)),
        StepRule(Step.B2, Role.COORDINATOR, timedelta(minutes=15)),
        StepRule(Step.C1, Role.COORDINATOR, timedelta(minutes=120)),
        StepRule(Step.C2, Role.ADMIN, timedelta(minutes=60)),
    )
}

# The steps that an agency owes; C1 reminds it of these.
AGENCY_STEPS = tuple(step for step, rule in STEPS.items() if rule.role in AGENCY_ROLES)

# The steps that Wagtail's workflow carries, in its order.
WORKFLOW_STEPS = (Step.A5, Step.A6, Step.A7, Step.A8, Step.B1, Step.B2)


class State(StrEnum):
    """Where a complaint stands. An open state waits for exactly one step."""

    RECEIVED = "received"
    VERIFIED = "verified"
    ROUTING = "routing"
    STUDY = "study"
    DECISION = "decision"
    COORDINATION = "coordination"
    ENTRY = "entry"
    EDITING = "editing"
    PUBLICATION = "publication"
    CORRECTION = "correction"
    CORRECTION_CHECK = "correction_check"
    PUBLISHED = "published"
    ANSWERED_PRIVATELY = "answered_privately"
    DECLINED = "declined"
    REFERRED = "referred"
    DUPLICATE = "duplicate"
    RETRACTED = "retracted"


OPEN_STEP: dict[State, Step] = {
    State.RECEIVED: Step.A1,
    State.VERIFIED: Step.A2,
    State.ROUTING: Step.C2,
    State.STUDY: Step.A5,
    State.DECISION: Step.A6,
    State.COORDINATION: Step.A7,
    State.ENTRY: Step.A8,
    State.EDITING: Step.B1,
    State.PUBLICATION: Step.B2,
    # An answer that was given is corrected by the same two steps.
    State.CORRECTION: Step.B1,
    State.CORRECTION_CHECK: Step.B2,
}

OPEN_STATES = frozenset(OPEN_STEP)
CLOSED_STATES = frozenset(State) - OPEN_STATES
WORKFLOW_STATES = frozenset(s for s, step in OPEN_STEP.items() if step in WORKFLOW_STEPS)
# The agency has it and public relations does not yet.
AGENCY_ANSWERING_STATES = frozenset({State.STUDY, State.DECISION, State.COORDINATION, State.ENTRY})
# The head gives the answer: alone (A6) or after coordination (A7).
HEAD_STATES = frozenset({State.DECISION, State.COORDINATION})
# Called agencies help with the answer, and see the complaint while that lasts (SOP A7).
CALLED_STATES = frozenset({State.COORDINATION})
TRIAGE_STATES = frozenset({State.RECEIVED, State.VERIFIED})
# Public relations correct an answer that was given: what was published stays until B2.
CORRECTED_STATES = frozenset({State.CORRECTION, State.CORRECTION_CHECK})
ANSWERED_STATES = frozenset({State.PUBLISHED, State.ANSWERED_PRIVATELY}) | CORRECTED_STATES
# It has a supervisory element, so the inspectorate handles it.
REFERRED_STATES = frozenset({State.REFERRED})
# Another complaint can be joined with these: they have an answer for all, or will get one.
JOINABLE_STATES = OPEN_STATES | {State.PUBLISHED}
# Only these put a complaint's page on the website; see `transitions.stays_public`.
PUBLIC_STATES = frozenset({State.PUBLISHED})
# The open step is an agency's own, so the coordinator may remind it (SOP C1).
REMINDABLE_STATES = frozenset(
    s for s, step in OPEN_STEP.items() if STEPS[step].role in AGENCY_ROLES
)
# On its way to the public, so the text is checked for personal data first (SOP B1).
CHECKED_STATES = frozenset({State.EDITING, State.PUBLICATION}) | CORRECTED_STATES
# Public relations choose the category here at the latest, before the answer goes on (SOP B1).
CLASSIFIED_STATES = frozenset({State.EDITING, State.CORRECTION})
# The open step is A5, which belongs to the official whom A2 put in charge.
STUDIED_STATES = frozenset(s for s, step in OPEN_STEP.items() if step == Step.A5)
# Who may give a step to somebody of its role, besides that role itself.
SUPERIORS = {Role.OPERATOR: Role.HEAD, Role.OFFICIAL: Role.HEAD, Role.EDITOR: Role.COORDINATOR}
# A reopened complaint may be in these states; its earlier answer still stands.
REOPENED_STATES = WORKFLOW_STATES | {State.VERIFIED}
# Nothing more follows, and the complaint has no answer of its own.
UNANSWERED_END_STATES = CLOSED_STATES - ANSWERED_STATES


# Buttons of the complaint's own screen, in their order; the rest are the workflow's.
DESK_ACTIONS = (
    Action.VERIFY,
    Action.FORWARD,
    Action.ANSWER,
    Action.MISROUTED,
    Action.TRANSFER,
    Action.DECLINE,
    Action.REFER,
    Action.DUPLICATE,
    Action.REMIND,
    Action.ASK,
    Action.CONTRIBUTE,
    Action.CORRECT,
    Action.KEEP,
    Action.CLASSIFY,
    Action.TAKE,
    Action.GIVE,
    Action.RELEASE,
    Action.UNDO,
)
# Whose the open step is; nobody is kept from doing it by that.
ASSIGNING_ACTIONS = (Action.TAKE, Action.GIVE, Action.RELEASE)
REPORTER_ACTIONS = (Action.REPLY, Action.INFORM, Action.RATE, Action.REOPEN, Action.RETRACT)
WORKFLOW_ACTIONS = (Action.APPROVE, Action.COORDINATE, Action.PUBLISH_PRIVATELY, Action.SEND_BACK)
