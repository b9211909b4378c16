"""When an open step is reminded of, and who is told. Pure, like sop.py.

The SOP has the reminder (C1) and its limit; how it escalates is the city's own rule. A
stage comes when a share of the step's limit has passed; staff may change the shares.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from .sop import AGENCY_ROLES, STEPS, Role, Step


class ReminderKind(StrEnum):
    NEAR = "near"
    DUE = "due"
    # Nobody answered: it goes to somebody higher.
    ESCALATED = "escalated"
    # The coordinator's own button.
    MANUAL = "manual"


@dataclass(frozen=True)
class Stage:
    """One automatic reminder. `percent` of the limit brings it; it tells the step's own
    people, and from an escalation on whoever has `role`."""

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


def is_agency_step(step: Step) -> bool:
    """True when the step is an SKPD's own, so that being late with it opens C1."""
    return STEPS[step].role in AGENCY_ROLES


def stages_of(step: Step, percents: Mapping[int, int] = DEFAULT_PERCENTS) -> tuple[Stage, ...]:
    """The step's stages with the percentages in force, in their order.

    An escalation to the role whose step it is would tell nobody new, and a step of the
    city's own offices has no head of agency above it: these are left out.
    """
    known = (replace(stage, percent=percents[stage.number]) for stage in STAGES)
    own = STEPS[step].role
    left_out = {own} if is_agency_step(step) else {own, Role.HEAD}
    return tuple(stage for stage in known if stage.role is None or stage.role not in left_out)
