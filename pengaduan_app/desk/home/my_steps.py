"""How the home shows the queue: a group for each step, and which called agencies have answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ...models import Complaint, Contribution, StepRecord
from ...procedure import Step, labels
from ..listing.filters import MINE, OPEN
from ..listing.list_query import list_url

if TYPE_CHECKING:
    from .home_panels import StepRow


@dataclass(frozen=True)
class StepGroup:
    """What waits in one step: how much there is in all, and the most urgent of it."""

    step: str
    label: str | Promise
    total: int
    overdue: int
    url: str
    rows: list[StepRow]


def grouped(
    rows: Sequence[StepRow], counts: Mapping[Step, tuple[int, int]], watches: bool
) -> list[StepGroup]:
    """Every step that waits, those of the most urgent rows first, then the rest by the SOP."""
    urgent = dict.fromkeys(Step(row.record.step) for row in rows)
    return [
        StepGroup(
            step.value,
            labels.STEPS[step],
            *counts[step],
            list_of(watches, step),
            [row for row in rows if row.record.step == step],
        )
        for step in dict.fromkeys((*urgent, *counts))
        if step in counts
    ]


def list_of(watches: bool, step: Step | None = None) -> str:
    """The address of the list with what waits for the user, or with all that is open for
    whoever only watches; of one step, if it is named."""
    narrowed = f"status={OPEN}" if watches else f"mine={MINE}"
    return list_url(f"{narrowed}&step={step.value}" if step else narrowed)


def answers_to(records: Sequence[StepRecord]) -> dict[int, str]:
    """For the rows of A7 among these, by their keys: how many of the called agencies have
    answered. Two queries, none without such a row."""
    asking = {record.pk: record.complaint_id for record in records if record.step == Step.A7}
    if not asking:
        return {}
    given = Contribution.objects.filter(step__in=asking).values_list("step", "agency")
    called = Complaint.coordination.through.objects.filter(complaint__in=asking.values())
    agencies: dict[int, set[int]] = {}
    for complaint, agency in called.values_list("complaint", "agency"):
        agencies.setdefault(complaint, set()).add(agency)
    answered: dict[int, set[int]] = {}
    for step, agency in given:
        answered.setdefault(step, set()).add(agency)
    return {
        key: _("%(given)d of %(called)d agencies have answered")
        % {
            "given": len(answered.get(key, ())),
            "called": len(agencies.get(complaint, set()) | answered.get(key, set())),
        }
        for key, complaint in asking.items()
    }
