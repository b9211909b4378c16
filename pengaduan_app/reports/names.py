"""What agencies and steps are called in a report."""

from __future__ import annotations

from typing import TypeAlias

from django.utils.translation import gettext as _

from ..models import Agency
from ..procedure import Step, labels

# Every agency by its key; None stands for "not yet chosen".
Names: TypeAlias = dict[int | None, Agency | str]


def agency_names() -> Names:
    """Every agency by its key, and the words for none; one query."""
    return {None: _("Not yet chosen")} | Agency.objects.in_bulk()


def short_name(agency: Agency | str) -> str:
    """For a chart's label."""
    return agency if isinstance(agency, str) else agency.brief


def step_name(step: Step) -> str:
    """The SOP's code with the label."""
    return f"{step.value} {labels.STEPS[step]}"
