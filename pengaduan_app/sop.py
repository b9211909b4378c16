"""The procedure as data: steps, roles, limits, states and transitions.

Pure Python, no Django. This is the one place that says what may follow what, and
whose turn it is; see docs/sop.md for the written procedure. What these words are
called on the screen stands in labels.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from .terms import Action, Channel, Entry, Ground, Kind, Outcome, Privacy, Role

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
    "Transition",
    "find_transition",
    "moves_from",
    "stays_public",
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
}

OPEN_STATES = frozenset(OPEN_STEP)
CLOSED_STATES = frozenset(State) - OPEN_STATES
WORKFLOW_STATES = frozenset(s for s, step in OPEN_STEP.items() if step in WORKFLOW_STEPS)
# The agency has it and public relations does not yet.
AGENCY_ANSWERING_STATES = frozenset({State.STUDY, State.DECISION, State.COORDINATION, State.ENTRY})
# The answer is the head's to give: alone (A6) or after coordination (A7).
HEAD_STATES = frozenset({State.DECISION, State.COORDINATION})
# Other agencies are called to help with the answer, and see it for as long (SOP A7).
CALLED_STATES = frozenset({State.COORDINATION})
TRIAGE_STATES = frozenset({State.RECEIVED, State.VERIFIED})
ANSWERED_STATES = frozenset({State.PUBLISHED, State.ANSWERED_PRIVATELY})
# Only these put a complaint's page on the website; see `stays_public`.
PUBLIC_STATES = frozenset({State.PUBLISHED})
# The open step is an agency's own, so the coordinator may remind it (SOP C1).
REMINDABLE_STATES = frozenset(
    s for s, step in OPEN_STEP.items() if STEPS[step].role in AGENCY_ROLES
)
# On its way to the public, so the text is checked for personal data first (SOP B1).
CHECKED_STATES = frozenset({State.EDITING, State.PUBLICATION})
# Where a complaint can be while it is handled again: its answer from before still holds.
REOPENED_STATES = WORKFLOW_STATES | {State.VERIFIED}
# Nothing more follows and there is no answer of its own.
UNANSWERED_END_STATES = CLOSED_STATES - ANSWERED_STATES


@dataclass(frozen=True)
class Transition:
    """One permitted move.

    `judged_as` names the step whose limit judges the record that closes, where it is
    not the step that was open: A3 and A4 are alternatives chosen while A2 is open.
    Without a role it is the reporter's own; with its source as target nothing moves, and
    without an outcome it closes no step.
    """

    action: Action
    source: State
    target: State
    role: Role | None
    outcome: Outcome | None = None
    judged_as: Step | None = None

    @property
    def moves(self) -> bool:
        """False for what is said or done while the complaint stays where it is."""
        return self.source != self.target


def _moves(action, sources, target, role, outcome=None, judged_as=None):
    return [
        Transition(action, source, target or source, role, outcome, judged_as)
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
    *_moves(Action.WITHDRAW, {State.PUBLISHED}, State.ANSWERED_PRIVATELY, Role.COORDINATOR),
    # The same while it is handled again and the old answer is still there.
    *_moves(Action.WITHDRAW, REOPENED_STATES, None, Role.COORDINATOR),
    # The step stays open; C1's own row of the ledger is closed (SOP C1).
    *_moves(Action.REMIND, REMINDABLE_STATES, None, Role.COORDINATOR),
    # The talk between agency and reporter. A question comes from who has the open step.
    *(
        move
        for state in sorted(TRIAGE_STATES | AGENCY_ANSWERING_STATES)
        for move in _moves(Action.ASK, {state}, None, STEPS[OPEN_STEP[state]].role)
    ),
    *_moves(Action.INFORM, OPEN_STATES, None, None),
    *_moves(Action.REPLY, OPEN_STATES, None, None),
    *_moves(Action.RETRACT, OPEN_STATES, State.RETRACTED, None, Outcome.RETRACTED),
    *_moves(Action.RATE, ANSWERED_STATES, None, None),
    *_moves(Action.REOPEN, ANSWERED_STATES, State.STUDY, None),
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
    Action.ASK,
)
REPORTER_ACTIONS = (Action.REPLY, Action.INFORM, Action.RATE, Action.REOPEN, Action.RETRACT)
# Not once there is an answer: what is handled again stays where it is, and only once.
FIRST_RUN_ACTIONS = frozenset(action for action, _target, _outcome in _ENDINGS) | {
    Action.MISROUTED,
    Action.RETRACT,
    Action.REOPEN,
}
WORKFLOW_ACTIONS = (Action.APPROVE, Action.COORDINATE, Action.PUBLISH_PRIVATELY, Action.SEND_BACK)


def find_transition(
    action: Action, state: State, privacy: Privacy, reopened: bool = False
) -> Transition | None:
    """The move that `action` makes from `state`, or None where the SOP has none.

    A confidential complaint is never published on the website (SOP, "what went wrong").
    `reopened` means that its reporter has had it reopened.
    """
    move = _BY_KEY.get((action, state))
    if reopened and action in FIRST_RUN_ACTIONS:
        return None
    if action == Action.WITHDRAW and state in OPEN_STATES and not reopened:
        return None
    if move and move.target in PUBLIC_STATES and privacy == Privacy.CONFIDENTIAL:
        return None
    return move


def moves_from(state: State, privacy: Privacy, reopened: bool = False) -> list[Transition]:
    """Every move that the SOP has from `state`, in the order of the table."""
    found = (find_transition(action, state, privacy, reopened) for action in Action)
    return [move for move in found if move]


def stays_public(move: Transition, is_public: bool) -> bool:
    """Whether an answer stands on the website after `move`: B2 alone puts one there, and it
    stays through a reopening until B2 renews it or the coordinator takes it away."""
    if move.target in PUBLIC_STATES:
        return True
    return is_public and move.action not in (Action.WITHDRAW, Action.PUBLISH_PRIVATELY)
