"""What the complaint administrator may do with an account, and why not. All rules are here.

Nobody gets more by these screens than the administrator has: superusers are left alone, and so is
the way into an account (its e-mail address, its invitation) that has rights of another kind.
"""

from __future__ import annotations

from enum import StrEnum

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from .. import actions, permissions
from ..permissions import Seats, Staff
from ..procedure import Role, sop


class Deed(StrEnum):
    """What is done with an account that is there already."""

    RENAME = "rename"
    READDRESS = "readdress"
    MOVE = "move"
    INVITE = "invite"
    DEACTIVATE = "deactivate"
    ACTIVATE = "activate"


# What would let its doer, or somebody of theirs, into the account.
WAYS_IN = {Deed.READDRESS, Deed.INVITE, Deed.ACTIVATE}
NO_SEATS = Seats()
# What nobody does with their own account.
NOT_ONESELF = {Deed.READDRESS, Deed.MOVE, Deed.DEACTIVATE}


def people() -> QuerySet[Staff]:
    """The accounts that these screens know: all but superusers', who are kept by superusers."""
    return get_user_model().objects.filter(is_superuser=False)


def check_keeper(user: Staff) -> None:
    """Raises NotYours unless the user keeps the accounts of staff."""
    if not permissions.may_keep_people(user):
        raise actions.NotYours(_("Only the complaint administrator keeps the accounts of staff."))


def check(user: Staff, person: Staff, deed: Deed) -> None:
    """Raises NotYours or NotNow, with the remedy, unless `user` may do that with the account."""
    check_keeper(user)
    if person.is_superuser:
        raise actions.NotYours(_("Superusers' accounts are kept by superusers, under Settings."))
    if deed in NOT_ONESELF and person.pk == user.pk:
        raise actions.NotYours(
            _("This is your own account. Ask another administrator or a superuser to change it.")
        )
    if deed in WAYS_IN and not user.is_superuser and has_other_rights(user, person):
        raise actions.NotYours(
            _(
                "This account has rights of another kind (other groups). Only a superuser changes "
                "its e-mail address, invites or activates it."
            )
        )
    _check_state(person, deed)
    if deed in (Deed.READDRESS, Deed.INVITE) and not user.is_superuser and is_in_use(person):
        raise actions.NotYours(
            _(
                "This person uses the account already, and who gets its e-mail gets in. Ask a "
                "superuser to change its address or to invite them anew."
            )
        )
    if deed == Deed.DEACTIVATE:
        check_administrator_left(person, NO_SEATS)


def _check_state(person: Staff, deed: Deed) -> None:
    if deed == Deed.ACTIVATE and person.is_active:
        raise actions.NotNow(_("This account is active already."))
    if deed in (Deed.MOVE, Deed.DEACTIVATE, Deed.INVITE) and not person.is_active:
        raise actions.NotNow(_("This account is deactivated. Activate it first."))
    if deed == Deed.INVITE and person.has_usable_password():
        raise actions.NotNow(
            _(
                "This person has a password already. Whoever has forgotten it chooses “Forgotten "
                "password?” at the log-in."
            )
        )


def is_in_use(person: Staff) -> bool:
    """True once its owner has come: what they do there must stay theirs."""
    return person.last_login is not None or person.has_usable_password()


def is_allowed(user: Staff, person: Staff, deed: Deed) -> bool:
    """The same as a yes or no, for buttons."""
    try:
        check(user, person, deed)
    except actions.ActionRefused:
        return False
    return True


def has_other_rights(user: Staff, person: Staff) -> bool:
    """True if the account can do things that neither a role nor an agency gives, or that `user`
    couldn't give it."""
    return (
        person.is_staff
        or person.user_permissions.exists()
        or bool(permissions.other_groups_of(person))
        or permissions.are_above(user, permissions.seats_of(person))
    )


def check_administrator_left(person: Staff, after: Seats) -> None:
    """Raises NotNow if nobody else could keep the accounts once the person has these seats."""
    before = permissions.seats_of(person)
    if Role.ADMIN not in before.roles or Role.ADMIN in after.roles:
        return
    others = permissions.holders_of(Role.ADMIN).exclude(pk=person.pk)
    # Whoever was invited and has no password yet may never come.
    if not others.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX).exists():
        raise actions.NotNow(
            _("This is the last complaint administrator. Give the role to somebody else first.")
        )


def check_seats(user: Staff, seats: Seats, before: Seats = NO_SEATS) -> None:
    """Raises NotNow if roles and agencies don't belong together, NotYours if one that is new would
    give more than `user` has."""
    needs_agency = seats.roles & sop.AGENCY_ROLES
    if not seats.roles:
        raise actions.NotNow(_("Choose a role."))
    if needs_agency and not seats.agencies:
        raise actions.NotNow(_("This role sits in an agency. Choose which one."))
    if seats.agencies and not needs_agency:
        raise actions.NotNow(_("This role belongs to the whole city. Leave the agency empty."))
    if seats.roles - permissions.role_group_ids().keys():
        raise actions.NotNow(
            _(
                "No group gives this role alone. Ask the system administrator to run "
                "“manage.py pengaduan_setup”."
            )
        )
    new = Seats(seats.roles - before.roles, seats.agencies - before.agencies)
    if permissions.are_above(user, new):
        raise actions.NotYours(
            _("You can't give this: the group has rights over accounts. Ask a superuser.")
        )
