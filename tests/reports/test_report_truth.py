"""What a report must not say: a move that was none, a day that hasn't come, a share too early."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from openpyxl import load_workbook

from pengaduan_app import actions, tasks
from pengaduan_app.procedure.sop import State
from pengaduan_app.reports import figures
from pengaduan_app.reports.catalogue import REPORTS
from pengaduan_app.reports.period import Period, month_of
from pengaduan_app.reports.scope import Scope
from tests.support.factories import submit
from tests.support.process import open_record

# Noon of 24 November 2026 in Mojokerto.
NOW = datetime(2026, 11, 24, 5, tzinfo=UTC)
NOVEMBER = Scope(month_of(date(2026, 11, 1)))


@pytest.fixture
def today(office):
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def table(name: str, key: str, scope=NOVEMBER):
    return next(t for t in REPORTS[name].build(scope).tables if t.key == key)


def address(name: str, **query) -> str:
    return f"/admin/reports/complaints/{name}/?" + "&".join(f"{k}={v}" for k, v in query.items())


# Misrouting.


def test_a_complaint_sent_back_to_the_same_agency_was_not_moved(today, office, other_office):
    """The agency reports it, and the administrator finds that it is theirs after all."""
    returned, moved = office.complaint(to=State.ROUTING), office.complaint(to=State.ROUTING)
    today.shift(timedelta(minutes=20))
    actions.transfer(returned.pk, office.admin, office.agency)
    actions.transfer(moved.pk, office.admin, other_office.agency)
    moves = table("misrouting", "moves")
    assert [(row["source"], row["target"]) for row in moves.rows] == [
        (office.agency.name, other_office.agency.name)
    ]
    assert any(note.startswith("1 pengaduan dikembalikan") for note in moves.footnotes)
    totals = {row["name"]: row["count"] for row in table("recap", "totals").rows}
    assert totals["Dipindahkan ke perangkat daerah yang tepat"] == 1


def test_a_report_of_misrouting_counts_before_the_complaint_is_sent_on(today, office):
    office.complaint(to=State.ROUTING)
    office.complaint()
    assert figures.bounces(NOVEMBER) == [(0, 1), (1, 1)]
    assert any("1 kali" in line for line in REPORTS["misrouting"].build(NOVEMBER).summary)


def test_a_complaint_that_nobody_misrouted_has_no_report(today, office):
    nobodys = submit(None).complaint
    actions.transfer(nobodys.pk, office.admin, office.agency)
    assert figures.bounces(NOVEMBER) == [(0, 1)]


# A period that is running.


def test_the_recap_of_the_present_month_says_that_it_is_provisional(client, today, office):
    office.complaint()
    client.force_login(office.coordinator)
    for form in ({}, {"format": "print"}):
        text = client.get(address("recap", month="2026-11", **form)).content.decode()
        assert "November 2026, sampai 24 November (sementara)" in text
        assert "Masih terbuka sampai 24 November (sementara)" in text
        assert "Pengaduan pada bulan laporan" in text
        assert "akhir bulan" not in text


def test_the_recap_of_a_month_that_is_over_is_final(client, today, office):
    office.complaint()
    today.move_to(datetime(2026, 12, 1, 5, tzinfo=UTC))
    client.force_login(office.coordinator)
    text = client.get(address("recap", month="2026-11")).content.decode()
    assert "sementara" not in text
    assert "Masih terbuka pada akhir bulan" in text


def test_the_volume_ends_today_and_its_days_have_their_year(today, office):
    office.complaint()
    days = [row["name"] for row in table("volume", "time").rows]
    assert (days[0], days[-1], len(days)) == ("1 November 2026", "24 November 2026", 24)


def test_the_volume_of_a_year_has_months_up_to_this_one(today, office):
    office.complaint()
    year = Scope(Period(date(2026, 1, 1), date(2026, 12, 31)))
    months = [row["name"] for row in table("volume", "time", year).rows]
    assert (months[0], len(months)) == ("Januari 2026", 11)


# Reminders that are too young to tell.


def test_a_share_within_24_hours_leaves_out_reminders_of_this_morning(today, office):
    complaint = office.complaint()
    today.move_to(open_record(complaint).due_at)
    tasks.send_reminders()
    [row] = table("reminders", "kinds").rows
    assert (row["count"], row["soon"].whole, row["later"].whole) == (1, 0, 0)
    today.shift(timedelta(hours=2))
    [row] = table("reminders", "kinds").rows
    assert (row["soon"].whole, row["soon"].value, row["later"].value) == (1, 0, None)


# Files.


def test_the_whole_reports_spreadsheet_has_each_table_on_a_sheet(client, today, office):
    office.complaint()
    client.force_login(office.coordinator)
    response = client.get(address("volume", export="xlsx"))
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    assert len(book.worksheets) == len(REPORTS["volume"].build(NOVEMBER).tables)
    heading, first, *_days = book.worksheets[0].values
    assert (heading[1], first) == ("Diterima", ("1 November 2026", 0))


@pytest.mark.parametrize("query", [{"format": "pdf"}, {"export": "csv", "table": "time"}])
def test_a_files_name_says_nothing_twice(client, today, office, query):
    office.complaint()
    client.force_login(office.coordinator)
    name = client.get(address("volume", **query))["Content-Disposition"]
    assert name.count("pengaduan-masuk") == 1
    assert "2026-11-01" in name
