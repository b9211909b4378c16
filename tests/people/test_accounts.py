"""What the complaint administrator may do with accounts, whatever screen or script asks."""

from __future__ import annotations

import pytest
from django.contrib.auth import authenticate, get_user_model
from wagtail.models import ModelLogEntry

from pengaduan_app import actions, permissions
from pengaduan_app.people import accounts, words
from pengaduan_app.permissions import Seats
from pengaduan_app.procedure.sop import CITY_ROLES, Role, State
from tests.support.crowd import superuser
from tests.support.factories import PASSWORD, UserFactory, staff

User = get_user_model()
STOCK = (State.STUDY,)


def seats(*roles: Role, agencies=()) -> Seats:
    return Seats(frozenset(roles), frozenset(agency.pk for agency in agencies))


def add(office, *roles: Role, email="bunga@kota.example", agencies=None):
    sits = [office.agency] if agencies is None else agencies
    return accounts.add(office.admin, "Bunga Contohwati", email, seats(*roles, agencies=sits))


def again(person):
    """As the next request loads them."""
    return User.objects.get(pk=person.pk)


def log_of(person) -> list[str]:
    entries = ModelLogEntry.objects.for_instance(person).order_by("timestamp", "pk")
    return list(entries.values_list("action", flat=True))


# A new account.


@pytest.mark.parametrize("role", list(Role))
def test_a_new_person_has_the_role_and_nothing_more(office, role):
    in_city = role in CITY_ROLES
    person = again(add(office, role, agencies=[] if in_city else None))
    assert permissions.roles_of(person) == {role}
    assert permissions.agency_ids_of(person) == (set() if in_city else {office.agency.pk})
    assert not (person.is_superuser or person.is_staff or person.user_permissions.exists())
    assert person.groups.count() == (1 if in_city else 2)


def test_nobody_logs_in_without_a_password(office):
    person = add(office, Role.OPERATOR)
    assert not person.has_usable_password()
    for tried in ("", "!", person.password, person.email):
        assert authenticate(username=person.username, password=tried) is None


def test_a_single_name_is_a_whole_name(office):
    person = accounts.add(office.admin, "Suharto", "s@kota.example", seats(Role.EDITOR))
    assert (person.first_name, person.get_full_name()) == ("Suharto", "Suharto")


def test_the_address_is_kept_in_small_letters_and_is_the_log_in(office):
    person = add(office, Role.OPERATOR, email="Bunga.C@Kota.Example")
    assert person.email == person.username == "bunga.c@kota.example"


@pytest.mark.parametrize("known", ["bunga@kota.example", "BUNGA@kota.example"])
@pytest.mark.parametrize("active", [True, False])
def test_an_address_belongs_to_one_account(office, known, active):
    UserFactory(email=known, is_active=active)
    with pytest.raises(accounts.AddressTaken):
        add(office, Role.OPERATOR)


def test_nor_is_a_log_in_name_taken_from_somebody(office):
    UserFactory(username="bunga@kota.example", email="lain@kota.example")
    with pytest.raises(accounts.AddressTaken):
        add(office, Role.OPERATOR)


@pytest.mark.parametrize(
    ("roles", "in_agency"),
    [
        ((), True),
        ((Role.OPERATOR,), False),
        ((Role.OPERATOR, Role.EDITOR), False),
        ((Role.COORDINATOR,), True),
    ],
)
def test_role_and_agency_belong_together(office, roles, in_agency):
    before = User.objects.count()
    with pytest.raises(actions.NotNow):
        add(office, *roles, agencies=[office.agency] if in_agency else [])
    assert User.objects.count() == before


# Oneself, and the last administrator.


def test_nobody_moves_deactivates_or_readdresses_themself(office):
    me, spare = office.admin, staff(Role.ADMIN)
    assert spare.is_active
    for act in (
        lambda: accounts.move(me, me.pk, seats(Role.EDITOR)),
        lambda: accounts.deactivate(me, me.pk),
        lambda: accounts.rename(me, me.pk, me.get_full_name(), "lain@kota.example"),
    ):
        with pytest.raises(actions.NotYours, match="Akun ini milik Anda"):
            act()
    accounts.rename(me, me.pk, "Nama Baru", me.email)
    assert again(me).get_full_name() == "Nama Baru"


def test_an_administrator_who_has_just_been_deactivated_keeps_nobody(office):
    """Their request began while they still had the role."""
    early = staff(Role.ADMIN)
    assert permissions.may_keep_people(early)
    person = staff(Role.HEAD, office.agency)
    accounts.deactivate(office.admin, early.pk)
    with pytest.raises(actions.NotYours):
        accounts.deactivate(early, person.pk)
    assert again(person).is_active


@pytest.mark.parametrize("way", ["moved", "deactivated"])
def test_the_last_administrator_stays(office, way):
    only, user = office.admin, superuser()

    def leave():
        if way == "moved":
            accounts.move(user, only.pk, seats(Role.EDITOR))
        else:
            accounts.deactivate(user, only.pk)

    UserFactory(role=Role.ADMIN, is_active=False)
    # Invited, and perhaps never coming.
    accounts.add(user, "Calon Admin", "calon@kota.example", seats(Role.ADMIN))
    with pytest.raises(actions.NotNow, match="terakhir"):
        leave()
    staff(Role.ADMIN)
    leave()
    assert Role.ADMIN not in permissions.roles_of(again(only))


# Changes.


def test_the_log_in_follows_the_address_that_it_was(office):
    person = add(office, Role.OPERATOR)
    accounts.rename(office.admin, person.pk, "Bunga Contohwati", "bunga.baru@kota.example")
    assert again(person).username == "bunga.baru@kota.example"
    old = staff(Role.HEAD, office.agency)
    accounts.rename(superuser(), old.pk, old.get_full_name(), "kepala@kota.example")
    assert again(old).username == old.username


def test_an_address_is_not_changed_to_somebody_elses(office):
    person, other = staff(Role.HEAD, office.agency), staff(Role.EDITOR)
    with pytest.raises(accounts.AddressTaken):
        accounts.rename(superuser(), person.pk, "X Y", other.email.upper())
    assert again(person).get_full_name() == person.get_full_name()


def test_a_move_changes_what_the_person_sees_at_once(office, other_office):
    complaint = office.complaint()
    person = staff(Role.OPERATOR, office.agency)
    accounts.move(office.admin, person.pk, seats(Role.HEAD, agencies=[other_office.agency]))
    person = again(person)
    assert not permissions.may_see(person, complaint)
    assert permissions.seats_of(person) == seats(Role.HEAD, agencies=[other_office.agency])


def test_several_roles_and_agencies_are_kept_side_by_side(office, other_office):
    both = [office.agency, other_office.agency]
    person = add(office, Role.OPERATOR, Role.OFFICIAL, agencies=both)
    assert permissions.seats_of(again(person)) == seats(Role.OPERATOR, Role.OFFICIAL, agencies=both)


def test_an_open_session_ends_with_the_deactivation(office, client):
    person = staff(Role.OPERATOR, office.agency)
    client.login(username=person.username, password=PASSWORD)
    assert client.get("/admin/").status_code == 200
    accounts.deactivate(office.admin, person.pk)
    assert client.get("/admin/").url.startswith("/admin/login/")
    assert not client.login(username=person.username, password=PASSWORD)


def test_whoever_is_activated_again_has_the_seats_they_had(office):
    person = staff(Role.OPERATOR, office.agency)
    accounts.deactivate(office.admin, person.pk)
    with pytest.raises(actions.NotNow):
        accounts.deactivate(office.admin, person.pk)
    with pytest.raises(actions.NotNow):
        accounts.move(office.admin, person.pk, seats(Role.EDITOR))
    accounts.activate(office.admin, person.pk)
    with pytest.raises(actions.NotNow):
        accounts.activate(office.admin, person.pk)
    assert permissions.seats_of(again(person)) == seats(Role.OPERATOR, agencies=[office.agency])
    assert authenticate(username=person.username, password=PASSWORD) == person


def test_the_log_says_who_did_what(office):
    person = add(office, Role.OPERATOR)
    accounts.rename(office.admin, person.pk, "Bunga Baru", "baru@kota.example")
    accounts.move(office.admin, person.pk, seats(Role.EDITOR))
    accounts.deactivate(office.admin, person.pk)
    accounts.activate(office.admin, person.pk)
    entries = ModelLogEntry.objects.for_instance(person)
    other = {words.LOGGED[accounts.Deed.INVITE], words.LEFT, words.RETURNED}
    assert set(log_of(person)) == set(words.LOG) - other
    assert {entry.user for entry in entries} == {office.admin}
    assert all(entry.message for entry in entries)
    assert "kota.example" not in str([entry.data for entry in entries])
