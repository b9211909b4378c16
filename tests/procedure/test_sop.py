"""The procedure's table, row by row, and what must hold for its states and moves."""

from datetime import timedelta

import pytest

from pengaduan_app.deadlines.limits import current_limits
from pengaduan_app.models import StepLimit
from pengaduan_app.procedure import labels, sop, transitions
from pengaduan_app.procedure.sop import Action, Outcome, Privacy, Role, State, Step

MINUTES, HOURS = 1, 60
# The table of the SOP: step, who, limit.
TABLE = [
    ("A1", "operator", 30 * MINUTES),
    ("A2", "operator", 24 * HOURS),
    ("A3", "operator", 60 * MINUTES),
    ("A4", "operator", 120 * MINUTES),
    ("A5", "official", 24 * HOURS),
    ("A6", "head", 12 * HOURS),
    ("A7", "head", 24 * HOURS),
    ("A8", "operator", 60 * MINUTES),
    ("B1", "editor", 120 * MINUTES),
    ("B2", "coordinator", 15 * MINUTES),
    ("C1", "coordinator", 120 * MINUTES),
    ("C2", "admin", 60 * MINUTES),
]

# Who does what, from where to where; the way the SOP writes it.
WAYS = [
    ("A1 verifies", Action.VERIFY, State.RECEIVED, State.VERIFIED, Role.OPERATOR),
    ("A2 forwards", Action.FORWARD, State.VERIFIED, State.STUDY, Role.OPERATOR),
    ("A3 reports it misrouted", Action.MISROUTED, State.VERIFIED, State.ROUTING, Role.OPERATOR),
    ("A4 answers directly", Action.ANSWER, State.VERIFIED, State.EDITING, Role.OPERATOR),
    ("A5 reports to the head", Action.APPROVE, State.STUDY, State.DECISION, Role.OFFICIAL),
    ("A6 answers", Action.APPROVE, State.DECISION, State.ENTRY, Role.HEAD),
    ("A7 is called", Action.COORDINATE, State.DECISION, State.COORDINATION, Role.HEAD),
    ("A7 answers", Action.APPROVE, State.COORDINATION, State.ENTRY, Role.HEAD),
    ("A8 enters", Action.APPROVE, State.ENTRY, State.EDITING, Role.OPERATOR),
    ("B1 edits", Action.APPROVE, State.EDITING, State.PUBLICATION, Role.EDITOR),
    ("B2 publishes", Action.APPROVE, State.PUBLICATION, State.PUBLISHED, Role.COORDINATOR),
    ("C2 moves it", Action.TRANSFER, State.ROUTING, State.RECEIVED, Role.ADMIN),
]

# Sent back: from where, by whom, and who must redo it.
SENT_BACK = [
    (State.STUDY, Role.OFFICIAL, State.VERIFIED, Role.OPERATOR),
    (State.DECISION, Role.HEAD, State.STUDY, Role.OFFICIAL),
    (State.COORDINATION, Role.HEAD, State.STUDY, Role.OFFICIAL),
    (State.ENTRY, Role.OPERATOR, State.DECISION, Role.HEAD),
    (State.EDITING, Role.EDITOR, State.ENTRY, Role.OPERATOR),
    (State.PUBLICATION, Role.COORDINATOR, State.EDITING, Role.EDITOR),
]


@pytest.mark.parametrize(("step", "role", "minutes"), TABLE)
def test_each_row_of_the_procedure_has_its_role_and_limit(step, role, minutes):
    rule = sop.STEPS[Step(step)]
    assert rule.step == step
    assert rule.role == role
    assert rule.limit == timedelta(minutes=minutes)


def test_the_table_has_no_row_more_and_none_less():
    assert [step for step, _role, _limit in TABLE] == [step.value for step in sop.STEPS]
    assert set(sop.STEPS) == set(Step)


@pytest.mark.parametrize(("step", "role", "minutes"), TABLE)
def test_setup_puts_each_limit_into_the_database(city, step, role, minutes):
    row = StepLimit.objects.get(step=step)
    assert row.minutes == minutes
    assert current_limits()[Step(step)] == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("action", "source", "target", "role"), [way[1:] for way in WAYS], ids=[w[0] for w in WAYS]
)
def test_each_step_leads_where_the_procedure_says(action, source, target, role):
    move = transitions.find_transition(action, source, Privacy.OPEN)
    assert (move.target, move.role) == (target, role)


@pytest.mark.parametrize(("source", "sender", "target", "redoes"), SENT_BACK)
def test_what_is_sent_back_goes_to_the_role_that_must_redo_it(source, sender, target, redoes):
    move = transitions.find_transition(Action.SEND_BACK, source, Privacy.OPEN)
    assert (move.role, move.target) == (sender, target)
    assert sop.STEPS[sop.OPEN_STEP[target]].role == redoes
    assert move.outcome == Outcome.SENT_BACK


@pytest.mark.parametrize("state", sorted(sop.OPEN_STATES))
def test_an_open_state_waits_for_one_step_and_its_role_can_move_it_on(state):
    step = sop.OPEN_STEP[state]
    ways_out = transitions.moves_from(state, Privacy.OPEN)
    assert sop.STEPS[step].role in {move.role for move in ways_out}
    assert any(move.target != state for move in ways_out)


def test_no_two_states_wait_for_the_same_step_but_those_of_a_correction():
    first_time = {s: step for s, step in sop.OPEN_STEP.items() if s not in sop.CORRECTED_STATES}
    assert len(set(first_time.values())) == len(first_time)
    assert {sop.OPEN_STEP[state] for state in sop.CORRECTED_STATES} == {Step.B1, Step.B2}


def test_a3_a4_and_c1_are_never_open_by_themselves():
    """A3 and A4 are chosen while A2 is open; C1 is a reminder beside the open step."""
    assert set(Step) - set(sop.OPEN_STEP.values()) == {Step.A3, Step.A4, Step.C1}


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        (frozenset(State), [sop.OPEN_STATES, sop.CLOSED_STATES]),
        (
            sop.OPEN_STATES,
            [sop.TRIAGE_STATES, {State.ROUTING}, sop.AGENCY_ANSWERING_STATES, sop.CHECKED_STATES],
        ),
        (sop.WORKFLOW_STATES, [sop.AGENCY_ANSWERING_STATES, sop.CHECKED_STATES]),
        (
            sop.CLOSED_STATES | sop.CORRECTED_STATES,
            [sop.ANSWERED_STATES, sop.UNANSWERED_END_STATES],
        ),
        (frozenset(Role), [sop.AGENCY_ROLES, sop.CITY_ROLES]),
        (
            frozenset(Action),
            [
                set(sop.DESK_ACTIONS),
                set(sop.WORKFLOW_ACTIONS),
                set(sop.REPORTER_ACTIONS),
                {Action.WITHDRAW},
            ],
        ),
    ],
)
def test_the_named_sets_divide_their_whole_without_overlap(whole, parts):
    assert frozenset().union(*parts) == whole
    assert sum(len(part) for part in parts) == len(whole)


def test_only_published_complaints_are_public():
    assert {State.PUBLISHED} == sop.PUBLIC_STATES
    assert sop.PUBLIC_STATES <= sop.ANSWERED_STATES


@pytest.mark.parametrize("state", list(State))
def test_nothing_takes_a_confidential_complaint_onto_the_website(state):
    targets = {move.target for move in transitions.moves_from(state, Privacy.CONFIDENTIAL)}
    assert not targets & sop.PUBLIC_STATES


@pytest.mark.parametrize("state", sorted(sop.OPEN_STATES))
def test_a_confidential_complaint_loses_no_other_way(state):
    every = {move.action for move in transitions.moves_from(state, Privacy.OPEN)}
    left = {move.action for move in transitions.moves_from(state, Privacy.CONFIDENTIAL)}
    assert every - left <= {Action.APPROVE}
    assert left


def _reachable(starts, privacy):
    found, waiting = set(), set(starts)
    while waiting:
        found |= waiting
        waiting = {
            m.target for state in waiting for m in transitions.moves_from(state, privacy)
        } - found
    return found


def test_every_state_can_be_reached_from_receipt():
    assert _reachable({State.RECEIVED}, Privacy.OPEN) == set(State)


def test_a_confidential_complaint_reaches_everything_but_the_website():
    assert set(State) - _reachable({State.RECEIVED}, Privacy.CONFIDENTIAL) == sop.PUBLIC_STATES


@pytest.mark.parametrize("state", sorted(sop.OPEN_STATES))
@pytest.mark.parametrize("privacy", list(Privacy))
def test_from_every_open_state_an_answer_can_be_reached(state, privacy):
    assert _reachable({state}, privacy) & sop.ANSWERED_STATES


@pytest.mark.parametrize("is_public", [False, True])
@pytest.mark.parametrize("move", transitions.TRANSITIONS, ids=lambda m: f"{m.action} {m.source}")
def test_only_publication_puts_an_answer_on_the_website_and_only_two_moves_take_it_off(
    move, is_public
):
    after = transitions.stays_public(move, is_public)
    if move.target in sop.PUBLIC_STATES:
        assert after
    else:
        taken_off = move.action in (Action.WITHDRAW, Action.PUBLISH_PRIVATELY)
        assert after is (is_public and not taken_off)


@pytest.mark.parametrize("action", sop.REPORTER_ACTIONS)
def test_the_reporters_moves_belong_to_nobody_of_the_staff(action):
    assert {move.role for move in transitions.TRANSITIONS if move.action == action} == {None}


@pytest.mark.parametrize("state", list(State))
def test_a_question_comes_from_who_has_the_open_step_at_the_agency(state):
    move = transitions.find_transition(Action.ASK, state, Privacy.OPEN)
    at_the_agency = state in sop.TRIAGE_STATES | sop.AGENCY_ANSWERING_STATES
    assert bool(move) is at_the_agency
    if move:
        assert move.role == sop.STEPS[sop.OPEN_STEP[state]].role
        assert not move.moves


@pytest.mark.parametrize("state", list(State))
def test_the_reporter_may_withdraw_until_there_is_an_answer(state):
    assert bool(transitions.find_transition(Action.RETRACT, state, Privacy.OPEN)) is (
        state in sop.OPEN_STATES - sop.CORRECTED_STATES
    )
    assert transitions.find_transition(Action.RETRACT, state, Privacy.OPEN, reopened=True) is None


def test_one_action_leads_to_one_place():
    keys = [(move.action, move.source) for move in transitions.TRANSITIONS]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("action", [Action.DECLINE, Action.REFER, Action.DUPLICATE])
def test_only_the_operator_ends_a_complaint_unanswered_and_only_before_forwarding(action):
    moves = [move for move in transitions.TRANSITIONS if move.action == action]
    assert {move.source for move in moves} == sop.TRIAGE_STATES
    assert {move.role for move in moves} == {Role.OPERATOR}


@pytest.mark.parametrize(
    ("action", "source", "judged_as"),
    [
        (Action.MISROUTED, State.VERIFIED, Step.A3),
        (Action.ANSWER, State.VERIFIED, Step.A4),
        (Action.FORWARD, State.VERIFIED, None),
        (Action.MISROUTED, State.STUDY, None),
        (Action.MISROUTED, State.ENTRY, None),
    ],
)
def test_the_alternatives_to_a2_are_judged_by_their_own_limit(action, source, judged_as):
    assert transitions.find_transition(action, source, Privacy.OPEN).judged_as == judged_as


@pytest.mark.parametrize(
    ("words", "labelled"),
    [
        (labels.ROLES, Role),
        (labels.STEPS, Step),
        (labels.STATES, State),
        (labels.ACTIONS, Action),
        (labels.OUTCOMES, Outcome),
        (labels.ENTRIES, sop.Entry),
        (labels.KINDS, sop.Kind),
        (labels.GROUNDS, sop.Ground),
        (labels.PRIVACY, Privacy),
        (labels.CHANNELS, sop.Channel),
    ],
)
def test_every_word_of_the_procedure_has_a_name_on_the_screen(words, labelled):
    assert set(words) == set(labelled)
    assert len({str(label) for label in words.values()}) == len(words)
