"""What may follow an answer: reopening, correction, withdrawal."""

from __future__ import annotations

import pytest

from pengaduan_app.procedure import sop, transitions
from pengaduan_app.procedure.sop import Action, Privacy, Role, State


@pytest.mark.parametrize("state", sorted(sop.CLOSED_STATES))
def test_an_answer_is_reopened_by_its_reporter_and_corrected_by_public_relations(state):
    moves = {m.action: m for m in transitions.moves_from(state, Privacy.OPEN)}
    opening = {action for action, move in moves.items() if move.target in sop.OPEN_STATES}
    assert opening == ({Action.CORRECT, Action.REOPEN} if state in sop.ANSWERED_STATES else set())
    if opening:
        assert moves[Action.REOPEN].role is None
        correct = moves[Action.CORRECT]
        assert (correct.role, correct.or_role) == (Role.EDITOR, Role.COORDINATOR)


@pytest.mark.parametrize("privacy", list(Privacy))
@pytest.mark.parametrize("is_public", [False, True])
def test_a_correction_ends_with_an_answer_and_leaves_no_way_to_the_agency(privacy, is_public):
    found, waiting = set(), {State.CORRECTION}
    while waiting:
        found |= waiting
        moves = [
            transitions.find_transition(action, state, privacy, is_public=is_public)
            for state in waiting
            if state in sop.CORRECTED_STATES
            for action in Action
        ]
        waiting = {move.target for move in moves if move} - found
    private = privacy == Privacy.CONFIDENTIAL
    assert found == sop.ANSWERED_STATES - (sop.PUBLIC_STATES if private else set())


@pytest.mark.parametrize("is_public", [False, True])
@pytest.mark.parametrize("privacy", list(Privacy))
def test_an_answer_that_is_left_as_it_was_stays_where_it_was(privacy, is_public):
    move = transitions.find_transition(Action.KEEP, State.CORRECTION, privacy, is_public=is_public)
    public = is_public and privacy == Privacy.OPEN
    assert move.target == (State.PUBLISHED if public else State.ANSWERED_PRIVATELY)


@pytest.mark.parametrize("state", sorted(sop.CLOSED_STATES))
def test_a_complaint_that_was_reopened_once_stays_closed(state):
    targets = {move.target for move in transitions.moves_from(state, Privacy.OPEN, reopened=True)}
    assert targets <= sop.CLOSED_STATES | sop.CORRECTED_STATES


def _reopened_run(privacy):
    """Every state that a reopened complaint can come to."""
    found, waiting = set(), {State.STUDY}
    while waiting:
        found |= waiting
        waiting = {
            m.target for s in waiting for m in transitions.moves_from(s, privacy, True)
        } - found
    return found


@pytest.mark.parametrize("privacy", list(Privacy))
def test_what_is_handled_again_stays_with_its_agency_and_ends_with_an_answer(privacy):
    run = _reopened_run(privacy)
    assert run - sop.CLOSED_STATES == sop.REOPENED_STATES
    assert run & sop.CLOSED_STATES <= sop.ANSWERED_STATES


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("reopened", [False, True])
def test_a_published_answer_can_be_taken_down_while_it_may_stand_there(state, reopened):
    found = transitions.find_transition(Action.WITHDRAW, state, Privacy.OPEN, reopened)
    answered = state in sop.PUBLIC_STATES | sop.CORRECTED_STATES
    may_be_live = answered or (reopened and state in sop.REOPENED_STATES)
    assert bool(found) is may_be_live
