"""Every change of a staff account by the complaint administrator; each is one transaction.

The groups of the roles are locked first, so that two administrators who deactivate each other, or
give two people one e-mail address, do it one after the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from types import MappingProxyType
from typing import TypeAlias

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from .. import actions, permissions
from ..messaging import staff_letters
from ..permissions import Seats, Staff
from ..presentation import duration
from ..procedure import Role
from . import leave, rules, telephones
from .rules import Deed
from .words import ADDED, LOGGED

# Who gets the steps that somebody held, by the key of the agency; without an entry all officials.
Takers: TypeAlias = Mapping[int, Staff | None]
EVERYBODY: Takers = MappingProxyType({})
# Between two invitations of the same person.
PAUSE = timedelta(minutes=10)
# What Django's log-in names are made of, and how long they are.
NOT_IN_LOGIN = re.compile(r"[^\w.@+-]")
LONGEST_LOGIN = 150


class AddressTaken(actions.NotNow):
    """Another account has the e-mail address, or the log-in name that would be made of it."""


def add(user: Staff, name: str, email: str, seats: Seats) -> Staff:
    """A new account, invited by e-mail; nobody knows a password for it.

    Its log-in name is the e-mail address. Raises NotYours, NotNow or AddressTaken.
    """
    with _locked(user) as user:
        rules.check_seats(user, seats)
        email = email.lower()
        _check_free(email)
        first, last = _parts(name)
        person = get_user_model()(
            username=_login_of(email), email=email, first_name=first, last_name=last
        )
        person.set_unusable_password()
        person.save()
        permissions.take_seats(person, seats)
        log(instance=person, action=ADDED, user=user, data=_in_log(seats))
        staff_letters.invite(person)
    return person


def rename(user: Staff, key: int, name: str, email: str, telephone: str | None = None) -> Staff:
    """Another name, e-mail address or telephone number; the last stays where None is given. The
    log-in name follows the address if it was that address; an invitation that waits goes to the
    new one."""
    with _locked(user) as user:
        person = _person(key)
        email = email.lower()
        if email != person.email.lower():
            rules.check(user, person, Deed.READDRESS)
            _check_free(email, but=person)
            if person.username == _login_of(person.email.lower()):
                person.username = _login_of(email)
            person.email = email
            log(instance=person, action=LOGGED[Deed.READDRESS], user=user)
            if person.is_active and not person.has_usable_password():
                staff_letters.invite(person)
        if name != person.get_full_name():
            rules.check(user, person, Deed.RENAME)
            person.first_name, person.last_name = _parts(name)
            log(instance=person, action=LOGGED[Deed.RENAME], user=user)
        if telephone is not None and telephone != telephones.telephone_of(person):
            rules.check(user, person, Deed.RENAME)
            telephones.keep(person, telephone)
        person.save(update_fields=["first_name", "last_name", "email", "username"])
    return person


def move(user: Staff, key: int, seats: Seats, takers: Takers = EVERYBODY) -> int:
    """Other roles or agencies; returns how many complaints were handed on. Drafts stay where they
    are, with their complaints."""
    with _locked(user) as user:
        person = _person(key)
        rules.check(user, person, Deed.MOVE)
        before = permissions.seats_of(person)
        rules.check_seats(user, seats, before)
        rules.check_administrator_left(person, seats)
        permissions.take_seats(person, seats)
        log(instance=person, action=LOGGED[Deed.MOVE], user=user, data=_in_log(seats))
        return _hand_on(user, person, seats, takers)


def deactivate(user: Staff, key: int, takers: Takers = EVERYBODY) -> int:
    """The person can do nothing from now on, in open sessions too; returns how many complaints were
    handed on. Their name stays at what they did."""
    with _locked(user) as user:
        person = _person(key)
        rules.check(user, person, Deed.DEACTIVATE)
        person.is_active = False
        person.save(update_fields=["is_active"])
        telephones.forget(person)
        log(instance=person, action=LOGGED[Deed.DEACTIVATE], user=user)
        return _hand_on(user, person, rules.NO_SEATS, takers)


def activate(user: Staff, key: int) -> Staff:
    """The person may log in again, with the seats they had; who never had a password is invited."""
    with _locked(user) as user:
        person = _person(key)
        rules.check(user, person, Deed.ACTIVATE)
        person.is_active = True
        person.save(update_fields=["is_active"])
        log(instance=person, action=LOGGED[Deed.ACTIVATE], user=user)
        if not person.has_usable_password():
            staff_letters.invite(person)
    return person


def invite_again(user: Staff, key: int) -> Staff:
    """Another invitation; links of earlier ones stop working. Raises NotNow within PAUSE."""
    with _locked(user) as user:
        person = _person(key)
        rules.check(user, person, Deed.INVITE)
        last = staff_letters.last_invitation(person)
        if last and timezone.now() - last < PAUSE:
            raise actions.NotNow(
                _("An invitation was sent a moment ago. Wait %(time)s before you send another one.")
                % {"time": duration(PAUSE)}
            )
        # The links are signed with what stands here.
        person.set_unusable_password()
        person.save(update_fields=["password"])
        log(instance=person, action=LOGGED[Deed.INVITE], user=user)
        staff_letters.invite(person)
    return person


@contextmanager
def _locked(user: Staff) -> Iterator[Staff]:
    """The keeper as they are now: another administrator may have deactivated them meanwhile."""
    with transaction.atomic():
        groups = Group.objects.filter(pk__in=permissions.role_group_ids().values())
        list(groups.select_for_update(no_key=True).order_by("pk"))
        keeper = get_user_model().objects.get(pk=user.pk)
        rules.check_keeper(keeper)
        yield keeper


def _person(key: int) -> Staff:
    """The account, locked. Raises DoesNotExist for a superuser's."""
    return rules.people().select_for_update().get(pk=key)


def _check_free(email: str, but: Staff | None = None) -> None:
    taken = Q(email__iexact=email) | Q(username__iexact=_login_of(email))
    others = get_user_model().objects.filter(taken)
    if but:
        others = others.exclude(pk=but.pk)
    if others.exists():
        raise AddressTaken(
            _(
                "Another account has this e-mail address already. Look for it in the list; a "
                "deactivated one can be activated again."
            )
        )


def _login_of(email: str) -> str:
    return NOT_IN_LOGIN.sub("", email)[:LONGEST_LOGIN]


def _parts(name: str) -> tuple[str, str]:
    """First name and last name, as Django stores them; many people have a single name."""
    first, _blank, last = name.rpartition(" ")
    return (first, last) if first else (last, "")


def _hand_on(user: Staff, person: Staff, after: Seats, takers: Takers) -> int:
    """Give what the person held where they are no official any more, and back to its role what
    else was theirs; returns how many complaints that were."""
    held = actions.held_by(person).order_by().values_list("agency", flat=True).distinct()
    given = sum(
        actions.hand_on(person, agency, user, takers.get(agency))
        for agency in sorted(key for key in held if key)
        if not after.holds(Role.OFFICIAL, agency)
    )
    # Read anew: what they may do is remembered for the length of a request.
    moved = get_user_model().objects.get(pk=person.pk)
    leave.forget_unfit(moved, user)
    return given + actions.let_go(moved, user)


def _in_log(seats: Seats) -> dict[str, object]:
    return {
        "roles": sorted(role.value for role in seats.roles),
        "agencies": sorted(seats.agencies),
    }
