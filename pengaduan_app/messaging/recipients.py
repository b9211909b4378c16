"""Whose turn a step is, and who is told of it.

The only place that decides this. The news of a step, what its reporter writes, reminders
and a reopening all ask here, so they all name the same people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.contrib.auth import get_user_model

from ..models import Absence, acting_for
from ..permissions import ROLE_PERMISSION
from ..procedure import Role, Stage, Step, escalation, sop


class Directory:
    """Who holds which role in which agency, among the active staff, by their keys.

    It is read in three queries, however many steps are asked for. Who is on leave today is told
    nothing: their deputy is, or if that isn't possible all who hold the role with them.
    """

    def __init__(self) -> None:
        people = get_user_model().objects.filter(is_active=True)
        held = people.filter(
            groups__permissions__codename__in=ROLE_PERMISSION.values(),
            groups__permissions__content_type__app_label="pengaduan_app",
        ).values_list("groups__permissions__codename", "pk", "email")
        seats = people.filter(groups__agency__isnull=False).values_list("groups__agency", "pk")
        self._holders: defaultdict[str, set[int]] = defaultdict(set)
        self._seated: defaultdict[int | None, set[int]] = defaultdict(set)
        self._reachable: set[int] = set()
        self._deputies = Absence.objects.deputies_today()
        for codename, person, email in held:
            self._holders[codename].add(person)
            if email:
                self._reachable.add(person)
        for agency, person in seats:
            self._seated[agency].add(person)

    def holders(self, role: Role, agency_id: int | None) -> set[int]:
        """Everybody who holds the role, in that agency where the role sits in one."""
        holders = self._holders[ROLE_PERMISSION[role]]
        return holders & self._seated[agency_id] if role in sop.AGENCY_ROLES else set(holders)

    def of(self, role: Role, agency_id: int | None) -> set[int]:
        """Those of the role's holders who can be told: they have an e-mail address, and aren't
        on leave. If all are on leave, all of them: nobody else has the role."""
        people = self.holders(role, agency_id) & self._reachable
        return people - self._deputies.keys() or people

    def everywhere(self, role: Role) -> set[int]:
        """Those of the role's holders who can be told, in whatever agency they sit."""
        holders = self._holders[ROLE_PERMISSION[role]] & self._reachable
        if role not in sop.AGENCY_ROLES:
            return holders
        return holders & set[int]().union(*self._seated.values())

    def in_charge(self, agency_id: int | None, official_id: int | None) -> set[int]:
        """The official whom A2 put in charge; empty once they have left that desk."""
        return self.holders(Role.OFFICIAL, agency_id) & {official_id}

    def acting(self, step: Step, agency_id: int | None, holder_id: int | None) -> set[int]:
        """Whoever does what is assigned to a person: they, or while they are on leave their
        deputy. Empty if it is nobody's, if they have left that desk, or if nobody can be told."""
        role = sop.STEPS[step].role
        if holder_id is None or holder_id not in self.holders(role, agency_id):
            return set()
        return self.of(role, agency_id) & {acting_for(holder_id, self._deputies)}

    def of_step(self, step: Step, agency_id: int | None, holder_id: int | None) -> set[int]:
        """Those whose turn the step is and who can be told of it.

        It is told to the person whose it is (A5 is the official's in charge). Where they have
        left, or have no address, it is told to all who hold the role: any of them may act, and
        a step that nobody hears of waits for its reminders while the reporter waits for an
        answer.
        """
        people = self.acting(step, agency_id, holder_id)
        return people or self.of(sop.STEPS[step].role, agency_id)

    def audience(
        self,
        step: Step,
        agency_id: int | None,
        holder_id: int | None,
        stages: Collection[Stage],
    ) -> set[int]:
        """Those whom a reminder tells: first whose the step is, from its due time on all who
        hold the role, and each role it escalates to."""
        everybody = any(escalation.is_for_all(stage) for stage in stages)
        people = self.of_step(step, agency_id, None if everybody else holder_id)
        roles = {stage.role for stage in stages if stage.role}
        return people.union(*(self.of(role, agency_id) for role in roles))
