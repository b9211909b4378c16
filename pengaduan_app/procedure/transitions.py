"""Every move that the SOP permits, as one table: what may follow what, and who moves it.

Pure Python, like sop.py.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import timedelta

from .enums import Action, Outcome, Privacy, Role
from .sop import (
    AGENCY_ANSWERING_STATES,
    ANSWERED_STATES,
    CALLED_STATES,
    CLASSIFIED_STATES,
    CORRECTED_STATES,
    HEAD_STATES,
    OPEN_STATES,
    OPEN_STEP,
    PUBLIC_STATES,
    REMINDABLE_STATES,
    REOPENED_STATES,
    STEPS,
    SUPERIORS,
    TRIAGE_STATES,
    State,
    Step,
)


@dataclass(frozen=True)
class Transition:
    """One permitted move.

    `judged_as` names the step whose limit the closed record is judged by, if that isn't the
    step that was open: A3 and A4 are alternatives chosen while A2 is open. A move without a
    role is the reporter's own, one whose target is its source leaves the complaint where it
    is, and one without an outcome closes no step. `called`: it is made by that role in the
    agencies that the head has called, and not in the complaint's own (SOP A7). `or_role` may
    make it as well.
    """

    action: Action
    source: State
    target: State
    role: Role | None
    outcome: Outcome | None = None
    judged_as: Step | None = None
    called: bool = False
    or_role: Role | None = None

    @property
    def moves(self) -> bool:
        """False for what is said or done while the complaint stays where it is."""
        return self.source != self.target

    @property
    def corrects(self) -> bool:
        """True for the moves of a correction: the complaint is answered before and after."""
        return bool({self.source, self.target} & CORRECTED_STATES)


def _moves(
    action: Action,
    sources: Collection[State],
    target: State | None,
    role: Role | None,
    outcome: Outcome | None = None,
    judged_as: Step | None = None,
) -> list[Transition]:
    """One move for each source; without a target the complaint stays where it is."""
    return [
        Transition(action, source, target or source, role, outcome, judged_as)
        for source in State
        if source in sources
    ]


_B2 = frozenset({State.PUBLICATION, State.CORRECTION_CHECK})
_GIVEN = ANSWERED_STATES - CORRECTED_STATES
_ENDINGS = (
    (Action.DECLINE, State.DECLINED, Outcome.DECLINED),
    (Action.REFER, State.REFERRED, Outcome.REFERRED),
    (Action.DUPLICATE, State.DUPLICATE, Outcome.DUPLICATE),
)
# A slip can be taken back for so long, while nobody has been told: the reporter's message waits
# for it in the outbox (docs/adr/0016-undoing-an-end.md).
UNDO_FOR = timedelta(minutes=10)
UNDOABLE_ACTIONS = frozenset(action for action, _target, _outcome in _ENDINGS)
UNDOABLE_STATES = frozenset(target for _action, target, _outcome in _ENDINGS)
UNDOABLE_OUTCOMES = frozenset(outcome for _action, _target, outcome in _ENDINGS)
TRANSITIONS: tuple[Transition, ...] = (
    *_moves(Action.VERIFY, {State.RECEIVED}, State.VERIFIED, Role.OPERATOR, Outcome.DONE),
    *_moves(Action.FORWARD, {State.VERIFIED}, State.STUDY, Role.OPERATOR, Outcome.FORWARDED),
    *_moves(
        Action.ANSWER, {State.VERIFIED}, State.EDITING, Role.OPERATOR, Outcome.ANSWERED, Step.A4
    ),
    *_moves(
        Action.MISROUTED, {State.VERIFIED}, State.ROUTING, Role.OPERATOR, Outcome.MISROUTED, Step.A3
    ),
    # Noticed later, when a draft exists already: each step is judged by its own limit.
    *_moves(
        Action.MISROUTED, AGENCY_ANSWERING_STATES, State.ROUTING, Role.OPERATOR, Outcome.MISROUTED
    ),
    *_moves(Action.TRANSFER, {State.ROUTING}, State.RECEIVED, Role.ADMIN, Outcome.TRANSFERRED),
    *(
        move
        for action, target, outcome in _ENDINGS
        for move in _moves(action, TRIAGE_STATES, target, Role.OPERATOR, outcome)
    ),
    # `find_transition` leads it back to where the complaint was.
    *_moves(Action.UNDO, UNDOABLE_STATES, State.VERIFIED, Role.OPERATOR),
    *_moves(Action.APPROVE, {State.STUDY}, State.DECISION, Role.OFFICIAL, Outcome.DONE),
    *_moves(Action.APPROVE, HEAD_STATES, State.ENTRY, Role.HEAD, Outcome.DONE),
    *_moves(
        Action.COORDINATE, {State.DECISION}, State.COORDINATION, Role.HEAD, Outcome.COORDINATED
    ),
    *_moves(Action.APPROVE, {State.ENTRY}, State.EDITING, Role.OPERATOR, Outcome.DONE),
    *_moves(Action.APPROVE, {State.EDITING}, State.PUBLICATION, Role.EDITOR, Outcome.DONE),
    *_moves(Action.APPROVE, _B2, State.PUBLISHED, Role.COORDINATOR, Outcome.PUBLISHED),
    *_moves(
        Action.PUBLISH_PRIVATELY,
        _B2,
        State.ANSWERED_PRIVATELY,
        Role.COORDINATOR,
        Outcome.ANSWERED_PRIVATELY,
    ),
    # Sent back to the role that must redo its step.
    *_moves(Action.SEND_BACK, {State.STUDY}, State.VERIFIED, Role.OFFICIAL, Outcome.SENT_BACK),
    *_moves(Action.SEND_BACK, HEAD_STATES, State.STUDY, Role.HEAD, Outcome.SENT_BACK),
    *_moves(Action.SEND_BACK, {State.ENTRY}, State.DECISION, Role.OPERATOR, Outcome.SENT_BACK),
    *_moves(Action.SEND_BACK, {State.EDITING}, State.ENTRY, Role.EDITOR, Outcome.SENT_BACK),
    *_moves(
        Action.SEND_BACK, {State.PUBLICATION}, State.EDITING, Role.COORDINATOR, Outcome.SENT_BACK
    ),
    # Public relations correct an answer, or put one back that was withdrawn: B1 and B2 again.
    *(
        Transition(Action.CORRECT, s, State.CORRECTION, Role.EDITOR, or_role=Role.COORDINATOR)
        for s in sorted(_GIVEN)
    ),
    *_moves(Action.APPROVE, {State.CORRECTION}, State.CORRECTION_CHECK, Role.EDITOR, Outcome.DONE),
    *_moves(
        Action.SEND_BACK,
        {State.CORRECTION_CHECK},
        State.CORRECTION,
        Role.COORDINATOR,
        Outcome.SENT_BACK,
    ),
    # `find_transition` leads it back to where the answer was.
    *_moves(Action.KEEP, {State.CORRECTION}, State.PUBLISHED, Role.EDITOR, Outcome.KEPT),
    # A published answer must leave the website at once; no step is open then.
    *_moves(Action.WITHDRAW, {State.PUBLISHED}, State.ANSWERED_PRIVATELY, Role.COORDINATOR),
    # The same while a reopened complaint is handled and its old answer is still published.
    *_moves(Action.WITHDRAW, REOPENED_STATES, None, Role.COORDINATOR),
    # The step stays open; only C1's own row in the ledger is closed (SOP C1).
    *_moves(Action.REMIND, REMINDABLE_STATES, None, Role.COORDINATOR),
    # The conversation with the reporter. Only the role of the open step may ask.
    *(
        move
        for state in sorted(TRIAGE_STATES | AGENCY_ANSWERING_STATES)
        for move in _moves(Action.ASK, {state}, None, STEPS[OPEN_STEP[state]].role)
    ),
    # The called agency's part is done; the step stays the head's.
    *(Transition(Action.CONTRIBUTE, s, s, Role.OFFICIAL, called=True) for s in CALLED_STATES),
    # What it is about and where: whoever reads it first, and whoever edits it for the public.
    *_moves(Action.CLASSIFY, TRIAGE_STATES, None, Role.OPERATOR),
    *_moves(Action.CLASSIFY, CLASSIFIED_STATES, None, Role.EDITOR),
    # Whose the open step is, among the holders of its role: they take it, and they or their
    # superior give it and take it back.
    *(Transition(Action.TAKE, s, s, STEPS[step].role) for s, step in OPEN_STEP.items()),
    *(
        Transition(action, s, s, STEPS[step].role, or_role=SUPERIORS.get(STEPS[step].role))
        for action in (Action.GIVE, Action.RELEASE)
        for s, step in OPEN_STEP.items()
    ),
    *_moves(Action.INFORM, OPEN_STATES, None, None),
    *_moves(Action.REPLY, OPEN_STATES, None, None),
    *_moves(
        Action.RETRACT, OPEN_STATES - CORRECTED_STATES, State.RETRACTED, None, Outcome.RETRACTED
    ),
    *_moves(Action.RATE, ANSWERED_STATES, None, None),
    *_moves(Action.REOPEN, _GIVEN, State.STUDY, None),
)
_BY_KEY = {(t.action, t.source): t for t in TRANSITIONS}


# Only before the first answer: a reopened complaint stays with its agency, and a complaint is
# reopened only once.
FIRST_RUN_ACTIONS = frozenset(action for action, _target, _outcome in _ENDINGS) | {
    Action.MISROUTED,
    Action.RETRACT,
    Action.REOPEN,
}


def find_transition(
    action: Action,
    state: State,
    privacy: Privacy,
    reopened: bool = False,
    is_public: bool = True,
    undone_to: State | None = None,
) -> Transition | None:
    """The move that `action` makes from `state`, or None where the SOP has none.

    A confidential complaint is never published on the website (SOP, "what went wrong").
    `reopened`: the complaint has been answered and reopened by its reporter. `is_public`: an
    answer of it is on the website. `undone_to`: where an end leads back to that nobody has been
    told of; None once it stands.
    """
    move = _BY_KEY.get((action, state))
    if move and action == Action.KEEP and not (is_public and privacy == Privacy.OPEN):
        move = replace(move, target=State.ANSWERED_PRIVATELY)
    if move and action == Action.UNDO:
        return replace(move, target=undone_to) if undone_to else None
    if reopened and action in FIRST_RUN_ACTIONS:
        return None
    if action == Action.WITHDRAW and state in OPEN_STATES:
        answered = reopened or state in CORRECTED_STATES
        move = move if answered and is_public else None
    if move and move.target in PUBLIC_STATES and privacy == Privacy.CONFIDENTIAL:
        return None
    return move


def moves_from(state: State, privacy: Privacy, reopened: bool = False) -> list[Transition]:
    """Every move that the SOP has from `state`, in the order of `Action`."""
    found = (find_transition(action, state, privacy, reopened) for action in Action)
    return [move for move in found if move]


def stays_public(move: Transition, is_public: bool) -> bool:
    """Whether an answer is published after `move`: only B2 publishes one, and it stays through
    a reopening until B2 replaces it or the coordinator withdraws it."""
    if move.target in PUBLIC_STATES:
        return True
    return is_public and move.action not in (Action.WITHDRAW, Action.PUBLISH_PRIVATELY)
