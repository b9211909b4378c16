"""Whom a reminder tells: two queries, however many steps there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.contrib.auth import get_user_model

from .. import permissions
from ..procedure import Role, Stage, Step, sop


class Directory:
    """Who holds which role in which agency, among the active people with an address."""

    def __init__(self):
        people = get_user_model().objects.filter(is_active=True).exclude(email="")
        held = people.filter(
            groups__permissions__codename__in=permissions.ROLE_PERMISSION.values(),
            groups__permissions__content_type__app_label="pengaduan_app",
        ).values_list("groups__permissions__codename", "pk")
        seats = people.filter(groups__agency__isnull=False)
        self._holders = _grouped(held)
        self._seated = _grouped(seats.values_list("groups__agency", "pk"))

    def of(self, role: Role, agency_id: int | None) -> set[int]:
        """The keys of the role's people, in that agency where the role sits in one."""
        holders = self._holders[permissions.ROLE_PERMISSION[role]]
        return holders & self._seated[agency_id] if role in sop.AGENCY_ROLES else holders

    def step_people(self, row, official_id: int | None) -> set[int]:
        """Whose turn the step is; of the officials the one in charge, where one was named."""
        people = self.of(sop.STEPS[Step(row.step)].role, row.agency_id)
        in_charge = {official_id} if row.step == Step.A5 else set()
        # Who has left is in charge no more.
        return people & in_charge or people

    def audience(self, row, stages: Iterable[Stage], official_id: int | None) -> set[int]:
        """Whom the stages reached tell: the step's people, and each escalation's role."""
        roles = {stage.role for stage in stages if stage.role}
        above = (self.of(role, row.agency_id) for role in roles)
        return self.step_people(row, official_id).union(*above)


def _grouped(pairs) -> dict:
    found = defaultdict(set)
    for key, person in pairs:
        found[key].add(person)
    return found
