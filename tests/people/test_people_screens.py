"""The administrator's screens of staff: the list, its filters, the forms and what they say."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pengaduan_app import permissions
from pengaduan_app.models import Agency
from pengaduan_app.people.accounts import PAUSE
from pengaduan_app.procedure.sop import AGENCY_ROLES, Role, State
from tests.support.factories import UserFactory, staff

User = get_user_model()
LIST = "/admin/people/"
# A page of the list, with the admin's own queries around it.
QUERIES = 30


@pytest.fixture
def admin(office, client):
    client.force_login(office.admin)
    return client


def address(name: str, person=None) -> str:
    return reverse(f"pengaduan_people:{name}", args=[person.pk] if person else [])


def listed(client, **asked) -> set:
    response = client.get(LIST, asked)
    assert response.status_code == 200
    return {person.pk for person in response.context["object_list"]}


def told(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def new_person(office, **changes) -> dict:
    data = {
        "name": "Bunga Contohwati",
        "email": "bunga@kota.example",
        "agency": office.agency.pk,
        "role": Role.OPERATOR.value,
    }
    return data | changes


def in_no_role() -> None:
    """People as many as a page of the list shows."""
    for number in range(60):
        UserFactory(first_name=f"Orang {number:02}")


# The list.


def test_the_list_has_everybody_but_superusers(office, admin):
    people = [office.person(role) for role in Role]
    mighty = UserFactory(is_superuser=True)
    found = listed(admin)
    assert {person.pk for person in people} <= found and mighty.pk not in found


@pytest.mark.parametrize("role", list(Role))
def test_it_is_narrowed_by_role(office, other_office, admin, role):
    found = listed(admin, role=role.value)
    for place in (office, other_office):
        for other in Role:
            person = place.person(other)
            assert (person.pk in listed(admin, role=role.value)) is (other == role)
    assert len(found) <= 1


def test_it_is_narrowed_by_agency_and_role_together(office, other_office, admin):
    mine = {office.person(role).pk for role in AGENCY_ROLES}
    assert other_office.operator.pk
    assert listed(admin, agency=office.agency.pk) == mine
    assert listed(admin, agency=office.agency.pk, role="operator") == {office.operator.pk}


def test_it_is_narrowed_by_what_became_of_the_account(office, admin):
    left = UserFactory(is_active=False)
    seen = UserFactory(last_login=timezone.now())
    never = UserFactory()
    invited = UserFactory()
    invited.set_unusable_password()
    invited.save()
    people = {"inactive": left, "active": seen, "never": never, "invited": invited}
    for state, person in people.items():
        found = listed(admin, state=state)
        assert {other.pk for other in people.values()} & found == {person.pk}


@pytest.mark.parametrize("word", ["Kencana", "mekar", "Mekar K", "@lain.example", "puspita.k"])
def test_it_is_searched_by_name_and_address(office, admin, word):
    person = UserFactory(
        first_name="Puspita Mekar",
        last_name="Kencana",
        email="pk@lain.example",
        username="puspita.kencana",
    )
    assert listed(admin, q=word) == {person.pk}


@pytest.mark.parametrize("odd", ["\x00", "%", "x" * 5000, "' OR 1=1"])
def test_odd_questions_are_no_errors(office, admin, odd):
    asked = {"q": odd, "agency": odd[:50], "role": odd[:50], "state": odd[:50], "p": odd[:50]}
    assert admin.get(LIST, asked).status_code in (200, 404)
    assert admin.get(LIST, {"q": odd, "ordering": odd[:50]}).status_code == 200
    assert admin.get(LIST, {"q": odd, "export": "xlsx"}).status_code == 200


def test_a_longer_list_takes_no_more_queries(office, admin):
    admin.get(LIST)
    with CaptureQueriesContext(
        connection,
    ) as few:
        admin.get(LIST)
    in_no_role()
    for _number in range(10):
        staff(Role.OPERATOR, office.agency)
    with CaptureQueriesContext(connection) as many:
        response = admin.get(LIST)
    assert len(response.context["object_list"]) == 50
    # A second page to count, and no more.
    assert len(many) <= len(few) + 2 <= QUERIES


def test_a_row_says_roles_agencies_and_other_groups(office, admin):
    person = staff(Role.OPERATOR, office.agency)
    person.groups.add(Group.objects.create(name="Pengelola situs"))
    page = admin.get(LIST, {"q": person.username}).content.decode()
    assert f"Operator, Pengelola situs · {office.agency.short_name}" in page
    assert "Belum pernah masuk" in page


def test_the_menu_has_it_for_the_administrator_alone(office, client):
    for role in Role:
        client.force_login(office.person(role))
        menu = client.get("/admin/").content.decode()
        assert ("/admin/people/" in menu) is (role == Role.ADMIN)


# Adding.


def test_somebody_is_added_and_invited(office, admin):
    response = admin.post(address("add"), new_person(office), follow=True)
    assert "bunga@kota.example" in told(response)
    person = User.objects.get(email="bunga@kota.example")
    assert permissions.acts_as(person, Role.OPERATOR, office.agency.pk)
    page = admin.get(address("edit", person)).content.decode()
    assert "Diundang, belum pernah masuk" in page and "Kirim ulang undangan" in page


@pytest.mark.parametrize(
    ("wrong", "said", "status"),
    [
        ({"agency": ""}, "Pilih perangkat daerahnya", 409),
        ({"role": "editor"}, "Kosongkan perangkat daerah", 409),
        ({"role": ""}, "wajib", 400),
        ({"role": "superuser"}, "bukan salah satu", 400),
        ({"name": "\u200b"}, "wajib", 400),
        ({"email": "bukan alamat"}, "nama@contoh.go.id", 400),
        ({"email": "x@a..example"}, "nama@contoh.go.id", 400),
        ({"email": "operator@sudah.example"}, "sudah dipakai", 409),
        ({"agency": 9999999}, "", 400),
    ],
    ids=str,
)
def test_what_is_wrong_is_said_beside_what_was_typed(office, admin, wrong, said, status):
    UserFactory(email="Operator@sudah.example")
    before = User.objects.count()
    response = admin.post(address("add"), new_person(office, **wrong))
    assert response.status_code == status and said in response.content.decode()
    assert "Contohwati" in response.content.decode() or "name" in wrong
    assert User.objects.count() == before


def test_a_link_chooses_agency_and_role(office, admin):
    response = admin.get(f"{address('add')}?agency={office.agency.pk}&role=operator")
    form = response.context["form"]
    assert (form["agency"].value(), form["role"].value()) == (office.agency.pk, "operator")
    assert admin.get(f"{address('add')}?agency=x&role=y").status_code == 200


def test_saving_an_agency_without_an_operator_leads_there(office, admin):
    data = {
        "name": "Dinas Rekaan Baru",
        "short_name": "Disreka",
        "slug": "",
        "remit": "Urusan rekaan.",
        "active": "on",
    }
    url = "/admin/snippets/pengaduan_app/agency/add/"
    response = admin.post(url, data, follow=True)
    agency = Agency.objects.get(slug="dinas-rekaan-baru")
    assert f"/admin/people/add/?role=operator&amp;agency={agency.pk}" in response.content.decode()


# Changing.


def test_name_and_address_are_changed_before_the_account_is_used(office, admin):
    person = UserFactory(role=Role.HEAD, agency=office.agency, password=None)
    data = {"name": "Nama Yang Baru", "email": "BARU@kota.example"}
    admin.post(address("edit", person), data)
    person = User.objects.get(pk=person.pk)
    assert (person.get_full_name(), person.email) == ("Nama Yang Baru", "baru@kota.example")


def test_the_address_of_an_account_with_other_rights_is_not_read(office, admin):
    person = staff(Role.EDITOR)
    person.groups.add(Group.objects.create(name="Pengelola situs"))
    admin.post(address("edit", person), {"name": "Nama Baru", "email": "saya@kota.example"})
    again = User.objects.get(pk=person.pk)
    assert (again.get_full_name(), again.email) == ("Nama Baru", person.email)


def test_a_name_is_changed_where_there_is_no_address(office, admin):
    """Of an account that came from elsewhere."""
    person = staff(Role.EDITOR)
    person.groups.add(Group.objects.create(name="Pengelola situs"))
    User.objects.filter(pk=person.pk).update(email="")
    admin.post(address("edit", person), {"name": "Nama Baru"})
    assert User.objects.get(pk=person.pk).get_full_name() == "Nama Baru"


def test_several_seats_show_as_ticks_and_none_is_lost(office, other_office, admin):
    person = staff(Role.OPERATOR, office.agency)
    person.groups.add(other_office.agency.group, *office.official.groups.all())
    before = permissions.seats_of(person)
    form = admin.get(address("move", person)).context["form"]
    sent = {name: form[name].value() for name in ("agency", "role", "also_roles", "also_agencies")}
    assert sent["also_roles"] and sent["also_agencies"]
    admin.post(address("move", person), sent)
    assert permissions.seats_of(User.objects.get(pk=person.pk)) == before
    admin.post(address("move", person), sent | {"also_roles": [], "also_agencies": []})
    after = permissions.seats_of(User.objects.get(pk=person.pk))
    assert (len(after.roles), len(after.agencies)) == (1, 1)


@pytest.mark.parametrize("name", ["move", "deactivate"])
def test_the_form_says_what_is_held_and_offers_colleagues(office, other_office, admin, name):
    colleague = staff(Role.OFFICIAL, office.agency)
    assert other_office.official.pk
    office.complaint(to=State.STUDY)
    response = admin.get(address(name, office.official))
    field = response.context["form"].fields[f"taker-{office.agency.pk}"]
    assert "1 pengaduan terbuka" in field.label
    assert list(field.queryset) == [colleague]
    data = {f"taker-{office.agency.pk}": colleague.pk, "role": "editor"}
    said = told(admin.post(address(name, office.official), data, follow=True))
    assert "1 pengaduan terbuka diteruskan" in said


def test_a_colleague_of_another_agency_is_no_choice(office, other_office, admin):
    office.complaint(to=State.STUDY)
    data = {f"taker-{office.agency.pk}": other_office.official.pk}
    response = admin.post(address("deactivate", office.official), data)
    assert response.status_code == 400
    assert User.objects.get(pk=office.official.pk).is_active


def test_the_only_operator_is_warned_of_before_and_after(office, admin):
    office.complaint()
    page = admin.get(address("deactivate", office.operator)).content.decode()
    assert "1 langkah terbuka tidak akan menunggu siapa pun" in page
    response = admin.post(address("deactivate", office.operator), follow=True)
    assert office.agency.name in told(response)
    assert f"role=operator&amp;agency={office.agency.pk}" in response.content.decode()


def test_ones_own_account_has_no_buttons(office, admin):
    page = admin.get(address("edit", office.admin)).content.decode()
    for name in ("move", "deactivate", "activate", "invite"):
        assert address(name, office.admin) not in page
    response = admin.get(address("deactivate", office.admin), follow=True)
    assert "Akun ini milik Anda" in told(response)


def test_the_button_sends_one_invitation_and_then_waits(office, admin):
    admin.post(address("add"), new_person(office))
    person = User.objects.get(email="bunga@kota.example")
    said = told(admin.post(address("invite", person), follow=True))
    assert "Tunggu 10 menit" in said and PAUSE.total_seconds() == 600


def test_the_screen_tells_what_was_done(office, admin):
    admin.post(address("add"), new_person(office))
    person = User.objects.get(email="bunga@kota.example")
    page = admin.get(address("edit", person)).content.decode()
    assert "Menambahkan dan mengundang" in page and office.admin.get_full_name() in page
