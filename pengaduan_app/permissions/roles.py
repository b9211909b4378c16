"""Who holds a role, and in which agency."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeAlias

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser, Permission, User
from django.db.models import QuerySet
from django.http import HttpRequest

from ..procedure import Role, sop

# A member of staff. Django's own user stands for the site's user model, which needs groups too.
# A visitor may not be logged in.
Staff: TypeAlias = User
Visitor: TypeAlias = User | AnonymousUser


class StaffRequest(HttpRequest):
    """A request for the admin: Wagtail has sent visitors to the log-in before it gets here."""

    user: Staff


ROLE_PERMISSION = {role: f"act_as_{role.value}" for role in Role}


def held_codenames(user: Visitor) -> frozenset[str]:
    """The plugin's permissions that the user holds through groups; one query per request."""
    held: frozenset[str] | None = getattr(user, "_pengaduan_codenames", None)
    if held is None:
        held = frozenset()
        if user.is_authenticated and user.is_active:
            held = frozenset(
                Permission.objects.filter(
                    group__user=user, content_type__app_label="pengaduan_app"
                ).values_list("codename", flat=True)
            )
        user._pengaduan_codenames = held  # type: ignore[union-attr]  # a cache of ours
    return held


def roles_of(user: Visitor) -> frozenset[Role]:
    """The SOP roles that the user holds."""
    held = held_codenames(user)
    return frozenset(role for role, codename in ROLE_PERMISSION.items() if codename in held)


def agency_ids_of(user: Visitor) -> frozenset[int]:
    """The agencies that the user is staff of; one query per request."""
    agencies: frozenset[int] | None = getattr(user, "_pengaduan_agencies", None)
    if agencies is None:
        agencies = frozenset()
        if user.is_authenticated:
            # Through the user's groups, so that this wing needs no model.
            seats = user.groups.filter(agency__isnull=False)
            agencies = frozenset(seats.values_list("agency", flat=True))
        user._pengaduan_agencies = agencies  # type: ignore[union-attr]  # a cache of ours
    return agencies


def acts_as(user: Visitor | None, role: Role | None, agency_id: int | None) -> bool:
    """True if the user holds the role, and for a role in an agency holds it in that agency.

    The reporter has no account: no user and no role stand for them, and no user ever acts in
    their place.
    """
    if user is None or role is None:
        return user is None and role is None
    if role not in roles_of(user):
        return False
    return role in sop.CITY_ROLES or agency_id in agency_ids_of(user)


def sees_city(user: Visitor) -> bool:
    """True for those who see every agency's complaints: the city's roles and superusers."""
    return user.is_superuser or bool(roles_of(user) & sop.CITY_ROLES)


def holders_of(role: Role) -> QuerySet[Staff]:
    """The active people who hold a role, as a query that may yield a person more than once."""
    return get_user_model().objects.filter(
        is_active=True,
        groups__permissions__codename=ROLE_PERMISSION[role],
        groups__permissions__content_type__app_label="pengaduan_app",
    )


def staff_of(role: Role, agency_ids: Collection[int | None]) -> list[Staff]:
    """The active holders of a role; for a role in an agency, those in one of these agencies."""
    people = holders_of(role)
    if role in sop.AGENCY_ROLES:
        people = people.filter(groups__agency__in=agency_ids)
    return list(people.distinct().order_by("pk"))


def agencies_with(role: Role) -> set[int]:
    """The keys of the agencies in which somebody holds the role."""
    seats = holders_of(role).filter(groups__agency__isnull=False)
    return set(seats.values_list("groups__agency", flat=True))
