"""Never more rights than one's own: what an administrator can't give, take or get at."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.utils import timezone

from pengaduan_app import actions, permissions
from pengaduan_app.people import accounts
from pengaduan_app.procedure.sop import Role
from pengaduan_app.setup import ROLE_GROUPS
from tests.people.test_accounts import add, again, log_of, seats
from tests.support.crowd import superuser
from tests.support.factories import AgencyFactory, UserFactory, staff

User = get_user_model()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMIN])
def test_no_other_role_keeps_accounts(office, role):
    keeper, person = office.person(role), staff(Role.HEAD, office.agency)
    tried = (
        lambda: accounts.add(keeper, "X Y", "x@kota.example", seats(Role.EDITOR)),
        lambda: accounts.rename(keeper, person.pk, "X Y", "x@kota.example"),
        lambda: accounts.move(keeper, person.pk, seats(Role.EDITOR)),
        lambda: accounts.deactivate(keeper, person.pk),
        lambda: accounts.invite_again(keeper, person.pk),
        lambda: actions.hand_on(person, office.agency.pk, keeper),
    )
    for act in tried:
        with pytest.raises(actions.NotYours):
            act()
    assert again(person).get_full_name() == person.get_full_name()
    assert log_of(person) == []


def test_an_administrator_who_was_deactivated_keeps_nobody(office):
    keeper = UserFactory(role=Role.ADMIN, is_active=False)
    with pytest.raises(actions.NotYours):
        accounts.add(keeper, "X Y", "x@kota.example", seats(Role.EDITOR))


def test_a_superusers_account_is_out_of_reach(office):
    mighty = superuser()
    mighty.groups.add(office.agency.group)
    for act in (accounts.deactivate, accounts.activate, accounts.invite_again):
        with pytest.raises(User.DoesNotExist):
            act(office.admin, mighty.pk)
    with pytest.raises(User.DoesNotExist):
        accounts.rename(office.admin, mighty.pk, "X", "x@kota.example")


def mighty_group(name: str) -> Group:
    group = Group.objects.get(name=name)
    group.permissions.add(Permission.objects.get(codename="change_user"))
    return group


@pytest.mark.parametrize("where", ["role", "agency"])
def test_a_group_with_rights_over_accounts_is_not_given(office, where):
    """Somebody ticked "can change user" there: it would lead to every other right."""
    name = ROLE_GROUPS[Role.OPERATOR] if where == "role" else office.agency.group.name
    mighty_group(name)
    with pytest.raises(actions.NotYours, match="superuser"):
        add(office, Role.OPERATOR)
    person = accounts.add(
        superuser(), "X Y", "x@kota.example", seats(Role.OPERATOR, agencies=[office.agency])
    )
    assert permissions.roles_of(again(person)) == {Role.OPERATOR}
    # Who has it keeps it when something else is changed.
    accounts.move(office.admin, person.pk, permissions.seats_of(again(person)))


def test_but_what_one_has_oneself_is_given(office):
    mighty_group(ROLE_GROUPS[Role.ADMIN])
    assert add(office, Role.ADMIN, agencies=[]).pk


KINDS = ("another group", "a permission of their own", "is_staff", "rights over accounts")


@pytest.mark.parametrize("kind", KINDS)
def test_no_way_into_an_account_with_other_rights(office, kind):
    """By its address somebody could have a new password sent, and act with those rights."""
    person = staff(Role.EDITOR)
    if kind == "another group":
        person.groups.add(Group.objects.create(name="Pengelola situs"))
    elif kind == "rights over accounts":
        mighty_group(ROLE_GROUPS[Role.EDITOR])
    elif kind == "is_staff":
        User.objects.filter(pk=person.pk).update(is_staff=True)
    else:
        person.user_permissions.add(Permission.objects.get(codename="add_site"))
    name = person.get_full_name()
    with pytest.raises(actions.NotYours, match="superuser"):
        accounts.rename(office.admin, person.pk, name, "milik-saya@kota.example")
    accounts.deactivate(office.admin, person.pk)
    with pytest.raises(actions.NotYours, match="superuser"):
        accounts.activate(office.admin, person.pk)
    accounts.activate(superuser(), person.pk)
    assert again(person).email == person.email


def test_groups_of_another_kind_stay_as_they_are(office):
    person = staff(Role.OPERATOR, office.agency)
    own = Group.objects.create(name="Operator cadangan")
    own.permissions.add(Permission.objects.get(codename="act_as_operator"))
    person.groups.add(own)
    other = AgencyFactory()
    accounts.move(office.admin, person.pk, seats(Role.HEAD, agencies=[other]))
    names = set(again(person).groups.values_list("name", flat=True))
    assert names == {own.name, ROLE_GROUPS[Role.HEAD], other.group.name}


def test_a_role_that_no_group_gives_alone_is_said_and_not_left_out(office):
    Group.objects.get(name=ROLE_GROUPS[Role.HEAD]).permissions.add(
        Permission.objects.get(codename="act_as_official")
    )
    with pytest.raises(actions.NotNow, match="pengaduan_setup"):
        add(office, Role.HEAD)


def test_a_role_is_given_by_the_group_that_gives_it_alone(office):
    both = Group.objects.create(name="Semua peran")
    both.permissions.add(*Permission.objects.filter(codename__startswith="act_as_"))
    spare = Group.objects.create(name="Redaktur cadangan")
    spare.permissions.add(Permission.objects.get(codename="act_as_editor"))
    person = add(office, Role.EDITOR, agencies=[])
    assert [group.name for group in person.groups.all()] == [ROLE_GROUPS[Role.EDITOR]]


def test_nobody_is_let_into_an_account_that_somebody_uses(office):
    """Another address and “Forgotten password?”, or an invitation, would open it."""
    person = staff(Role.HEAD, office.agency)
    name, before = person.get_full_name(), person.email
    with pytest.raises(actions.NotYours, match="superuser"):
        accounts.rename(office.admin, person.pk, name, "lain@kota.example")
    # Somebody who comes by single sign-on alone.
    person.set_unusable_password()
    person.last_login = timezone.now()
    person.save()
    with pytest.raises(actions.NotYours, match="superuser"):
        accounts.rename(office.admin, person.pk, name, "lain@kota.example")
    with pytest.raises(actions.NotYours, match="superuser"):
        accounts.invite_again(office.admin, person.pk)
    assert again(person).email == before
    accounts.rename(superuser(), person.pk, name, "lain@kota.example")
    assert again(person).email == "lain@kota.example"
