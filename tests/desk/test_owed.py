"""The coordinator's screen of what agencies owe: who is late, since when, and whom to call."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pengaduan_app import actions
from pengaduan_app.desk.several.owed_facts import owing_agencies
from pengaduan_app.models import Reminder, StaffContact
from pengaduan_app.procedure.sop import Role
from tests.support.crowd import superuser
from tests.support.factories import AgencyFactory
from tests.support.process import Office, open_record

ADDRESS = "/admin/complaints/owed/"


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def owing(office, other_office):
    """Two agencies, the first with two late steps; an hour later."""
    complaints = [office.complaint(), office.complaint(), other_office.complaint()]
    for each in (office, other_office):
        StaffContact.objects.create(user=each.head, telephone=f"0812-3000-{each.head.pk:04}")
    with time_machine.travel(open_record(complaints[2]).due_at + timedelta(hours=1), tick=False):
        yield complaints


def test_it_says_how_much_is_late_since_when_and_whom_to_call(office, client, owing):
    client.force_login(office.coordinator)
    text = text_of(client.get(ADDRESS))
    assert office.agency.name in text and "2 langkah" in text
    number = StaffContact.objects.get(user=office.head).telephone
    assert f'href="tel:{number.replace("-", "")}"' in text
    assert owing[0].ticket in text and "Belum pernah" in text


def test_it_says_when_the_agency_was_reminded_and_what_it_has_done_since(office, client, owing):
    actions.remind_agency(office.agency, office.coordinator)
    actions.verify(owing[0].pk, office.operator)
    [mine] = [row for row in owing_agencies() if row.agency == office.agency]
    assert (mine.count, mine.finished) == (1, 1)
    assert mine.reminded_at == Reminder.objects.filter(kind="manual").latest("pk").created_at
    client.force_login(office.coordinator)
    assert "1 langkah terlambat selesai sejak itu" in text_of(client.get(ADDRESS))


def test_the_ticked_agencies_are_reminded_and_one_refusal_stops_none(
    office, other_office, client, owing
):
    actions.remind_agency(office.agency, office.coordinator)
    client.force_login(office.coordinator)
    data = {"agencies": [office.agency.pk, other_office.agency.pk], "message": "Mohon segera."}
    sent = client.post(ADDRESS, data)
    told = {each.agency: each.done for each in sent.context["told"]}
    assert told == {office.agency: False, other_office.agency: True}
    assert "lima menit" in text_of(sent)


@pytest.mark.parametrize("agencies", [[], ["x"], ["0"], ["9" * 40], ["\x00"], ["-1"]])
def test_agencies_that_are_none_are_refused(office, client, owing, agencies):
    client.force_login(office.coordinator)
    sent = client.post(ADDRESS, {"agencies": agencies, "message": ""})
    assert sent.status_code == 400
    assert not Reminder.objects.filter(kind="manual").exists()


def test_an_agency_that_owes_nothing_is_no_choice(office, client, owing):
    client.force_login(office.coordinator)
    assert client.post(ADDRESS, {"agencies": [AgencyFactory().pk]}).status_code == 400


def test_what_was_ticked_and_written_comes_back_with_a_refusal(office, client, owing):
    client.force_login(office.coordinator)
    data = {"agencies": [office.agency.pk], "message": "Telepon 0812-9999-0001"}
    sent = client.post(ADDRESS, data)
    assert sent.status_code == 400
    assert text_of(sent).count("checked") == 1


@pytest.mark.parametrize("who", ["operator", "official", "head", "editor", "admin", "superuser"])
def test_it_is_for_the_coordinator_alone(office, client, owing, who):
    person = superuser() if who == "superuser" else office.person(Role(who))
    client.force_login(person)
    number = StaffContact.objects.get(user=office.head).telephone
    for answer in (
        client.get(ADDRESS),
        client.post(ADDRESS, {"agencies": [office.agency.pk]}),
    ):
        assert answer.status_code in (302, 403)
        assert number not in text_of(answer)
    assert not Reminder.objects.filter(kind="manual").exists()
    home = text_of(client.get("/admin/"))
    assert ADDRESS not in home


def test_opening_it_changes_nothing_and_more_agencies_cost_no_query_more(office, client, owing):
    client.force_login(office.coordinator)
    client.get(ADDRESS)
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(ADDRESS)
        counts.append(len(queries))
        third = Office()
        third.head  # noqa: B018
        with time_machine.travel(open_record(owing[0]).started_at, tick=False):
            third.complaint()
    assert counts[0] == counts[1]
    assert not Reminder.objects.filter(kind="manual").exists()
