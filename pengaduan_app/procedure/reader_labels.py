"""What a step and a state are called where the usual word says what isn't so: of a confidential
complaint, whose answer is never published, and of a correction (SOP B1, B2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from . import labels
from .sop import State, Step

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

PRIVATE_STEPS = {Step.B2: _("Give the answer to the reporter alone")}
CORRECTION_STEPS = {
    Step.B1: _("Correction: change the answer"),
    Step.B2: _("Correction: check and publish the change"),
}
PRIVATE_CORRECTION_STEPS = {
    **CORRECTION_STEPS,
    Step.B2: _("Correction: check the change"),
}
PRIVATE_STATES = {
    State.PUBLICATION: _("Last check before the answer is given to the reporter alone"),
    State.CORRECTION_CHECK: _("Last check of the correction, which only the reporter reads"),
}


def step_label(step: Step, is_private: bool, corrects: bool = False) -> StrPromise:
    """The step's name. `is_private`: its answer is for the reporter alone; `corrects`: it belongs
    to the correction of an answer that was given."""
    if corrects:
        words = PRIVATE_CORRECTION_STEPS if is_private else CORRECTION_STEPS
    else:
        words = PRIVATE_STEPS if is_private else {}
    return words.get(step, labels.STEPS[step])


def state_label(state: State, is_private: bool) -> StrPromise:
    """The state's name, for an answer that is or isn't for the reporter alone."""
    return (PRIVATE_STATES if is_private else {}).get(state, labels.STATES[state])
