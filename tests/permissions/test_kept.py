"""Whoever acted is deactivated and not deleted, and role groups stay: on every way there is."""

from __future__ import annotations

import uuid

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse

from pengaduan_app import actions, permissions
from pengaduan_app.models import ComplaintIndexPage, OutboxMessage
from pengaduan_app.operations import foundations, kept
from pengaduan_app.procedure.sop import Role, State
from pengaduan_app.setup import ROLE_GROUPS, ensure_procedure
from tests.support.crowd import superuser
from tests.support.factories import UserFactory, staff

User = get_user_model()
OFFER = "“Aktif”"


@pytest.fixture
def admin(office, client):
    client.force_login(superuser())
    return client


def told(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def acted_in_the_ledger(office):
    office.complaint(to=State.VERIFIED)
    return office.operator


def acted_by_reminding(office):
    actions.remind(office.complaint().pk, office.coordinator)
    return office.coordinator


def acted_by_asking(office):
    actions.ask(office.complaint(to=State.STUDY).pk, office.official, "Di mana?")
    return office.official


def acted_by_opening_the_vault(office):
    actions.reveal(office.complaint(), office.coordinator, "Menelepon pelapor.")
    return office.coordinator


def acted_by_being_in_charge(office):
    office.complaint(to=State.STUDY)
    return office.official


DEEDS = pytest.mark.parametrize(
    "deed",
    [
        acted_in_the_ledger,
        acted_by_reminding,
        acted_by_asking,
        acted_by_opening_the_vault,
        acted_by_being_in_charge,
    ],
)


@DEEDS
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_acted_is_not_deleted_but_may_be_deactivated(office, admin, deed, method):
    person = deed(office)
    address = reverse("wagtailusers_users:delete", args=[person.pk])
    response = getattr(admin, method)(address, follow=True, headers={"referer": address})
    assert response.redirect_chain[-1][0] == reverse("wagtailusers_users:edit", args=[person.pk])
    assert OFFER in told(response) and person.username in told(response)
    assert User.objects.filter(pk=person.pk, is_active=True).exists()


def bulk(people) -> str:
    address = reverse("wagtail_bulk_action", args=["auth", "user", "delete"])
    return address + "?" + "&".join(f"id={person.pk}" for person in people)


@DEEDS
def test_nor_among_several_at_once(office, admin, deed):
    person, bystander = deed(office), UserFactory()
    response = admin.post(bulk([bystander, person]), follow=True)
    assert response.status_code == 200
    assert OFFER in told(response) and bystander.username not in told(response)
    assert User.objects.filter(pk__in=[person.pk, bystander.pk]).count() == 2


@DEEDS
def test_nor_by_a_script(office, deed):
    person = deed(office)
    with pytest.raises((ProtectedError, kept.Kept)), transaction.atomic():
        person.delete()
    with pytest.raises((ProtectedError, kept.Kept)), transaction.atomic():
        User.objects.filter(pk=person.pk).delete()


def test_who_never_acted_is_deleted(office, admin):
    people = [UserFactory() for _number in range(3)]
    admin.post(reverse("wagtailusers_users:delete", args=[people[0].pk]))
    admin.post(bulk(people[1:]))
    assert not User.objects.filter(pk__in=[person.pk for person in people]).exists()


def test_a_row_that_the_database_keeps_is_a_sentence_too(office, admin, monkeypatch):
    """A second door: a view that doesn't ask our hooks."""
    monkeypatch.setattr(kept, "who_acted", lambda people: [])
    person = acted_in_the_ledger(office)
    address = reverse("wagtailusers_users:delete", args=[person.pk])
    response = admin.post(address, follow=True, headers={"referer": address})
    assert OFFER in told(response)


def test_an_agency_that_rows_name_is_no_account_to_deactivate(office):
    """Its steps name people too, or nobody yet."""
    for state in (State.RECEIVED, State.PUBLISHED):
        office.complaint(to=state)
        with pytest.raises(ProtectedError) as refused:
            office.agency.delete()
        sentence = kept.refusal_of(refused.value)
        assert OFFER not in sentence and "catatan langkah" in sentence


# Groups.


@pytest.mark.parametrize("role", list(Role))
def test_a_roles_group_is_not_deleted(office, admin, role):
    office.person(role)
    group = Group.objects.get(name=ROLE_GROUPS[role])
    address = reverse("wagtailusers_groups:delete", args=[group.pk])
    response = admin.post(address, follow=True, headers={"referer": address})
    assert response.status_code == 200 and group.name in told(response)
    assert Group.objects.filter(pk=group.pk).exists()
    assert permissions.acts_as(office.person(role), role, office.agency.pk)


def test_an_agencys_group_is_not_deleted(office, admin):
    group = office.agency.group
    address = reverse("wagtailusers_groups:delete", args=[group.pk])
    response = admin.post(address, follow=True, headers={"referer": address})
    assert response.status_code == 200 and told(response)
    assert Group.objects.filter(pk=group.pk).exists()


def test_a_second_group_of_a_role_goes_once_it_is_empty(office, admin):
    group = Group.objects.create(name="Operator cadangan")
    group.permissions.add(Permission.objects.get(codename="act_as_operator"))
    user = UserFactory()
    user.groups.add(group)
    with pytest.raises(kept.Kept), transaction.atomic():
        group.delete()
    user.groups.clear()
    group.delete()
    assert not Group.objects.filter(name="Operator cadangan").exists()


@pytest.mark.parametrize("way", ["set", "remove", "clear"])
@pytest.mark.parametrize("role", list(Role))
def test_a_role_keeps_its_last_group(office, role, way):
    group = Group.objects.get(name=ROLE_GROUPS[role])
    mine = Permission.objects.get(codename=permissions.ROLE_PERMISSION[role])
    with pytest.raises(kept.Kept), transaction.atomic():
        if way == "set":
            group.permissions.set([])
        elif way == "remove":
            group.permissions.remove(mine)
        else:
            group.permissions.clear()
    assert mine in group.permissions.all()


def test_the_groups_form_says_so(office, admin):
    """The ticks are taken away in Wagtail's own form; its page permissions go along."""
    group = Group.objects.get(name=ROLE_GROUPS[Role.EDITOR])
    address = reverse("wagtailusers_groups:edit", args=[group.pk])
    forms = ("page_permissions", "collection_permissions", "document_permissions")
    forms += ("image_permissions", "collection_management_permissions")
    data = {"name": group.name}
    for prefix in forms:
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    response = admin.post(address, data, follow=True, headers={"referer": address})
    assert response.status_code == 200
    assert group.name in told(response)
    assert permissions.ROLE_PERMISSION[Role.EDITOR] in set(
        group.permissions.values_list("codename", flat=True)
    )
    assert group.page_permissions.exists()


def test_page_permissions_that_the_steps_need_stay(office):
    editors = Group.objects.get(name=ROLE_GROUPS[Role.EDITOR])
    for group in (office.agency.group, editors):
        with pytest.raises(kept.Kept), transaction.atomic():
            group.page_permissions.all().delete()
        assert group.page_permissions.exists()


def test_setting_up_again_needs_no_refused_step(office):
    ensure_procedure(ComplaintIndexPage.objects.get())
    assert foundations.missing() == []


# Whoever leaves holds up nothing.


@pytest.mark.parametrize("how", ["deactivated", "moved", "role lost"])
def test_who_leaves_holds_up_nothing(office, other_office, how):
    colleague = staff(Role.OFFICIAL, office.agency)
    complaint = office.complaint(to=State.STUDY)
    official = office.official
    if how == "deactivated":
        official.is_active = False
        official.save()
    elif how == "moved":
        official.groups.remove(office.agency.group)
        official.groups.add(other_office.agency.group)
    else:
        official.groups.remove(Group.objects.get(name=ROLE_GROUPS[Role.OFFICIAL]))
    OutboxMessage.objects.all().delete()
    actions.inform(complaint.pk, uuid.uuid4(), "Lampunya di tiang 12.")
    assert [row.recipient for row in OutboxMessage.objects.all()] == [colleague]
    office.__dict__["official"] = colleague
    office.advance(complaint, State.PUBLISHED)
