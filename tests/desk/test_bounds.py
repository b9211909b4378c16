"""The desk to the second: when a step is overdue, soon or due today, and how much is shown."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from pengaduan_app import actions
from pengaduan_app.desk.home import home_panels
from pengaduan_app.models import Complaint
from pengaduan_app.procedure.sop import State
from tests.desk.test_home_panel import due_in, tickets_in
from tests.support.factories import submit
from tests.support.process import Office

WIB = ZoneInfo("Asia/Jakarta")
# 09.00 on a Monday in Mojokerto; a step of 30 minutes starts then, due at 09.30.
NINE = datetime(2026, 3, 2, 9, 0, tzinfo=WIB)


@pytest.fixture
def clock(city):
    with time_machine.travel(NINE, tick=False) as frozen:
        yield frozen


def listed(client, user, **query) -> list[str]:
    client.force_login(user)
    response = client.get("/admin/complaints/", query)
    assert response.status_code == 200
    return tickets_in(response)


def home(client, user) -> str:
    client.force_login(user)
    return " ".join(client.get("/admin/").content.decode().split())


def panel(text: str, mark: str) -> str:
    return text.partition(f'id="{mark}')[2].partition("</section>")[0]


@pytest.mark.parametrize(
    ("at", "overdue", "soon"),
    [
        # A fifth of 30 minutes before the end is soon; the end itself is still in time.
        (timedelta(minutes=23, seconds=59), False, False),
        (timedelta(minutes=24), False, True),
        (timedelta(minutes=30), False, True),
        (timedelta(minutes=30, seconds=1), True, False),
    ],
)
def test_a_step_is_soon_and_then_overdue_to_the_second(office, client, clock, at, overdue, soon):
    ticket = office.complaint().ticket
    clock.shift(at)
    assert listed(client, office.operator, overdue="true") == ([ticket] if overdue else [])
    assert listed(client, office.operator, overdue="false") == ([] if overdue else [ticket])
    assert listed(client, office.operator, due="soon") == ([ticket] if soon else [])
    text = panel(home(client, office.operator), "my-steps")
    assert ("1 lewat batas waktu" in text) == overdue
    # And in the coordinator's panel of agencies.
    late = panel(home(client, office.coordinator), "overdue-by-agency")
    assert (ticket in late) == overdue


@pytest.mark.parametrize(
    ("minutes", "seconds", "today"), [(15 * 60, -1, True), (15 * 60, 0, False), (0, 0, True)]
)
def test_a_day_ends_at_midnight_in_the_city(office, client, clock, minutes, seconds, today):
    complaint = office.complaint()
    clock.shift(timedelta(seconds=seconds))
    due_in(complaint, minutes)
    clock.move_to(NINE)
    found = listed(client, office.operator, due="today")
    if (minutes, seconds) == (0, 0):
        # The very moment that it is due is still ahead.
        assert found == [complaint.ticket]
    else:
        assert (found == [complaint.ticket]) == today


@pytest.mark.parametrize(
    ("received", "shown"),
    [
        (datetime(2026, 3, 1, 23, 59, 59, tzinfo=WIB), False),
        (datetime(2026, 3, 2, 0, 0, tzinfo=WIB), True),
        (datetime(2026, 3, 3, 23, 59, 59, tzinfo=WIB), True),
        (datetime(2026, 3, 4, 0, 0, tzinfo=WIB), False),
    ],
)
def test_both_days_of_a_span_belong_to_it_on_the_citys_clock(
    office, client, clock, received, shown
):
    complaint = office.complaint()
    Complaint.objects.filter(pk=complaint.pk).update(created_at=received)
    query = {"created_at_from": "2026-03-02", "created_at_to": "2026-03-03"}
    assert bool(listed(client, office.operator, **query)) == shown


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("end", ["created_at_from", "created_at_to"])
def test_a_day_that_no_database_compares_with_narrows_nothing(office, client, clock, end, day):
    complaint = office.complaint()
    assert listed(client, office.operator, **{end: day}) == [complaint.ticket]


@pytest.mark.parametrize("holder", ["agency", "city"])
def test_a_complaint_is_held_by_whose_step_is_open_and_a_closed_one_by_nobody(
    office, client, clock, holder
):
    held = {
        "agency": [office.complaint(state) for state in (State.RECEIVED, State.STUDY, State.ENTRY)],
        "city": [office.complaint(state) for state in (State.ROUTING, State.EDITING)],
    }
    office.complaint(State.PUBLISHED)
    office.complaint(State.DECLINED)
    expected = {complaint.ticket for complaint in held[holder]}
    assert set(listed(client, office.coordinator, holder=holder)) == expected


# How much a panel shows.


@pytest.mark.parametrize(("most", "left"), [(2, 1), (3, 0)])
def test_a_panel_shows_so_many_steps_and_counts_them_all(
    office, client, clock, monkeypatch, most, left
):
    monkeypatch.setattr(home_panels, "SHOWN", most)
    tickets = []
    for minutes in (3, 2, 1):
        complaint = office.complaint()
        due_in(complaint, minutes)
        tickets.insert(0, complaint.ticket)
    text = panel(home(client, office.operator), "my-steps")
    shown = [ticket for ticket in tickets if ticket in text]
    assert shown == tickets[:most]
    assert "3 langkah" in text


def test_agencies_are_listed_the_longest_overdue_first_and_so_many(
    office, client, clock, monkeypatch
):
    monkeypatch.setattr(home_panels, "AGENCIES_SHOWN", 2)
    offices = [office, Office(), Office()]
    for each, minutes in zip(offices, (-10, -30, -20), strict=True):
        for more in range(2):
            due_in(each.complaint(), minutes + more)
    text = panel(home(client, office.coordinator), "overdue-by-agency")
    names = [each.agency.short_name for each in offices]
    places = [text.find(f"<td>{name}</td>") for name in names]
    # The third overdue for the shortest time is left out, and counted.
    assert places[0] == -1
    assert 0 < places[1] < places[2]
    assert "6 langkah" in text and text.count("2 pengaduan") == 2


def test_a_pause_after_a_reminder_takes_the_button_and_gives_it_back(office, client, clock):
    complaint = office.complaint()
    due_in(complaint, -10)
    button = f"/admin/complaints/{complaint.pk}/remind/"
    assert button in panel(home(client, office.coordinator), "overdue-by-agency")
    actions.remind(complaint.pk, office.coordinator)
    paused = panel(home(client, office.coordinator), "overdue-by-agency")
    assert button not in paused and "Terakhir diingatkan" in paused
    clock.shift(timedelta(hours=13))
    assert button in panel(home(client, office.coordinator), "overdue-by-agency")


# What other agencies ask for.


@pytest.mark.parametrize("person", ["operator", "official", "head"])
def test_a_called_agencys_people_find_the_call_until_the_answer_is_given(
    office, other_office, client, clock, person
):
    complaint = office.complaint(State.DECISION)
    user = getattr(other_office, person)
    assert 'id="coordination' not in home(client, user)
    actions.coordinate(complaint.pk, office.head, [other_office.agency], "Mohon dibantu.")
    assert complaint.ticket in panel(home(client, user), "coordination")
    for outsider in (Office().official, office.official, office.coordinator, office.admin):
        assert 'id="coordination' not in home(client, outsider)
    complaint.refresh_from_db()
    actions.approve(complaint.pk, office.head)
    assert 'id="coordination' not in home(client, user)


def test_the_administrator_reads_why_a_complaint_waits(office, client, clock):
    nobodys = submit(None).complaint
    misrouted = office.complaint(State.ROUTING)
    text = panel(home(client, office.admin), "misrouted")
    rows = {
        ticket: row
        for row in re.findall(r"<tr>(.*?)</tr>", text)
        for ticket in (nobodys.ticket, misrouted.ticket)
        if ticket in row
    }
    assert office.agency.short_name in rows[misrouted.ticket]
    assert office.agency.short_name not in rows[nobodys.ticket]
    assert f"/admin/complaints/{nobodys.pk}/transfer/" in rows[nobodys.ticket]
