"""`/statistik/`, its files and its API: readable, cheap, and silent about everybody."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re

import pytest
from django.test import RequestFactory

from pengaduan_app.models import StatisticsSnapshot
from pengaduan_app.procedure.sop import State
from pengaduan_app.statistics import snapshot
from pengaduan_app.statistics.views import FILES, statistics_page
from tests.support.crowd import standing_city
from tests.support.factories import CategoryFactory, VillageFactory
from tests.support.process import Office

PAGE, API = "/statistik/", "/api/v2/statistics/"
CSV = [f"/statistik/{name}.csv" for name in FILES]


@pytest.fixture(scope="module")
def city_with_answers(django_db_setup, django_db_blocker):
    """Four complaints of one village and category; three of them are answered."""
    with standing_city(django_db_blocker):
        office = Office()
        for number in range(4):
            place = {"category": CategoryFactory(slug="a"), "village": VillageFactory(slug="b")}
            office.complaint(to=State.PUBLISHED if number else State.RECEIVED, **place)
        yield office


@pytest.fixture
def counted(db, city_with_answers):
    return snapshot.refresh()


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
    # Nobody has closed enough complaints to be compared, so there is no rank to be read.
    assert 'data-label="Peringkat"' not in html
    assert "Peringkat" in sheet(client, "/statistik/perangkat-daerah.csv")[0]
    assert set(drawn) == set(FILES.values()) - {"agencies"}
    assert re.findall(r'aria-labelledby="chart-(\w+)-title', html) == drawn
    # The page's own words for what the picture can't show.
    assert html.count('role="img"') == len(drawn)


@pytest.mark.parametrize("address", [PAGE, API, *CSV])
def test_a_visit_costs_one_query(client, counted, django_assert_num_queries, address):
    client.get("/kontak/")
    client.get(PAGE)
    with django_assert_num_queries(1):
        assert client.get(address).status_code == 200


def shape_of(value):
    """The names in the figures, whatever the counts."""
    if isinstance(value, dict):
        return {key: shape_of(each) for key, each in value.items()}
    return shape_of(value[0]) if isinstance(value, list) and value else None


def test_figures_of_new_names_have_a_new_number(counted):
    """Whoever changes the names must change SHAPE too, or an old row would be misread."""
    digest = hashlib.sha256(json.dumps(shape_of(counted.figures), sort_keys=True).encode())
    assert {StatisticsSnapshot.SHAPE: digest.hexdigest()[:8]} == {2: "5cdea6f6"}


def test_figures_of_another_shape_count_as_none(counted):
    StatisticsSnapshot.objects.update(shape=StatisticsSnapshot.SHAPE + 1, figures={})
    request = RequestFactory().get(PAGE)
    assert statistics_page(request).status_code == 200
    assert StatisticsSnapshot.current() is None


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


# What must not show.


def keys_of(value) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for each in value.values() for key in keys_of(each)}
    return {key for each in value for key in keys_of(each)} if isinstance(value, list) else set()


def test_the_api_gives_the_whitelist_alone(client, counted):
    body = client.get(API).json()
    assert keys_of(body) == {
        *("meta", "made_at", "first_month", "last_month", "total"),
        *("now", "open", "overdue", "unanswered"),
        *("months", "agencies", "categories", "villages"),
        *("month", "name", "rank", "received", "answered", "on_time", "closed"),
        *("steps", "steps_in_time", "median_seconds"),
    }
    assert body["total"]["received"] == 4
    assert body["now"] == {"open": 1, "overdue": 0}


def test_something_new_among_the_figures_stays_inside(client, counted):
    figures = counted.figures | {"secret": 1}
    figures["agencies"][0]["operator"] = "Petugas"
    StatisticsSnapshot.objects.update(figures=figures)
    text = client.get(API).content.decode()
    assert "secret" not in text
    assert "operator" not in text
