"""Who leaves a desk, by whatever screen or script, leaves their steps to its role."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.db import transaction

from pengaduan_app import actions
from pengaduan_app.models import Complaint, OutboxMessage
from pengaduan_app.operations import kept
from pengaduan_app.people import accounts
from pengaduan_app.permissions import Seats
from pengaduan_app.procedure.sop import Role, State
from pengaduan_app.setup import ROLE_GROUPS
from tests.support.factories import AgencyFactory, staff

STOCK = (State.VERIFIED, State.EDITING)


def fresh(complaint) -> Complaint:
    return Complaint.objects.get(pk=complaint.pk)


def told(kind: str) -> set[str]:
    rows = OutboxMessage.objects.filter(kind=kind)
    return set(rows.values_list("recipient__username", flat=True))


def role_taken_away(person, office):
    person.groups.remove(Group.objects.get(name=ROLE_GROUPS[Role.OPERATOR]))


def group_emptied_from_its_side(person, office):
    office.agency.group.user_set.remove(person)


def deactivated_by_a_script(person, office):
    person.is_active = False
    person.save()


def deactivated_on_the_screen(person, office):
    accounts.deactivate(office.admin, person.pk)


def moved_on_the_screen(person, office):
    seats = Seats(frozenset({Role.OPERATOR}), frozenset({AgencyFactory().pk}))
    accounts.move(office.admin, person.pk, seats)


WAYS = [
    role_taken_away,
    group_emptied_from_its_side,
    deactivated_by_a_script,
    deactivated_on_the_screen,
    moved_on_the_screen,
]


@pytest.mark.parametrize("way", WAYS)
def test_who_leaves_that_desk_in_whichever_way_leaves_the_step_to_its_role(
    office, way, django_capture_on_commit_callbacks
):
    person, stays = staff(Role.OPERATOR, office.agency), office.complaint(to=State.VERIFIED)
    complaint = office.complaint(to=State.VERIFIED)
    actions.take(complaint.pk, person)
    actions.take(stays.pk, office.operator)
    OutboxMessage.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        way(person, office)
    assert fresh(complaint).holder is None
    assert fresh(stays).holder == office.operator
    assert told("handed_on") == {office.operator.username}


def test_who_keeps_the_role_keeps_the_step(office, django_capture_on_commit_callbacks):
    complaint, other = office.complaint(to=State.VERIFIED), AgencyFactory()
    office.operator.groups.add(other.group)
    actions.take(complaint.pk, office.operator)
    with django_capture_on_commit_callbacks(execute=True):
        office.operator.groups.remove(other.group)
    assert fresh(complaint).holder == office.operator


def test_somebody_whose_step_it_is_or_was_is_kept(office):
    for end in (False, True):
        person, complaint = staff(Role.EDITOR), office.complaint(to=State.EDITING)
        actions.give(complaint.pk, office.editor, person)
        if end:
            office.advance(complaint, State.PUBLICATION)
        with pytest.raises(kept.Kept), transaction.atomic():
            person.delete()
