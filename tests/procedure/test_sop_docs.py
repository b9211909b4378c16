"""The table of docs/sop.md, held to the code row by row."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from django.urls import reverse

from pengaduan_app.procedure import sop, transitions
from pengaduan_app.procedure.sop import Action, Privacy, Role, State, Step
from pengaduan_app.procedure.transitions import Transition
from pengaduan_app.workflow import tasks

DOC = Path(__file__).parents[2] / "docs/sop.md"
UNITS = {"min": timedelta(minutes=1), "h": timedelta(hours=1)}
# How the page calls a role where its code word says less.
ROLES = {"administrator": Role.ADMIN}
# Chosen while A2 is open, and judged by limits of their own.
ALTERNATIVES = (Step.A3, Step.A4)


class Row(NamedTuple):
    """A row as it is written."""

    step: str
    happens: str
    role: str
    limit: str
    carried_by: str
    leads_to: str

    def names(self, kind: str) -> list[str]:
        """What the row calls an action or a screen."""
        return re.findall(rf"\b{kind} `(\w+)`", self.carried_by)

    @property
    def task(self) -> str | None:
        match = re.fullmatch(r"`(\w+Task)`", self.carried_by)
        return match and match[1]


ROWS = [
    Row(*(cell.strip() for cell in line.strip("|").split("|")))
    for line in DOC.read_text(encoding="utf-8").splitlines()
    if re.match(r"\| [A-C]\d \|", line)
]
TASKS = {task.step: task.__name__ for task in tasks.TASKS}
every_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.step)


def sources_of(step: Step) -> list[State]:
    """Where a complaint is while the step can be done."""
    if step == Step.C1:
        return sorted(sop.REMINDABLE_STATES)
    waits_for = Step.A2 if step in ALTERNATIVES else step
    return [state for state, open_step in sop.OPEN_STEP.items() if open_step == waits_for]


def moves_of(row: Row) -> list[Transition | None]:
    """The moves by which the row's action is done."""
    (action,) = row.names("action") or [Action.APPROVE]
    sources = sources_of(Step(row.step))
    return [transitions.find_transition(Action(action), state, Privacy.OPEN) for state in sources]


def test_the_page_has_every_step_of_the_procedure_once_and_in_order():
    assert [row.step for row in ROWS] == [step.value for step in sop.STEPS]


@every_row
def test_a_row_names_the_role_and_the_limit_that_the_procedure_has(row):
    rule = sop.STEPS[Step(row.step)]
    amount, unit = row.limit.split()
    assert (ROLES.get(row.role) or Role(row.role)) == rule.role
    assert int(amount) * UNITS[unit] == rule.limit


@every_row
def test_a_step_is_carried_by_its_task_of_the_workflow_or_by_an_action_of_the_desk(row):
    step, actions = Step(row.step), row.names("action")
    assert row.task == TASKS.get(step)
    assert bool(actions) is (step not in sop.WORKFLOW_STEPS)
    assert set(actions) <= {action.value for action in sop.DESK_ACTIONS}


@every_row
def test_a_row_names_nothing_that_the_desk_does_not_have(row):
    words = re.findall(r"`(\w+)`", row.carried_by)
    assert words == [row.task] if row.task else row.names("action") + row.names("screen")
    for screen in row.names("screen"):
        assert reverse(f"pengaduan_admin:{screen}", args=[1]).endswith(f"/{screen}/")


@every_row
def test_the_action_that_carries_a_step_is_the_role_s_own_and_leads_where_the_page_says(row):
    step, moves = Step(row.step), moves_of(row)
    assert moves
    for move in moves:
        assert move is not None
        assert move.role == sop.STEPS[step].role
        assert move.judged_as == (step if step in ALTERNATIVES else None)
        if move.moves:
            following = sop.OPEN_STEP.get(move.target)
            assert row.leads_to == (following.value if following else "end")
        else:
            assert row.leads_to == "–"
