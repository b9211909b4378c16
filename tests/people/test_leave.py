"""Who is on leave names a deputy of the same role: who writes it, and what is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from pengaduan_app import actions
from pengaduan_app.models import Absence
from pengaduan_app.people import accounts, leave
from pengaduan_app.permissions import Seats
from pengaduan_app.procedure.sop import Role
from tests.support.factories import AgencyFactory, UserFactory, staff

TODAY = timezone.localdate
DAY = timedelta(days=1)


@pytest.fixture
def deputy(office):
    return staff(Role.OPERATOR, office.agency)


def days(first: int = 0, last: int = 3) -> tuple[date, date]:
    return TODAY() + first * DAY, TODAY() + last * DAY


def browser_of(person) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


def send(user, person, deputy, first: int = 0, last: int = 3):
    """Send the form by hand; returns the answer."""
    begin, end = days(first, last)
    data = {"first_day": begin.isoformat(), "last_day": end.isoformat(), "deputy": deputy.pk}
    return browser_of(user).post(reverse("pengaduan_leave:add", args=[person.pk]), data)


@pytest.mark.parametrize("role", ["operator", "head", "admin"])
def test_the_person_their_head_and_the_administrator_write_a_leave_down(office, deputy, role):
    user = getattr(office, role)
    assert send(user, office.operator, deputy).status_code == 302
    absence = Absence.objects.get()
    assert (absence.person, absence.deputy) == (office.operator, deputy)
    assert (absence.first_day, absence.last_day) == days()
    entry = ModelLogEntry.objects.for_instance(office.operator).latest("pk")
    assert (entry.action, entry.user) == ("pengaduan_app.person_on_leave", user)
    assert entry.data["deputy"] == deputy.pk
    end = reverse("pengaduan_leave:end", args=[absence.pk])
    assert browser_of(user).get(end).status_code == 405
    assert browser_of(user).post(end).status_code == 302
    assert not Absence.objects.exists()


def test_the_coordinator_writes_down_an_editors_leave(office):
    second = staff(Role.EDITOR)
    assert send(office.coordinator, office.editor, second).status_code == 302


@pytest.mark.parametrize("who", ["official", "editor", "coordinator", "other head", "nobody"])
def test_for_everybody_else_it_is_not_there(office, other_office, deputy, who):
    user = {
        "other head": lambda: other_office.head,
        "nobody": lambda: UserFactory(agency=office.agency),
    }.get(who, lambda: getattr(office, who))()
    wanted = 302 if who == "nobody" else 404
    answer = send(user, office.operator, deputy)
    assert answer.status_code == wanted
    assert not Absence.objects.exists()
    absence = Absence.objects.create(
        person=office.operator, deputy=deputy, first_day=TODAY(), last_day=TODAY()
    )
    end = reverse("pengaduan_leave:end", args=[absence.pk])
    assert browser_of(user).post(end).status_code == wanted
    assert Absence.objects.exists()
    if who != "nobody":
        shown = browser_of(user).get(reverse("pengaduan_leave:index")).content.decode()
        assert office.operator.get_full_name() not in shown


@pytest.mark.parametrize("who", ["official", "other operator", "inactive", "oneself"])
def test_nobody_stands_in_who_has_not_the_role_there_already(office, other_office, who):
    inactive = staff(Role.OPERATOR, office.agency)
    inactive.is_active = False
    inactive.save()
    stranger = {
        "official": office.official,
        "other operator": other_office.operator,
        "inactive": inactive,
        "oneself": office.operator,
    }[who]
    assert send(office.admin, office.operator, stranger).status_code == 400
    with pytest.raises(actions.NotNow, match="sama"):
        leave.add(office.admin, office.operator.pk, stranger, *days())
    assert not Absence.objects.exists()


def test_where_nobody_could_stand_in_the_form_says_what_to_do(office):
    address = reverse("pengaduan_leave:add", args=[office.head.pk])
    shown = browser_of(office.head).get(address).content.decode()
    assert "Mintalah admin pengaduan" in shown


@pytest.mark.parametrize(
    ("first", "last", "remedy"),
    [(3, 1, "Tukarkan"), (-5, -1, "belum lewat"), (0, 400, "Periksa")],
)
def test_days_that_make_no_sense_are_refused_with_the_remedy(office, deputy, first, last, remedy):
    answer = send(office.operator, office.operator, deputy, first, last)
    assert answer.status_code == 409
    assert remedy in answer.content.decode()
    assert not Absence.objects.exists()


@pytest.mark.parametrize(("first", "last"), [(0, 3), (3, 3), (2, 9), (-1, 9), (3, 4)])
def test_a_second_leave_does_not_overlap_the_first(office, deputy, first, last):
    send(office.operator, office.operator, deputy)
    answer = send(office.operator, office.operator, deputy, first, last)
    assert answer.status_code == 409
    assert "Akhiri dulu" in answer.content.decode()
    assert send(office.operator, office.operator, deputy, 4, 9).status_code == 302


def test_that_the_deputy_is_on_leave_as_well_is_said(office, deputy):
    third = staff(Role.OPERATOR, office.agency)
    leave.add(office.admin, deputy.pk, third, *days(2, 5))
    absence = leave.add(office.admin, office.operator.pk, deputy, *days(0, 2))
    assert third.get_full_name() in leave.warning_of(absence)
    later = leave.add(office.admin, office.operator.pk, deputy, *days(6, 7))
    assert leave.warning_of(later) == ""


def deactivated(person, office):
    accounts.deactivate(office.admin, person.pk)


def moved(person, office):
    elsewhere = Seats(frozenset({Role.OPERATOR}), frozenset({AgencyFactory().pk}))
    accounts.move(office.admin, person.pk, elsewhere)


@pytest.mark.parametrize("way", [deactivated, moved])
@pytest.mark.parametrize("who", ["the absent one", "the deputy"])
def test_no_leave_stays_whose_deputy_can_not_stand_in_any_more(office, deputy, way, who):
    person = staff(Role.OPERATOR, office.agency)
    leave.add(office.admin, person.pk, deputy, *days())
    way(deputy if who == "the deputy" else person, office)
    assert not Absence.objects.exists()


def test_a_leave_says_nothing_to_whoever_is_not_logged_in(office, deputy, client):
    absence = leave.add(office.admin, office.operator.pk, deputy, *days())
    for name, args in (("index", []), ("add", [office.operator.pk]), ("end", [absence.pk])):
        for send_it in (client.get, client.post):
            answer = send_it(reverse(f"pengaduan_leave:{name}", args=args))
            assert answer.status_code == 302 and "/login/" in answer.url
    assert Absence.objects.exists()


def test_everybody_with_a_role_finds_it_under_their_account(office):
    for person, wanted in ((office.editor, True), (UserFactory(agency=office.agency), False)):
        shown = browser_of(person).get("/admin/account/", follow=True).content.decode()
        assert (reverse("pengaduan_leave:index") in shown) is wanted


def test_a_superuser_without_a_role_has_no_leave_of_their_own(db):
    root = get_user_model().objects.create_superuser("akar", "akar@kota.example", "rahasia-akar")
    assert browser_of(root).get(reverse("pengaduan_leave:index")).status_code == 200
    assert browser_of(root).get(reverse("pengaduan_leave:add", args=[root.pk])).status_code == 404
