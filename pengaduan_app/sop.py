"""The procedure as data: steps, roles, limits, states and transitions.

Pure Python, no Django. This is the one place that says what may follow what, and
whose turn it is; see docs/sop.md for the written procedure. What these words are
called on the screen stands in labels.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from .terms import Channel, Ground, Kind, Outcome, Privacy

__all__ = [
    "Action",
    "Channel",
    "Ground",
    "Kind",
    "Outcome",
    "Privacy",
    "Role",
    "State",
    "Step",
    "StepRule",
    "Transition",
    "find_transition",
    "moves_from",
    "role_for",
]


class Role(StrEnum):
    """Who acts (SOP, "Who acts")."""

    OPERATOR = "operator"
    OFFICIAL = "official"
    HEAD = "head"
    EDITOR = "editor"
    COORDINATOR = "coordinator"
    ADMIN = "admin"


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
    PUBLISHED = "published"
    ANSWERED_PRIVATELY = "answered_privately"
    DECLINED = "declined"
    REFERRED = "referred"
    DUPLICATE = "duplicate"


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
}

OPEN_STATES = frozenset(OPEN_STEP)
CLOSED_STATES = frozenset(State) - OPEN_STATES
WORKFLOW_STATES = frozenset(s for s, step in OPEN_STEP.items() if step in WORKFLOW_STEPS)
# The agency has it and public relations does not yet.
AGENCY_ANSWERING_STATES = frozenset({State.STUDY, State.DECISION, State.COORDINATION, State.ENTRY})
# The answer is the head's to give: alone (A6) or after coordination (A7).
HEAD_STATES = frozenset({State.DECISION, State.COORDINATION})
TRIAGE_STATES = frozenset({State.RECEIVED, State.VERIFIED})
ANSWERED_STATES = frozenset({State.PUBLISHED, State.ANSWERED_PRIVATELY})
# Only here may a complaint's page be live.
PUBLIC_STATES = frozenset({State.PUBLISHED})
# The open step is an agency's own, so the coordinator may remind it (SOP C1).
REMINDABLE_STATES = frozenset(
    s for s, step in OPEN_STEP.items() if STEPS[step].role in AGENCY_ROLES
)
# On its way to the public, so the text is checked for personal data first (SOP B1).
CHECKED_STATES = frozenset({State.EDITING, State.PUBLICATION})
# Nothing more follows and there is no answer of its own.
UNANSWERED_END_STATES = CLOSED_STATES - ANSWERED_STATES


class Action(StrEnum):
    """What a person may do to a complaint. Values are URL words of the contract."""

    VERIFY = "verify"
    FORWARD = "forward"
    ANSWER = "answer"
    MISROUTED = "misrouted"
    TRANSFER = "transfer"
    DECLINE = "decline"
    REFER = "refer"
    DUPLICATE = "duplicate"
    APPROVE = "approve"
    COORDINATE = "coordinate"
    SEND_BACK = "send_back"
    PUBLISH_PRIVATELY = "publish_privately"
    WITHDRAW = "withdraw"
    # Moves nothing: the step stays open (SOP C1).
    REMIND = "remind"


@dataclass(frozen=True)
class Transition:
    """One permitted move.

    `judged_as` names the step whose limit judges the record that closes, where it is
    not the step that was open: A3 and A4 are alternatives chosen while A2 is open.
    """

    action: Action
    source: State
    target: State
    role: Role
    outcome: Outcome
    judged_as: Step | None = None


def _moves(action, sources, target, role, outcome, judged_as=None):
    return [
        Transition(action, source, target, role, outcome, judged_as)
        for source in State
        if source in sources
    ]


_ENDINGS = (
    (Action.DECLINE, State.DECLINED, Outcome.DECLINED),
    (Action.REFER, State.REFERRED, Outcome.REFERRED),
    (Action.DUPLICATE, State.DUPLICATE, Outcome.DUPLICATE),
)

TRANSITIONS: tuple[Transition, ...] = (
    *_moves(Action.VERIFY, {State.RECEIVED}, State.VERIFIED, Role.OPERATOR, Outcome.DONE),
    *_moves(Action.FORWARD, {State.VERIFIED}, State.STUDY, Role.OPERATOR, Outcome.FORWARDED),
    *_moves(
        Action.ANSWER, {State.VERIFIED}, State.EDITING, Role.OPERATOR, Outcome.ANSWERED, Step.A4
    ),
    *_moves(
        Action.MISROUTED, {State.VERIFIED}, State.ROUTING, Role.OPERATOR, Outcome.MISROUTED, Step.A3
    ),
    # Found out later, with a draft already there: each step is judged by its own limit.
    *_moves(
        Action.MISROUTED, AGENCY_ANSWERING_STATES, State.ROUTING, Role.OPERATOR, Outcome.MISROUTED
    ),
    *_moves(Action.TRANSFER, {State.ROUTING}, State.RECEIVED, Role.ADMIN, Outcome.TRANSFERRED),
    *(
        move
        for action, target, outcome in _ENDINGS
        for move in _moves(action, TRIAGE_STATES, target, Role.OPERATOR, outcome)
    ),
    *_moves(Action.APPROVE, {State.STUDY}, State.DECISION, Role.OFFICIAL, Outcome.DONE),
    *_moves(Action.APPROVE, HEAD_STATES, State.ENTRY, Role.HEAD, Outcome.DONE),
    *_moves(
        Action.COORDINATE, {State.DECISION}, State.COORDINATION, Role.HEAD, Outcome.COORDINATED
    ),
    *_moves(Action.APPROVE, {State.ENTRY}, State.EDITING, Role.OPERATOR, Outcome.DONE),
    *_moves(Action.APPROVE, {State.EDITING}, State.PUBLICATION, Role.EDITOR, Outcome.DONE),
    *_moves(
        Action.APPROVE, {State.PUBLICATION}, State.PUBLISHED, Role.COORDINATOR, Outcome.PUBLISHED
    ),
    *_moves(
        Action.PUBLISH_PRIVATELY,
        {State.PUBLICATION},
        State.ANSWERED_PRIVATELY,
        Role.COORDINATOR,
        Outcome.ANSWERED_PRIVATELY,
    ),
    # Sent back to the role that must redo it.
    *_moves(Action.SEND_BACK, {State.STUDY}, State.VERIFIED, Role.OFFICIAL, Outcome.SENT_BACK),
    *_moves(Action.SEND_BACK, HEAD_STATES, State.STUDY, Role.HEAD, Outcome.SENT_BACK),
    *_moves(Action.SEND_BACK, {State.ENTRY}, State.DECISION, Role.OPERATOR, Outcome.SENT_BACK),
    *_moves(Action.SEND_BACK, {State.EDITING}, State.ENTRY, Role.EDITOR, Outcome.SENT_BACK),
    *_moves(
        Action.SEND_BACK, {State.PUBLICATION}, State.EDITING, Role.COORDINATOR, Outcome.SENT_BACK
    ),
    # A published answer that must leave the website at once; no step is open then.
    *_moves(
        Action.WITHDRAW,
        {State.PUBLISHED},
        State.ANSWERED_PRIVATELY,
        Role.COORDINATOR,
        Outcome.ANSWERED_PRIVATELY,
    ),
)

_BY_KEY = {(t.action, t.source): t for t in TRANSITIONS}

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
)
WORKFLOW_ACTIONS = (Action.APPROVE, Action.COORDINATE, Action.PUBLISH_PRIVATELY, Action.SEND_BACK)


def find_transition(action: Action, state: State, privacy: Privacy) -> Transition | None:
    """The move that `action` makes from `state`, or None where the SOP has none.

    A confidential complaint is never published on the website (SOP, "what went wrong").
    """
    move = _BY_KEY.get((action, state))
    if move and move.target in PUBLIC_STATES and privacy == Privacy.CONFIDENTIAL:
        return None
    return move


def role_for(action: Action, state: State, privacy: Privacy) -> Role | None:
    """Whose `action` is in that state, or None where the SOP doesn't have it there."""
    if action == Action.REMIND:
        return STEPS[Step.C1].role if state in REMINDABLE_STATES else None
    move = find_transition(action, state, privacy)
    return move.role if move else None


def moves_from(state: State, privacy: Privacy) -> list[Transition]:
    """Every move that the SOP has from `state`, in the order of the table."""
    return [move for action in Action if (move := find_transition(action, state, privacy))]
