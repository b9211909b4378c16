"""`/statistik/`, its files and its API: readable, cheap, and silent about everybody."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from django.test import RequestFactory

from pengaduan_app import statistics
from pengaduan_app.models import StatisticsSnapshot
from pengaduan_app.sop import State
from pengaduan_app.statistics.views import FILES, statistics_page

from .factories import REPORTER, CategoryFactory, VillageFactory
from .test_api_privacy import Scene, leaks

PAGE, API = "/statistik/", "/api/v2/statistics/"
CSV = [f"/statistik/{name}.csv" for name in FILES]


@pytest.fixture
def counted(office):
    for number in range(4):
        place = {"category": CategoryFactory(slug="jalan"), "village": VillageFactory(slug="meri")}
        office.complaint(to=State.PUBLISHED if number else State.RECEIVED, **place)
    return statistics.refresh()


def sheet(client, address: str) -> list[list[str]]:
    response = client.get(address)
    assert response.status_code == 200
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_page_has_a_table_a_file_and_a_named_picture_for_each_subject(client, counted):
    html = client.get(PAGE).content.decode()
    assert html.count("<table") == len(FILES)
    for address in CSV:
        assert f'href="{address}"' in html
    drawn = [key for key, svg in counted.charts.items() if svg]
    # Nobody has closed enough complaints to be compared.
    assert set(drawn) == set(FILES.values()) - {"agencies"}
    assert re.findall(r'aria-labelledby="chart-(\w+)-title', html) == drawn
    # The page's own words for what the picture can't show.
    assert html.count('role="img"') == len(drawn)


def test_an_agency_with_enough_closed_complaints_is_drawn(office, client):
    for _number in range(10):
        office.complaint(to=State.DECLINED)
    assert office.agency.short_name in statistics.refresh().charts["agencies"]
    rows = sheet(client, "/statistik/perangkat-daerah.csv")
    assert rows[1][:2] == [office.agency.name, "1"]


@pytest.mark.parametrize("address", [PAGE, API, *CSV])
def test_a_visit_costs_one_query(client, counted, django_assert_num_queries, address):
    client.get("/kontak/")
    client.get(PAGE)
    with django_assert_num_queries(1):
        assert client.get(address).status_code == 200


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


def test_figures_of_another_shape_count_as_none(counted, rf):
    StatisticsSnapshot.objects.update(shape=StatisticsSnapshot.SHAPE + 1, figures={})
    request = RequestFactory().get(PAGE)
    assert statistics_page(request).status_code == 200
    assert StatisticsSnapshot.current() is None


def test_a_month_in_which_nothing_happened_is_no_error(city, client):
    statistics.refresh()
    assert client.get(PAGE).status_code == 200
    assert [len(sheet(client, address)) for address in CSV] == [13, 1, 1, 1]


@pytest.mark.parametrize(
    "query", ["?page=-1", "?year=abc", "?q=%00", "?a[]=1&a[]=2", "?" + "x" * 999]
)
@pytest.mark.parametrize("address", [PAGE, API, *CSV])
def test_odd_questions_change_nothing(client, counted, address, query):
    assert client.get(address + query).content == client.get(address).content


@pytest.mark.parametrize("name", ["reporter", "agencies", "bulan.csv", "..", "%00", "a" * 300])
def test_there_are_no_other_files(client, counted, name):
    assert client.get(f"/statistik/{name}.csv").status_code == 404


@pytest.mark.parametrize("address", [PAGE, *CSV])
def test_nothing_can_be_sent_there(client, counted, address):
    assert client.post(address, {"x": 1}).status_code == 405


# The files.


def test_a_file_says_what_it_is(client, counted):
    response = client.get("/statistik/bulan.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith("attachment")
    assert response.content.startswith(b"\xef\xbb\xbf")


def test_a_file_holds_the_figures_as_bare_numbers(client, counted):
    last = sheet(client, "/statistik/bulan.csv")[-1]
    assert last[1:] == ["4", "3", "3", "100.0"]
    assert sheet(client, "/statistik/kelurahan.csv")[1][1:] == ["4", "3", "3"]


def test_a_village_with_few_complaints_is_written_as_such_everywhere(client, office):
    village = VillageFactory()
    office.complaint(village=village)
    office.complaint(village=village)
    statistics.refresh()
    assert sheet(client, "/statistik/kelurahan.csv")[1][1] == "<3"
    assert client.get(API).json()["villages"][0]["received"] == "<3"
    html = client.get(PAGE).content.decode()
    assert re.search(rf"{village.name}</th><td[^>]*>&lt;3</td>", html)
    assert village.name not in statistics.refresh().charts["villages"]


@pytest.mark.parametrize("name", ["=1+1", "+cmd", "-2", "@SUM(A1)", "\tx"])
def test_no_cell_is_a_formula(client, office, name):
    office.agency.name = office.agency.short_name = name
    office.agency.save()
    category = CategoryFactory(name=name)
    for _number in range(10):
        office.complaint(to=State.DECLINED, category=category, village=VillageFactory(name=name))
    statistics.refresh()
    for address in CSV[1:3]:
        assert sheet(client, address)[1][0] == f"'{name}"
    assert (
        "<script"
        not in client.get(PAGE).content.decode().partition("<main")[2].partition("</main")[0]
    )


def test_a_name_can_bring_no_markup(client, office):
    office.complaint(category=CategoryFactory(name="<script>alert(1)</script>"))
    statistics.refresh()
    assert "<script>alert" not in client.get(PAGE).content.decode()


# What must not show.


def keys_of(value) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for each in value.values() for key in keys_of(each)}
    return {key for each in value for key in keys_of(each)} if isinstance(value, list) else set()


def test_the_api_gives_the_whitelist_alone(client, counted):
    body = client.get(API).json()
    assert keys_of(body) == {
        *("meta", "made_at", "first_month", "last_month", "total"),
        *("months", "agencies", "categories", "villages"),
        *("month", "name", "rank", "received", "answered", "on_time", "closed"),
        *("steps", "steps_in_time", "median_seconds"),
    }
    assert body["total"]["received"] == 4


def test_something_new_among_the_figures_stays_inside(client, counted):
    figures = counted.figures | {"secret": 1}
    figures["agencies"][0]["operator"] = "Petugas"
    StatisticsSnapshot.objects.update(figures=figures)
    text = client.get(API).content.decode()
    assert "secret" not in text
    assert "operator" not in text


@pytest.mark.parametrize("address", [PAGE, API, *CSV])
def test_no_reporter_no_text_and_no_ticket_shows(city, client, address):
    scene = Scene()
    kept = statistics.refresh()
    for text in (
        client.get(address).content.decode(),
        json.dumps(kept.figures) + json.dumps(kept.charts),
    ):
        assert leaks(text, scene) == []
        assert scene.published.ticket not in text
        assert "lampukata" not in text
        assert REPORTER.name not in text
