"""What the city's roles find on the first screen: who is late, and what was misrouted."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection
from django.utils import timezone

from pengaduan_app import actions
from pengaduan_app.models import StepRecord
from pengaduan_app.procedure.sop import AGENCY_ROLES, OPEN_STEP, STEPS, Role, State, Step
from tests.desk.test_home_panel import MOST_QUERIES, due_in, many_complaints, queries_of, tickets_in
from tests.support.crowd import superuser
from tests.support.factories import submit
from tests.support.process import Office

OVERDUE, MISROUTED = 'id="overdue-by-agency', 'id="misrouted'
AGENCY_STATES = [s for s, step in OPEN_STEP.items() if STEPS[step].role in AGENCY_ROLES]


def text_of(client, user) -> str:
    client.force_login(user)
    return client.get("/admin/").content.decode()


def panel(text: str, mark: str) -> str:
    """One panel of the home screen, up to the next one."""
    return text.split(mark, 1)[1].split("</section>", 1)[0]


@pytest.mark.parametrize(
    ("person", "panels"),
    [
        *[(role.value, set()) for role in (*sorted(AGENCY_ROLES), Role.EDITOR)],
        ("coordinator", {OVERDUE}),
        ("admin", {MISROUTED}),
        ("superuser", {OVERDUE, MISROUTED}),
    ],
)
def test_each_role_has_the_panels_of_its_work(office, client, person, panels):
    text = text_of(client, superuser() if person == "superuser" else getattr(office, person))
    assert {mark for mark in (OVERDUE, MISROUTED) if mark in text} == panels


# Overdue by agency.


def test_the_coordinator_sees_who_is_late_and_leads_to_the_list_and_the_reminder(
    office, other_office, client
):
    worst, late = office.complaint(), office.complaint()
    later, in_time = other_office.complaint(), other_office.complaint()
    for complaint, minutes in ((worst, -300), (late, -5), (later, -60), (in_time, 30)):
        due_in(complaint, minutes)
    text = panel(text_of(client, office.coordinator), OVERDUE)
    reminders = [f"/admin/complaints/{c.pk}/remind/" for c in (worst, later)]
    assert re.findall(r'href="(/admin/complaints/\d+/remind/)"', text) == reminders
    assert late.ticket not in text
    assert in_time.ticket not in text
    [address] = re.findall(rf'href="([^"]*agency={office.agency.pk})">2 ', text)
    listing = client.get(unescape(address)).content.decode()
    assert worst.ticket in listing
    assert late.ticket in listing
    assert later.ticket not in listing
    assert client.get(reminders[0]).status_code == 200


def test_the_links_open_as_many_complaints_as_they_say(office, client):
    """What public relations and the administrator hold of an agency's is late by theirs."""
    owed = [office.complaint(), office.complaint(to=State.STUDY)]
    city = [office.complaint(to=s) for s in (State.ROUTING, State.EDITING, State.PUBLICATION)]
    for complaint in (*owed, *city):
        due_in(complaint, -5)
    text = panel(text_of(client, office.coordinator), OVERDUE)
    addresses = re.findall(r'href="(/admin/complaints/\?[^"]*)"', text)
    assert len(addresses) == 2
    for address in addresses:
        opened = tickets_in(client.get(unescape(address)))
        assert set(opened) == {complaint.ticket for complaint in owed}


@pytest.mark.parametrize("state", AGENCY_STATES)
def test_every_step_that_an_agency_owes_counts(office, state):
    complaint = office.complaint(to=state)
    due_in(complaint, -5)
    assert [row.complaint for row in actions.late_agency_steps()] == [complaint]


@pytest.mark.parametrize("state", [State.ROUTING, State.EDITING, State.PUBLICATION])
def test_the_citys_own_late_steps_are_no_agencys(office, state):
    due_in(office.complaint(to=state), -5)
    assert not actions.late_agency_steps().exists()


def test_a_superuser_sees_who_is_late_and_gets_no_button(office, client):
    due_in(office.complaint(), -5)
    text = panel(text_of(client, superuser()), OVERDUE)
    assert office.agency.short_name in text
    assert "/remind/" not in text


def test_the_coordinators_own_c1_leads_to_the_complaint(office, client):
    complaint = office.complaint()
    now = timezone.now()
    StepRecord.objects.create(
        complaint=complaint,
        step=Step.C1.value,
        agency=office.agency,
        started_at=now,
        due_at=now + timezone.timedelta(minutes=120),
        limit_minutes=120,
    )
    text = panel(text_of(client, office.coordinator), 'id="my-steps')
    assert f'href="/admin/complaints/{complaint.pk}/"' in text
    assert "C1 · " in text


# Misrouted.


def test_the_administrator_sees_what_waits_for_an_agency_with_the_way_there(office, client):
    misrouted, elsewhere = office.complaint(to=State.ROUTING), office.complaint()
    text = panel(text_of(client, office.admin), MISROUTED)
    assert misrouted.ticket in text
    assert elsewhere.ticket not in text
    assert f'href="/admin/complaints/{misrouted.pk}/transfer/"' in text
    assert office.agency.short_name in text
    assert 'class="pgd-due pgd-in-time"' in text
    assert f"Dilaporkan salah alamat oleh {office.agency.short_name}" in text
    actions.transfer(misrouted.pk, office.admin, office.agency)
    assert misrouted.ticket not in text_of(client, office.admin)


def test_a_complaint_that_nobody_misrouted_is_not_called_so(office, client):
    nobodys = submit(None).complaint
    text = panel(text_of(client, office.admin), MISROUTED)
    assert nobodys.ticket in text
    assert "Belum punya perangkat daerah yang tepat" in text
    assert "Pelapor tidak memilih perangkat daerah" in text
    assert "salah alamat" not in text


# Time, in words and not in colour alone.


@pytest.mark.parametrize(
    ("minutes", "classname", "word"),
    [
        (25, "pgd-in-time", "sisa"),
        (4, "pgd-near", "sisa"),
        (-125, "pgd-overdue", "terlambat 2 jam"),
    ],
)
def test_the_time_left_has_words_an_icon_and_a_colour(office, client, minutes, classname, word):
    complaint = office.complaint()
    due_in(complaint, minutes)
    for address in ("/admin/", "/admin/complaints/", f"/admin/complaints/{complaint.pk}/"):
        client.force_login(office.operator)
        text = client.get(address).content.decode()
        [shown] = re.findall(r'<span class="pgd-due.*?</span></span>', text, re.DOTALL)
        assert classname in shown
        assert word in shown
        assert "<svg" in shown


# Quick.


@pytest.mark.parametrize("person", ["operator", "coordinator", "admin", "superuser"])
def test_home_takes_the_same_few_queries_for_10_and_for_1000_open_steps(city, client, person):
    offices = [Office() for _number in range(4)]
    user = superuser() if person == "superuser" else getattr(offices[0], person)
    client.force_login(user)
    counts = []
    for many in (10, 990):
        for state in (State.RECEIVED, State.ROUTING, State.PUBLICATION):
            for office in offices:
                many_complaints(office.agency, many // 12 + 1, state)
        all_overdue()
        counts.append(queries_of(client, "/admin/"))
    assert StepRecord.objects.open().count() >= 1000
    assert max(counts) <= MOST_QUERIES
    assert counts[0] == counts[1]


def all_overdue() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pengaduan_app_steprecord SET due_at = started_at")


@pytest.mark.parametrize(
    ("person", "says", "says_not"),
    [
        ("superuser", "2 langkah terbuka di kota ini", "menunggu Anda"),
        ("operator", "1 langkah menunggu Anda", "terbuka di kota ini"),
        ("head", "0 langkah menunggu Anda", "terbuka di kota ini"),
    ],
)
def test_nothing_waits_for_somebody_who_can_do_nothing(
    office, other_office, client, person, says, says_not
):
    office.complaint()
    other_office.complaint(to=State.ENTRY)
    client.force_login(superuser() if person == "superuser" else getattr(office, person))
    text = client.get("/admin/").content.decode()
    assert says in text
    assert says_not not in text
