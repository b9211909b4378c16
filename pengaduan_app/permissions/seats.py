"""The seats of staff: which roles they have in which agencies, by the groups that stand for these.

A role is given by one group and an agency by its own; whoever is in both sits there. What other
groups give is somebody else's business: it is shown, and left alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.db.models import Q

from ..procedure import Role, sop
from .roles import ROLE_PERMISSION, Staff

# Whose permissions are rights over accounts and groups, and so over every other right.
ACCOUNT_APP = "auth"


@dataclass(frozen=True)
class Seats:
    """The roles that somebody has; those of agencies, in each of the agencies."""

    roles: frozenset[Role] = frozenset()
    agencies: frozenset[int] = frozenset()

    def holds(self, role: Role, agency_id: int | None) -> bool:
        """True if the role is among them; for a role in an agency, in that one."""
        return role in self.roles and (role in sop.CITY_ROLES or agency_id in self.agencies)


def role_group_ids() -> dict[Role, int]:
    """The group by which each role is given: the oldest that gives this role and no other."""
    role_of = {codename: role for role, codename in ROLE_PERMISSION.items()}
    giving: defaultdict[int, set[Role]] = defaultdict(set)
    rows = Group.objects.filter(
        agency__isnull=True,
        permissions__content_type__app_label="pengaduan_app",
        permissions__codename__in=role_of,
    ).values_list("pk", "permissions__codename")
    for group, codename in rows:
        giving[group].add(role_of[codename])
    found: dict[Role, int] = {}
    for group in sorted(giving, reverse=True):
        if len(giving[group]) == 1:
            found[next(iter(giving[group]))] = group
    return found


def seats_of(person: Staff, groups: Mapping[Role, int] | None = None) -> Seats:
    """The person's seats. `groups` spares a list the same question for each of its rows."""
    groups = role_group_ids() if groups is None else groups
    mine = person.groups.all()
    held = {group.pk for group in mine}
    agencies = (getattr(group, "agency", None) for group in mine)
    return Seats(
        frozenset(role for role, group in groups.items() if group in held),
        frozenset(agency.pk for agency in agencies if agency),
    )


def other_groups_of(person: Staff, groups: Mapping[Role, int] | None = None) -> list[Group]:
    """The person's groups that stand neither for a role nor for an agency."""
    groups = role_group_ids() if groups is None else groups
    return [
        group
        for group in person.groups.all()
        if group.pk not in groups.values() and not hasattr(group, "agency")
    ]


def group_ids_of(seats: Seats) -> set[int]:
    """The groups that somebody with these seats is in."""
    groups = role_group_ids()
    agencies = Group.objects.filter(agency__in=seats.agencies).values_list("pk", flat=True)
    return {groups[role] for role in seats.roles if role in groups} | set(agencies)


def take_seats(person: Staff, seats: Seats) -> None:
    """Put the person into the groups of these seats, and out of those of all other seats; groups
    that stand for neither a role nor an agency stay."""
    wanted = group_ids_of(seats)
    standing = Q(pk__in=role_group_ids().values()) | Q(agency__isnull=False)
    present = set(person.groups.filter(standing).values_list("pk", flat=True))
    person.groups.remove(*present - wanted)
    person.groups.add(*wanted - present)


def are_above(user: Staff, seats: Seats) -> bool:
    """True if a group of these seats was given rights over accounts, and `user` is not in it: who
    has such rights can take every other one."""
    if user.is_superuser:
        return False
    apps = {ACCOUNT_APP, user._meta.app_label}
    mighty = Group.objects.filter(
        pk__in=group_ids_of(seats), permissions__content_type__app_label__in=apps
    )
    return mighty.exclude(pk__in=user.groups.values("pk")).exists()
