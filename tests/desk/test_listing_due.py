"""The listing by what is due: overdue, soon, today, by agency, and in order."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from pengaduan_app.procedure.sop import State, Step
from tests.desk.test_home_panel import due_in, tickets_in

# 09.00 on a Monday in Mojokerto; a step of 30 minutes starts then.
NINE = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))


@pytest.fixture
def desk(office, other_office, client):
    """Complaints of two agencies at 09.25: due at 09.30, and moved from there."""
    with time_machine.travel(NINE, tick=False) as clock:
        made = {"near": office.complaint()}
        made["closed"] = office.complaint(to=State.DECLINED)
        made["theirs"] = other_office.complaint()
        for name in ("late", "tonight", "tomorrow"):
            made[name] = office.complaint()
        clock.shift(timedelta(minutes=25))
        for name, minutes in (("late", -5), ("tonight", 14 * 60), ("tomorrow", 15 * 60)):
            due_in(made[name], minutes)
        client.force_login(office.coordinator)
        client.made, client.office = made, office
        yield client


def found(desk, query: dict) -> list[str]:
    """The names of the complaints that the list shows, in its order."""
    response = desk.get("/admin/complaints/", query)
    assert response.status_code == 200
    names = {complaint.ticket: name for name, complaint in desk.made.items()}
    return [names[ticket] for ticket in tickets_in(response)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"overdue": "true"}, {"late"}),
        ({"overdue": "false"}, {"near", "closed", "theirs", "tonight", "tomorrow"}),
        ({"due": "soon"}, {"near", "theirs"}),
        # What is overdue already isn't due today any more.
        ({"due": "today"}, {"near", "theirs", "tonight"}),
        ({"step": Step.A1.value}, {"near", "theirs", "late", "tonight", "tomorrow"}),
        ({"step": Step.B1.value}, set()),
        ({"due": "soon", "step": Step.A2.value}, set()),
    ],
)
def test_a_filter_narrows_to_what_is_due(desk, query, expected):
    assert set(found(desk, query)) == expected


def test_the_list_narrows_to_what_an_agency_holds_and_to_what_the_city_does(desk):
    desk.made["edited"] = desk.office.complaint(to=State.EDITING)
    assert found(desk, {"holder": "city"}) == ["edited"]
    open_ones = {"near", "theirs", "late", "tonight", "tomorrow"}
    assert set(found(desk, {"holder": "agency"})) == open_ones


def test_the_city_narrows_by_agency_and_an_agency_is_not_asked(desk):
    agency = desk.made["theirs"].agency
    assert found(desk, {"agency": agency.pk}) == ["theirs"]
    assert 'name="agency"' in desk.get("/admin/complaints/").content.decode()
    desk.force_login(desk.office.operator)
    assert 'name="agency"' not in desk.get("/admin/complaints/").content.decode()
    assert "theirs" not in found(desk, {"agency": agency.pk})


def test_sorted_by_due_time_what_is_closed_comes_last_either_way(desk):
    upwards = found(desk, {"ordering": "open_due_at", "status": "all"})
    assert upwards == ["late", "near", "theirs", "tonight", "tomorrow", "closed"]
    downwards = found(desk, {"ordering": "-open_due_at", "status": "all"})
    assert downwards == ["tomorrow", "tonight", "near", "theirs", "late", "closed"]
