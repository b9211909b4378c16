"""The demo's staff: one person per role in each agency, and one per role of the city."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import Group

from pengaduan_app.models import Agency
from pengaduan_app.permissions import Staff
from pengaduan_app.procedure import AGENCY_ROLES, Role
from pengaduan_app.setup import ROLE_GROUPS

from ..data import load

# The user names are part of the demo: README.md lists them.
AGENCY_NAMES = {Role.OPERATOR: "operator", Role.OFFICIAL: "pejabat", Role.HEAD: "kepala"}
CITY_PEOPLE = {
    Role.EDITOR: ("redaktur", "Redaktur", "Humas"),
    Role.COORDINATOR: ("koordinator", "Koordinator", "Humas"),
    Role.ADMIN: ("adminpengaduan", "Admin", "Pengaduan"),
}
SUPERUSER = "admin"
DEMO_HOST = "mojokerto.example"


def demo_password() -> str:
    """The one password of all demo people."""
    return os.environ.get("DEMO_PASSWORD", "demo-mojokerto")


def demo_agencies() -> list[str]:
    """The slugs of the agencies that have demo people."""
    return [row["slug"] for row in load("agencies")]


def username_of(role: Role, slug: str = "") -> str:
    """The log-in of the person with that role, in that agency if the role belongs to one."""
    return f"{AGENCY_NAMES[role]}.{slug}" if role in AGENCY_ROLES else CITY_PEOPLE[role][0]


@dataclass(frozen=True)
class Cast:
    """Everybody who acts in the demo, by log-in."""

    people: Mapping[str, Staff]

    def person(self, role: Role, agency: Agency | None) -> Staff:
        """The person with that role for a complaint of this agency."""
        return self.people[username_of(role, agency.slug if agency else "")]


def ensure_people() -> Cast:
    """Create the missing people, give everybody today's DEMO_PASSWORD, and return them all."""
    agencies = Agency.objects.filter(slug__in=demo_agencies()).select_related("group")
    wanted: dict[str, tuple[Role, Agency | None]] = {
        username_of(role): (role, None) for role in CITY_PEOPLE
    }
    wanted |= {
        username_of(role, agency.slug): (role, agency)
        for agency in agencies
        for role in AGENCY_NAMES
    }
    _ensure_password([*wanted, SUPERUSER])
    User = get_user_model()
    known = set(User.objects.values_list("username", flat=True))
    # Hashing is slow on purpose; the demo's people share a password, so they share its hash.
    password = make_password(demo_password()) if {*wanted, SUPERUSER} - known else ""
    for username, (role, agency) in wanted.items():
        if username not in known:
            _make_person(username, role, agency, password)
    if SUPERUSER not in known:
        _make_superuser(password)
    return Cast({user.username: user for user in User.objects.filter(username__in=wanted)})


def _make_person(username: str, role: Role, agency: Agency | None, password: str) -> None:
    if agency:
        first, last = AGENCY_NAMES[role].capitalize(), agency.short_name
    else:
        _username, first, last = CITY_PEOPLE[role]
    user = get_user_model().objects.create(
        username=username,
        first_name=first,
        last_name=last,
        email=_email(username),
        password=password,
    )
    user.groups.add(Group.objects.get(name=ROLE_GROUPS[role]))
    if agency and agency.group:
        user.groups.add(agency.group)


def _make_superuser(password: str) -> None:
    get_user_model().objects.create(
        username=SUPERUSER,
        first_name="Admin",
        last_name="Sistem",
        email=_email(SUPERUSER),
        password=password,
        is_staff=True,
        is_superuser=True,
    )


def _email(username: str) -> str:
    return f"{username}@{DEMO_HOST}"


def _ensure_password(usernames: list[str]) -> None:
    """Make the printed log-ins work after DEMO_PASSWORD has changed.

    Only people whom the demo created, known by their e-mail address: a real `admin` keeps
    their password.
    """
    people = get_user_model().objects.filter(
        username__in=usernames, email__endswith=f"@{DEMO_HOST}"
    )
    stale = [
        known
        for known in set(people.values_list("password", flat=True))
        if not check_password(demo_password(), known)
    ]
    if stale:
        people.filter(password__in=stale).update(password=make_password(demo_password()))


def login_lines() -> list[str]:
    """The demo log-ins for the terminal, one line per role."""
    rows = [
        (ROLE_GROUPS[role], f"{name}.<slug>", f"{name}.dinkes")
        for role, name in AGENCY_NAMES.items()
    ]
    rows += [(ROLE_GROUPS[role], person[0], "") for role, person in CITY_PEOPLE.items()]
    rows += [("Superuser", SUPERUSER, "")]
    lines = [f"Demo log-ins for {settings.BASE_URL}/admin/ (password: {demo_password()})"]
    for group, username, example in rows:
        hint = f"for example {example}" if example else ""
        lines.append(f"  {group:<18}{username:<18}{hint}".rstrip())
    return [*lines, f"  <slug> is one of: {', '.join(demo_agencies())}"]
