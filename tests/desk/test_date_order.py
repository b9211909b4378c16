"""Days are written and read in the language's order: 23-02-2026, whatever the browser's own is."""

from __future__ import annotations

import re
from datetime import date

import pytest

from pengaduan_app.models import DayOff
from tests.registers.test_registers import listing, rows_in
from tests.support.clock_forms import day_off


@pytest.mark.parametrize("typed", ["23-02-2026", "23/02/2026", "2026-02-23"])
def test_a_day_off_takes_each_usual_writing_and_shows_the_languages(client, office, typed):
    client.force_login(office.admin)
    data = day_off(date=typed)
    response = client.post("/admin/snippets/pengaduan_app/dayoff/add/", data)
    assert response.status_code == 302, response.context["form"].errors
    row = DayOff.objects.latest("pk")
    assert row.date == date(2026, 2, 23)
    shown = client.get(f"/admin/snippets/pengaduan_app/dayoff/edit/{row.pk}/").content.decode()
    assert 'value="23-02-2026"' in shown
    assert 'value="2026-02-23"' not in shown


def test_the_editors_calendar_writes_the_same_order(client, office):
    client.force_login(office.admin)
    html = client.get("/admin/snippets/pengaduan_app/dayoff/add/").content.decode()
    assert "d-m-Y" in html
    assert "Y-m-d" not in html


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [("01-01-2020", True), ("2020-01-01", True), ("1/1/2020", True), ("31-12-2099", False)],
)
def test_a_register_takes_days_in_the_languages_order(client, office, typed, is_found):
    office.complaint()
    client.force_login(office.coordinator)
    response = client.get(listing("steps"), {"from": typed})
    assert bool(rows_in(response)) == is_found
    day, month, year = ("01", "01", "2020") if is_found else ("31", "12", "2099")
    assert f'value="{day}-{month}-{year}"' in response.content.decode()


@pytest.mark.parametrize("typed", ["", "kemarin", "31-02-2026", "99-99-9999", "01-01-0001", "\x00"])
def test_a_day_that_is_none_narrows_nothing(client, office, typed):
    office.complaint()
    client.force_login(office.coordinator)
    response = client.get(listing("steps"), {"from": typed, "to": typed})
    assert response.status_code == 200
    assert rows_in(response)


def test_no_field_of_a_register_follows_the_browsers_language(client, office):
    client.force_login(office.coordinator)
    html = client.get(listing("steps")).content.decode()
    assert 'type="date"' not in html
    assert re.search(r'name="from"[^>]*placeholder="\d\d-\d\d-20\d\d"', html)
