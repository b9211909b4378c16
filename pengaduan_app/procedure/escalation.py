"""When an open step is reminded of, and who is told. Pure Python.

The SOP prescribes the reminder (C1) and its limit; how it escalates is the city's own rule. A
stage is reached when a share of the step's limit has passed; staff may change the shares.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from .sop import AGENCY_ROLES, STEPS, Role, Step


class ReminderKind(StrEnum):
    NEAR = "near"
    DUE = "due"
    # Still nothing happened: a superior is told.
    ESCALATED = "escalated"
    # Sent by the coordinator by hand.
    MANUAL = "manual"


@dataclass(frozen=True)
class Stage:
    """One automatic reminder, sent when `percent` of the limit has passed. It goes to those whose
    step it is, and if it is an escalation to the holders of `role` as well."""

    number: int
    kind: ReminderKind
    percent: int
    role: Role | None = None


STAGES = (
    Stage(1, ReminderKind.NEAR, 80),
    Stage(2, ReminderKind.DUE, 100),
    Stage(3, ReminderKind.ESCALATED, 150, Role.HEAD),
    Stage(4, ReminderKind.ESCALATED, 200, Role.COORDINATOR),
    Stage(5, ReminderKind.ESCALATED, 300, Role.ADMIN),
)
NEAR, DUE = STAGES[0], STAGES[1]
DEFAULT_PERCENTS = {stage.number: stage.percent for stage in STAGES}


def is_for_all(stage: Stage) -> bool:
    """True from the due time on: all who hold the step's role are reminded, and not only the
    person whose it is."""
    return stage.number >= DUE.number


def is_agency_step(step: Step) -> bool:
    """True if the step is an agency's (SKPD's), so that C1 opens when it is late."""
    return STEPS[step].role in AGENCY_ROLES


def stages_of(step: Step, percents: Mapping[int, int] = DEFAULT_PERCENTS) -> tuple[Stage, ...]:
    """The step's stages in order, with the percentages in force.

    Two kinds are left out: an escalation to the role whose step it is, which would tell nobody
    new, and one to the head of agency for a step of the city's own offices, which has none.
    """
    known = (replace(stage, percent=percents[stage.number]) for stage in STAGES)
    own = STEPS[step].role
    left_out = {own} if is_agency_step(step) else {own, Role.HEAD}
    return tuple(stage for stage in known if stage.role is None or stage.role not in left_out)
