"""What would wait for nobody: roles that a person leaves without anybody else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .. import permissions
from ..models import Agency, StepRecord
from ..permissions import Seats, Staff
from ..procedure import Role, labels, sop


@dataclass(frozen=True)
class Gap:
    """A role that nobody has any more, in an agency or for the city, and the steps it has now."""

    role: Role
    agency: Agency | None
    steps: int

    @property
    def role_label(self) -> str:
        return str(labels.ROLES[self.role])


def gaps_without(person: Staff, seats: Seats) -> list[Gap]:
    """The roles among these seats that nobody but the person has; two queries for each."""
    return list(_gaps(person, seats))


def _gaps(person: Staff, seats: Seats) -> Iterator[Gap]:
    agencies = {agency.pk: agency for agency in Agency.objects.filter(pk__in=seats.agencies)}
    for role in Role:
        if role not in seats.roles:
            continue
        places = agencies.values() if role in sop.AGENCY_ROLES else (None,)
        for agency in places:
            others = permissions.staff_of(role, [agency.pk if agency else None])
            if all(other.pk == person.pk for other in others):
                yield Gap(role, agency, _open_steps(role, agency))


def _open_steps(role: Role, agency: Agency | None) -> int:
    steps = [step.value for step, rule in sop.STEPS.items() if rule.role == role]
    rows = StepRecord.objects.open().filter(step__in=steps)
    return (rows.filter(agency=agency) if agency else rows).count()
