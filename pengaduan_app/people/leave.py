"""Who is on leave and who stands in: what may be written, by whom, and why not.

A deputy holds a seat of the absent one already, so that standing in gives nobody a right: what
is shown and told to the one is shown and told to the other (messaging/recipients.py).
"""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.db.transaction import atomic
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from .. import actions, permissions
from ..models import Absence
from ..permissions import Staff
from ..presentation import long_day, person_name
from ..procedure import Role, labels, sop
from .words import LEFT, RETURNED

# Nobody is away for longer; a longer one is a slip of the pen.
LONGEST = timedelta(days=366)


def may_decide(user: Staff, person: Staff) -> bool:
    """True for the person, for their superior where they have their seat, and for the complaint
    administrator. Nobody stands in for who has no role."""
    roles = permissions.roles_of(person)
    if not user.is_active or not roles:
        return False
    if user.pk == person.pk or permissions.may_keep_people(user):
        return True
    return any(
        permissions.acts_as(user, sop.SUPERIORS.get(role), agency)
        for role in roles & sop.SUPERIORS.keys()
        for agency in (permissions.agency_ids_of(person) if role in sop.AGENCY_ROLES else (None,))
    )


def subordinates(user: Staff) -> list[Staff]:
    """The people whose superior the user is, by name."""
    people: dict[int, Staff] = {}
    for role, superior in sop.SUPERIORS.items():
        if superior in permissions.roles_of(user):
            found = permissions.staff_of(role, permissions.agency_ids_of(user))
            people |= {person.pk: person for person in found if person.pk != user.pk}
    return sorted(people.values(), key=person_name)


def candidates(person: Staff) -> list[Staff]:
    """Who could stand in: whoever has one of the person's roles, in one of their agencies."""
    agencies = permissions.agency_ids_of(person)
    people = {
        colleague.pk: colleague
        for role in permissions.roles_of(person)
        for colleague in permissions.staff_of(role, agencies)
        if colleague.pk != person.pk
    }
    return sorted(people.values(), key=person_name)


def shared_roles(person: Staff, deputy: Staff) -> list[Role]:
    """The roles in which the deputy can do what waits for the person."""
    agencies = permissions.agency_ids_of(person) & permissions.agency_ids_of(deputy)
    shared = permissions.roles_of(person) & permissions.roles_of(deputy)
    return [role for role in Role if role in shared and (role in sop.CITY_ROLES or agencies)]


@atomic
def add(user: Staff, person_key: int, deputy: Staff, first: date, last: date) -> Absence:
    """A leave from the first day to the last, both included. Raises NotYours or NotNow."""
    # Locked, so that two forms at once write no two leaves that overlap.
    person = get_user_model().objects.select_for_update(no_key=True).get(pk=person_key)
    if not may_decide(user, person):
        raise actions.NotYours(
            _("Leave is written down by the person, their superior or the complaint administrator.")
        )
    _check_days(first, last)
    if not deputy.is_active or deputy.pk == person.pk or not shared_roles(person, deputy):
        raise actions.NotNow(
            _(
                "Whoever stands in must have the same role in the same agency already. Choose "
                "somebody else, or ask the complaint administrator to give the role."
            )
        )
    _check_free(person, first, last)
    absence = Absence.objects.create(person=person, deputy=deputy, first_day=first, last_day=last)
    log(instance=person, action=LEFT, user=user, data=_in_log(absence))
    return absence


def end(user: Staff, absence_key: int) -> Absence:
    """The leave is over, or won't be taken. Raises DoesNotExist or NotYours."""
    with atomic():
        absence = (
            Absence.objects.select_for_update(of=("self",), no_key=True)
            .select_related("person")
            .get(pk=absence_key)
        )
        if not may_decide(user, absence.person):
            raise actions.NotYours(_("Only who may write a leave down may end it."))
        _forget(absence, user)
    return absence


def forget_unfit(person: Staff, user: Staff) -> None:
    """After the person has moved or was deactivated: no leave stays whose deputy can't stand in
    any more."""
    coming = Absence.objects.from_now_on().select_related("person", "deputy")
    for absence in coming.filter(Q(person=person) | Q(deputy=person)):
        if not (absence.deputy.is_active and shared_roles(absence.person, absence.deputy)):
            _forget(absence, user)


def warning_of(absence: Absence) -> str:
    """That the deputy is on leave on some of these days as well; empty if they aren't."""
    other = (
        Absence.objects.filter(
            person=absence.deputy_id,
            first_day__lte=absence.last_day,
            last_day__gte=absence.first_day,
        )
        .select_related("deputy")
        .first()
    )
    if other is None:
        return ""
    return _(
        "%(deputy)s is on leave too, from %(first)s to %(last)s. On these days %(next)s stands in, "
        "or if that isn't possible everybody of the role is told."
    ) % {
        "deputy": person_name(absence.deputy),
        "first": long_day(other.first_day),
        "last": long_day(other.last_day),
        "next": person_name(other.deputy),
    }


def covered(person: Staff, deputy: Staff) -> str:
    """The roles in which the deputy stands in, in words."""
    return ", ".join(str(labels.ROLES[role]) for role in shared_roles(person, deputy))


def _check_days(first: date, last: date) -> None:
    if last < first:
        raise actions.NotNow(_("The last day is before the first. Exchange them."))
    if last < timezone.localdate():
        raise actions.NotNow(_("These days are over. Choose a last day that is still to come."))
    if last - first > LONGEST:
        raise actions.NotNow(
            _(
                "This is longer than a year. Check the days; who is away for good is moved or "
                "deactivated by the complaint administrator."
            )
        )


def _check_free(person: Staff, first: date, last: date) -> None:
    other = Absence.objects.filter(person=person, first_day__lte=last, last_day__gte=first).first()
    if other:
        raise actions.NotNow(
            _("A leave from %(first)s to %(last)s stands there already. End that one first.")
            % {"first": long_day(other.first_day), "last": long_day(other.last_day)}
        )


def _forget(absence: Absence, user: Staff) -> None:
    log(instance=absence.person, action=RETURNED, user=user, data=_in_log(absence))
    Absence.objects.filter(pk=absence.pk).delete()


def _in_log(absence: Absence) -> dict[str, object]:
    return {
        "deputy": absence.deputy_id,
        "first_day": absence.first_day.isoformat(),
        "last_day": absence.last_day.isoformat(),
    }
