"""What `/statistik/` and its files show of an empty city, a small one, and odd names."""

from __future__ import annotations

import re

import pytest

from pengaduan_app.procedure.sop import State
from pengaduan_app.statistics import snapshot
from tests.statistics.test_statistics_pages import API, CSV, PAGE, sheet
from tests.support.factories import CategoryFactory, VillageFactory


def test_an_agency_with_enough_closed_complaints_is_drawn(office, client):
    for _number in range(10):
        office.complaint(to=State.DECLINED)
    assert office.agency.short_name in snapshot.refresh().charts["agencies"]
    rows = sheet(client, "/statistik/perangkat-daerah.csv")
    assert rows[1][:2] == [office.agency.name, "1"]


def test_before_the_first_count_the_page_says_so(city, client, django_assert_num_queries):
    client.get("/kontak/")
    client.get(PAGE)
    with django_assert_num_queries(1):
        response = client.get(PAGE)
    assert response.status_code == 200
    assert b'role="status"' in response.content
    assert b"<table" not in response.content
    for address in [API, *CSV]:
        assert client.get(address).status_code == 503


def test_a_month_in_which_nothing_happened_is_no_error(city, client):
    snapshot.refresh()
    assert client.get(PAGE).status_code == 200
    assert [len(sheet(client, address)) for address in CSV] == [13, 1, 1, 1]


def test_a_village_with_few_complaints_is_written_as_such_everywhere(client, office):
    village = VillageFactory()
    office.complaint(village=village)
    office.complaint(village=village)
    snapshot.refresh()
    assert sheet(client, "/statistik/kelurahan.csv")[1][1] == "<3"
    assert client.get(API).json()["villages"][0]["received"] == "<3"
    html = client.get(PAGE).content.decode()
    assert re.search(rf"{village.name}</span></th><td[^>]*>&lt;3</td>", html)
    assert village.name not in snapshot.refresh().charts["villages"]


@pytest.mark.parametrize("name", ["=1+1", "+cmd", "-2", "@SUM(A1)", "\tx"])
def test_no_cell_is_a_formula(client, office, name):
    office.agency.name = office.agency.short_name = name
    office.agency.save()
    places = {"category": CategoryFactory(name=name), "village": VillageFactory(name=name)}
    for _number in range(3):
        office.complaint(**places)
    snapshot.refresh()
    for address in CSV[1:]:
        assert sheet(client, address)[1][0] == f"'{name}"


def test_a_name_can_bring_no_markup(client, office):
    office.complaint(category=CategoryFactory(name="<script>alert(1)</script>"))
    snapshot.refresh()
    assert "<script>alert" not in client.get(PAGE).content.decode()
