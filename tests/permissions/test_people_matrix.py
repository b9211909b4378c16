"""Who keeps the accounts of staff: every person at every address of these screens."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import ModelLogEntry

from pengaduan_app.models import Complaint, OutboxMessage
from pengaduan_app.people.viewset import people_viewset
from pengaduan_app.procedure.sop import AGENCY_ROLES, Role, State
from pengaduan_app.setup import ROLE_GROUPS
from tests.support.admin_addresses import routes
from tests.support.cheaper import bare_admin
from tests.support.crowd import (
    FOREIGN,
    colleagues,
    foreigners,
    person,
    standing_city,
    superuser,
    undone,
)
from tests.support.factories import UserFactory, staff
from tests.support.process import Office

KEEPERS = ("admin", "superuser")
CALLED = "called "
WHO = [
    *(role.value for role in Role),
    *(f"{FOREIGN}{role.value}" for role in Role if role in AGENCY_ROLES),
    *(f"{CALLED}{role.value}" for role in Role if role in AGENCY_ROLES),
    "colleague without a role",
    "superuser",
]
READ = ("index", "index_results", "add", "edit", "move", "deactivate")
# The name of each address that writes, and what a browser sends there.
WRITING = ("add", "edit", "move", "deactivate", "activate", "invite")


class Scene:
    """An agency with its people, another that it calls, and accounts in every condition."""

    def __init__(self):
        self.office, other = Office(), Office()
        complaint = self.office.complaint(to=State.COORDINATION)
        called = complaint.coordination.get()
        self.working = staff(Role.OFFICIAL, self.office.agency)
        self.left = UserFactory(role=Role.HEAD, agency=self.office.agency, is_active=False)
        self.invited = UserFactory(role=Role.OPERATOR, agency=self.office.agency)
        self.invited.set_unusable_password()
        self.invited.save()
        people = [*colleagues(self.office), *foreigners(other)]
        people += [
            person(f"{CALLED}{role.value}", staff(role, called))
            for role in Role
            if role in AGENCY_ROLES
        ]
        access = UserFactory(agency=self.office.agency)
        people += [person("colleague without a role", access), person("superuser", superuser())]
        self.people = {someone.who: someone for someone in people}

    def about(self, name: str):
        """The account that an address is about; only where its deed is possible."""
        return {"activate": self.left, "invite": self.invited}.get(name, self.working)

    def address(self, name: str) -> str:
        args = [] if name in ("index", "index_results", "add") else [self.about(name).pk]
        return reverse(f"pengaduan_people:{name}", args=args)

    def data(self, name: str) -> dict:
        """Filled in rightly, with fields beside that the form never offered."""
        return {
            "name": "Bunga Contohwati",
            "email": "bunga.contohwati@kota.example",
            "agency": self.office.agency.pk,
            "role": Role.HEAD.value,
            "is_superuser": "on",
            "is_staff": "on",
            "is_active": "on",
            "password": "rahasia-buatan-sendiri",
            "password1": "rahasia-buatan-sendiri",
            "groups": [group.pk for group in Group.objects.all()],
            "user_permissions": ["1", "2"],
            "username": "penyusup",
        }


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    with bare_admin(), standing_city(django_db_blocker):
        yield Scene()


def accounts() -> dict:
    """All that these screens could change."""
    User = get_user_model()
    return {
        "accounts": list(User.objects.order_by("pk").values()),
        "seats": sorted(User.groups.through.objects.values_list("user", "group")),
        "in charge": list(Complaint.objects.order_by("pk").values_list("pk", "official")),
        "letters": OutboxMessage.objects.count(),
        "log": ModelLogEntry.objects.count(),
    }


@pytest.mark.parametrize("who", WHO)
def test_only_the_administrator_and_superusers_read_these_screens(db, scene, who):
    browser = scene.people[who].browser
    codes = {name: browser.get(scene.address(name)).status_code for name in READ}
    assert codes == dict.fromkeys(READ, 200 if who in KEEPERS else 302)


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("name", WRITING)
def test_only_they_change_an_account(db, scene, who, name):
    before = accounts()
    with undone():
        answer = scene.people[who].browser.post(scene.address(name), scene.data(name))
        after = accounts()
    assert answer.status_code == 302
    assert (after != before) is (who in KEEPERS)
    if who not in KEEPERS:
        assert answer.url in ("/admin/", f"/admin/login/?next={scene.address(name)}")


@pytest.mark.parametrize("who", KEEPERS)
@pytest.mark.parametrize("name", WRITING)
def test_fields_that_a_form_never_offered_are_not_read(db, scene, who, name):
    with undone():
        scene.people[who].browser.post(scene.address(name), scene.data(name))
        User = get_user_model()
        mighty = set(User.objects.filter(is_superuser=True).values_list("pk", flat=True))
        assert mighty == {scene.people["superuser"].user.pk}
        assert not User.objects.filter(is_staff=True, is_superuser=False).exists()
        assert not User.objects.filter(username="penyusup").exists()
        assert not User.user_permissions.through.objects.exists()
        new = User.objects.filter(email="bunga.contohwati@kota.example").first() or scene.working
        held = set(new.groups.values_list("name", flat=True))
        assert not held & {ROLE_GROUPS[Role.ADMIN], ROLE_GROUPS[Role.EDITOR]}
        assert not new.check_password("rahasia-buatan-sendiri")


@pytest.mark.parametrize("name", ["edit", "move", "deactivate", "activate", "invite"])
@pytest.mark.parametrize("who", KEEPERS)
def test_a_superusers_account_does_not_exist_here(db, scene, who, name):
    address = reverse(f"pengaduan_people:{name}", args=[scene.people["superuser"].user.pk])
    before = accounts()
    browser = scene.people[who].browser
    assert browser.post(address, scene.data(name)).status_code == 404
    assert browser.get(address).status_code in (404, 405)
    assert accounts() == before


@pytest.mark.parametrize("name", ["activate", "invite"])
def test_a_link_alone_presses_no_button(db, scene, name):
    assert scene.people["admin"].browser.get(scene.address(name)).status_code == 405


@pytest.mark.parametrize("name", [*READ, *WRITING])
def test_who_is_not_logged_in_is_sent_to_the_log_in(db, scene, name):
    stranger, before = person("nobody").browser, accounts()
    for answer in (stranger.get(scene.address(name)), stranger.post(scene.address(name))):
        assert answer.status_code == 302 and answer.url.startswith("/admin/login/")
    assert accounts() == before


def test_wagtails_own_screens_of_accounts_and_groups_stay_closed(db, scene):
    """The second doors: whoever keeps the staff here gets nothing more there."""
    browser, before = scene.people["admin"].browser, accounts()
    data = scene.data("edit") | {"first_name": "X", "last_name": "Y"}
    tried = [
        reverse("wagtailusers_users:index"),
        reverse("wagtailusers_users:add"),
        reverse("wagtailusers_users:edit", args=[scene.working.pk]),
        reverse("wagtailusers_users:delete", args=[scene.working.pk]),
        reverse("wagtailusers_groups:index"),
        reverse("wagtailusers_groups:add"),
        reverse("wagtailusers_groups:edit", args=[scene.office.agency.group_id]),
    ]
    for action in ("assign_role", "delete", "set_active_state"):
        bulk = reverse("wagtail_bulk_action", args=["auth", "user", action])
        tried.append(f"{bulk}?id={scene.working.pk}&next=/admin/")
    for address in tried:
        browser.get(address)
        browser.post(address, data | {"role": 1, "mark_as_active": "", "confirm": "yes"})
    assert accounts() == before


def test_this_test_knows_every_address_of_the_screens():
    names = {pattern.name for pattern in people_viewset.get_urlpatterns()}
    assert names == {*READ, *WRITING}
    assert sum(route.startswith("people/") for route in routes()) == len(names)
