"""What the screens say of an account: its seats, its log-ins, what it holds, what it leaves."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages as admin_messages

from .. import actions, permissions
from ..models import Agency
from ..permissions import Seats, Staff
from ..presentation import wib
from ..procedure import Role, labels
from .gaps import Gap, gaps_without

ACTIVE, NEVER, INVITED, INACTIVE = "active", "never", "invited", "inactive"
STATES = {
    ACTIVE: gettext_lazy("Active"),
    INVITED: gettext_lazy("Invited, has not logged in yet"),
    NEVER: gettext_lazy("Has not logged in yet"),
    INACTIVE: gettext_lazy("Deactivated"),
}


@dataclass(frozen=True)
class Fact:
    label: str
    value: str | Promise


def state_of(person: Staff) -> str:
    """Whether the person can work: a key of STATES."""
    if not person.is_active:
        return INACTIVE
    if person.last_login is not None:
        return ACTIVE
    return NEVER if person.has_usable_password() else INVITED


def facts_of(person: Staff) -> list[Fact]:
    """What stands beside every form about the person."""
    seats = permissions.seats_of(person)
    roles = [str(labels.ROLES[role]) for role in Role if role in seats.roles]
    names = Agency.objects.filter(pk__in=seats.agencies).values_list("name", flat=True)
    others = [group.name for group in permissions.other_groups_of(person)]
    facts = [
        Fact(_("Account"), STATES[state_of(person)]),
        Fact(_("User name"), person.get_username()),
        Fact(_("Role"), ", ".join(roles) or _("No role")),
        Fact(_("Agency"), ", ".join(names) or "–"),
        Fact(_("In charge of"), _in_charge(person)),
        Fact(_("Steps assigned to them"), str(actions.assigned_to(person).count())),
        Fact(_("Last log-in"), wib(person.last_login) or "–"),
    ]
    if others:
        facts.insert(4, Fact(_("Other groups, left as they are"), ", ".join(others)))
    return facts


def _in_charge(person: Staff) -> str:
    count = actions.held_by(person).count()
    text = ngettext("%(count)d open complaint", "%(count)d open complaints", count)
    return text % {"count": count}


def sentence(gap: Gap) -> str:
    """What it means that nobody else has this role."""
    words = {"role": labels.ROLES[gap.role], "agency": gap.agency, "count": gap.steps}
    if gap.agency is None:
        text = ngettext(
            "Nobody else has the role %(role)s: %(count)d open step waits for nobody then.",
            "Nobody else has the role %(role)s: %(count)d open steps wait for nobody then.",
            gap.steps,
        )
    else:
        text = ngettext(
            "Nobody else has the role %(role)s in %(agency)s: %(count)d open step waits for "
            "nobody then.",
            "Nobody else has the role %(role)s in %(agency)s: %(count)d open steps wait for "
            "nobody then.",
            gap.steps,
        )
    return text % words


def warn_of_gaps(request: HttpRequest, person: Staff, before: Seats, after: Seats) -> None:
    """Say which of the seats that the person had are empty now, with the way to fill each."""
    for gap in gaps_without(person, before):
        if not after.holds(gap.role, gap.agency.pk if gap.agency else None):
            button = admin_messages.button(add_url(gap.role, gap.agency), _("Add somebody"))
            admin_messages.warning(request, empty_now(gap), buttons=[button])


def empty_now(gap: Gap) -> str:
    """The same once it has happened."""
    words = {"role": labels.ROLES[gap.role], "agency": gap.agency}
    if gap.agency is None:
        return _("Nobody has the role %(role)s now. Its steps wait for nobody.") % words
    return _("Nobody has the role %(role)s in %(agency)s now. Its steps wait for nobody.") % words


def add_url(role: Role, agency: Agency | None) -> str:
    """The form for a new person, with role and agency chosen."""
    chosen = {"role": role.value} | ({"agency": agency.pk} if agency else {})
    return f"{reverse('pengaduan_people:add')}?{urlencode(chosen)}"
