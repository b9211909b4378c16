"""Who may see, reveal and act: the rules themselves, whatever screen asks them."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser, Permission
from django.contrib.contenttypes.models import ContentType

from pengaduan_app import actions, permissions
from pengaduan_app.models import Complaint, StepRecord
from pengaduan_app.permissions.roles import held_codenames
from pengaduan_app.procedure.sop import AGENCY_ROLES, CITY_ROLES, Action, Role, State
from tests.support.crowd import superuser
from tests.support.factories import UserFactory, staff, submit

STOCK = (State.DECISION,)


def everybody(*offices) -> dict[str, object]:
    """One of each kind of person that can stand before a complaint."""
    people = {
        f"{place.agency.slug}: {role.value}": place.person(role)
        for place in offices
        for role in Role
    }
    return people | {
        "a superuser": superuser(),
        "a colleague without a role": UserFactory(agency=offices[0].agency),
        "an official without an agency": staff(Role.OFFICIAL),
        "somebody": UserFactory(),
        "an editor who has left": UserFactory(role=Role.EDITOR, is_active=False),
        "a head who has left": UserFactory(
            role=Role.HEAD, agency=offices[0].agency, is_active=False
        ),
    }


def test_the_list_and_the_single_complaint_follow_the_same_rule(office, other_office):
    """One is a condition of the database's and the other is asked for each page and file."""
    complaints = [office.complaint(to=state) for state in (State.RECEIVED, State.PUBLISHED)]
    complaints += [other_office.complaint(), submit(None).complaint]
    called = other_office.complaint(to=State.DECISION)
    actions.coordinate(called.pk, other_office.head, [office.agency])
    over = other_office.complaint(to=State.DECISION)
    actions.coordinate(over.pk, other_office.head, [office.agency])
    actions.approve(over.pk, other_office.head)
    for complaint in (called, over):
        complaint.refresh_from_db()
    differing = []
    for who, user in everybody(office, other_office).items():
        listed = set(Complaint.objects.visible_to(user).values_list("pk", flat=True))
        for complaint in [*complaints, called, over]:
            if permissions.may_see(user, complaint) != (complaint.pk in listed):
                differing.append((who, complaint.pk))
    assert differing == []


def test_a_complaint_is_seen_by_its_agency_the_city_and_nobody_else(office, other_office):
    complaint = office.complaint()
    people = everybody(office, other_office)
    seen_by = {who for who, user in people.items() if permissions.may_see(user, complaint)}
    agency, other = office.agency.slug, other_office.agency.slug
    expected = {f"{agency}: {role.value}" for role in AGENCY_ROLES}
    expected |= {f"{place}: {role.value}" for place in (agency, other) for role in CITY_ROLES}
    assert seen_by == expected | {"a superuser"}


def test_who_is_called_to_coordinate_sees_it_by_role_and_not_by_membership(office, other_office):
    complaint = other_office.complaint(to=State.DECISION)
    actions.coordinate(complaint.pk, other_office.head, [office.agency])
    complaint.refresh_from_db()
    guests = {
        "operator": office.operator,
        "official": office.official,
        "head": office.head,
        "without a role": UserFactory(agency=office.agency),
    }
    called = [who for who, user in guests.items() if permissions.is_called(user, complaint)]
    assert called == ["operator", "official", "head"]
    writing = [who for who, user in guests.items() if permissions.may_contribute(user, complaint)]
    assert writing == ["official"]


@pytest.mark.parametrize("role", list(Role))
def test_the_reporters_name_is_opened_by_who_may_and_sits_there(office, other_office, role):
    """Which roles may is the groups' business; in which agency is the rule's own."""
    complaint = office.complaint()
    mine, theirs = office.person(role), other_office.person(role)
    held = permissions.REVEAL_PERMISSION in held_codenames(mine)
    assert permissions.may_reveal(mine, complaint) is held
    assert permissions.may_reveal(theirs, complaint) is (held and role in CITY_ROLES)


def test_who_has_left_opens_no_name(office):
    operator = UserFactory(role=Role.OPERATOR, agency=office.agency, is_active=False)
    complaint = office.complaint()
    assert not permissions.may_reveal(operator, complaint)
    assert permissions.may_reveal(office.operator, complaint)


def test_a_superuser_has_no_role_and_opens_no_name(office):
    """The ledger and the log name who acted: that is always somebody of the procedure."""
    complaint, user = office.complaint(), superuser()
    assert permissions.roles_of(user) == frozenset()
    assert permissions.allowed_actions(user, complaint) == []
    assert not permissions.may_reveal(user, complaint)
    assert permissions.may_see(user, complaint)


def test_a_visitor_is_nobody(office):
    complaint, visitor = office.complaint(), AnonymousUser()
    assert permissions.roles_of(visitor) == frozenset()
    assert permissions.agency_ids_of(visitor) == frozenset()
    assert permissions.allowed_actions(visitor, complaint) == []
    assert not permissions.may_see(visitor, complaint)


def test_no_account_acts_in_the_reporters_place_and_no_reporter_in_theirs(office):
    complaint = office.complaint()
    for user in (office.operator, office.admin, superuser(), AnonymousUser()):
        assert not permissions.may(user, Action.RETRACT, complaint)
    mine = permissions.allowed_actions(None, complaint)
    assert set(mine) == {Action.INFORM, Action.REPLY, Action.RETRACT}


def test_a_permission_of_the_same_name_elsewhere_gives_no_role(city):
    """Another app's permission may be called as ours is."""
    kind = ContentType.objects.create(app_label="lain", model="lain")
    twin = Permission.objects.create(
        codename=permissions.ROLE_PERMISSION[Role.COORDINATOR], name="x", content_type=kind
    )
    user = staff(Role.EDITOR)
    user.groups.first().permissions.add(twin)
    assert permissions.roles_of(user) == {Role.EDITOR}
    assert user not in permissions.holders_of(Role.COORDINATOR)


def test_a_role_is_held_through_a_group_and_not_by_a_permission_of_ones_own(city):
    """Groups are what the administrator sees and what a change of office takes away."""
    user = UserFactory()
    kind = ContentType.objects.get_for_model(StepRecord)
    codename = permissions.ROLE_PERMISSION[Role.ADMIN]
    user.user_permissions.add(Permission.objects.get(codename=codename, content_type=kind))
    assert permissions.roles_of(user) == frozenset()
    assert user not in permissions.holders_of(Role.ADMIN)


@pytest.mark.parametrize("role", list(Role))
def test_holders_of_a_role_are_the_active_people_with_that_role(office, role):
    holder = office.person(role)
    UserFactory(role=role, agency=office.agency, is_active=False)
    others = [office.person(other) for other in Role if other != role]
    assert set(permissions.holders_of(role)) == {holder}
    assert all(permissions.roles_of(other) != {role} for other in others)
