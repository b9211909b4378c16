"""The reports as staff meet them: who sees what, filters, spreadsheets, print and PDF."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from pengaduan_app.models import Letterhead, Reminder, StepRecord
from pengaduan_app.procedure.escalation import ReminderKind
from pengaduan_app.procedure.sop import Role, State
from pengaduan_app.reports.catalogue import REPORTS
from tests.support.crowd import standing_city
from tests.support.factories import REPORTER, UserFactory
from tests.support.process import Office

NOW = datetime(2026, 3, 20, 4, tzinfo=UTC)
# What the citizen wrote, and what the person is: no report may hold any of it.
SECRETS = (
    REPORTER.name,
    REPORTER.phone,
    REPORTER.email,
    REPORTER.address,
    "Lampu jalan padam",
    "Sudah tiga malam",
    "MJK-",
)


def address(name: str, **query) -> str:
    return reverse(f"pengaduan_reports:{name}", query=query)


@pytest.fixture(scope="module")
def offices(django_db_setup, django_db_blocker):
    """Two agencies with a complaint each that was answered on 20 March 2026."""
    with standing_city(django_db_blocker):
        homes = Office(), Office()
        with time_machine.travel(NOW, tick=False):
            for home in homes:
                home.complaint(to=State.PUBLISHED)
        yield homes


@pytest.fixture
def march(db, offices):
    """Both offices; it is 20 March 2026."""
    with time_machine.travel(NOW, tick=False):
        yield offices


def page(client, name, **query):
    response = client.get(address(name, **query))
    assert response.status_code == 200
    return response


def sheet(client, name, **query) -> list[dict]:
    response = page(client, name, export="csv", **query)
    text = b"".join(response.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text)))


def names_in(rows: list[dict]) -> set[str]:
    return {next(iter(row.values())) for row in rows}


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_opens_prints_and_becomes_a_pdf(client, march, name):
    client.force_login(march[0].coordinator)
    month = {"month": "2026-03"} if name == "recap" else {}
    assert "<svg" in page(client, name, **month).content.decode() or name in (
        "misrouting",
        "reminders",
    )
    printed = page(client, name, format="print", **month).content.decode()
    assert "<table" in printed
    assert "<script" not in printed
    pdf = page(client, name, format="pdf", **month)
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")


def test_agency_staff_see_their_own_agencys_figures_alone(client, march):
    mine, theirs = (home.agency.name for home in march)
    client.force_login(march[0].operator)
    for name, table in (("on-time", "agencies"), ("step-times", "agencies"), ("on-time", "both")):
        assert names_in(sheet(client, name, table=table)) == {mine}
    for name in REPORTS:
        assert theirs not in page(client, name).content.decode()


def test_another_agency_can_not_be_asked_for(client, march):
    client.force_login(march[0].head)
    response = page(client, "on-time", agency=march[1].agency.pk)
    assert response.context["problems"]
    rows = sheet(client, "on-time", table="agencies", agency=march[1].agency.pk)
    assert names_in(rows) == {march[0].agency.name}


def test_the_citys_roles_see_every_agency_and_can_choose_one(client, march):
    client.force_login(march[0].admin)
    both = {home.agency.name for home in march}
    assert names_in(sheet(client, "on-time", table="agencies")) == both
    one = sheet(client, "on-time", table="agencies", agency=march[1].agency.pk)
    assert names_in(one) == {march[1].agency.name}


def test_staff_without_a_role_see_no_report(client, march):
    stranger = UserFactory()
    stranger.groups.add(march[0].agency.group)
    client.force_login(stranger)
    for name in REPORTS:
        assert client.get(address(name)).status_code == 302
    client.logout()
    assert client.get(address("on-time")).status_code == 302


def test_the_menu_of_reports_leads_to_each(client, march):
    client.force_login(march[0].operator)
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    for name in REPORTS:
        assert address(name) in home


def test_an_official_without_an_agency_sees_nothing(client, march):
    client.force_login(UserFactory(role=Role.OFFICIAL))
    assert sheet(client, "on-time", table="agencies") == []


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, "March 2026"),
        ({"preset": "last_month"}, "February 2026"),
        ({"preset": "year"}, "2026"),
        ({"dates_from": "2026-03-02", "dates_to": "2026-03-03"}, "2 March 2026"),
        ({"dates_to": "2026-02-14"}, "1 February 2026"),
        ({"dates_from": "2026-03-19"}, "20 March 2026"),
    ],
)
def test_the_period_is_chosen_by_name_or_by_days(client, march, settings, query, shown):
    settings.LANGUAGE_CODE = "en"
    settings.LANGUAGES = [("en", "English")]
    settings.WAGTAILADMIN_PERMITTED_LANGUAGES = settings.LANGUAGES
    client.force_login(march[0].coordinator)
    assert shown in page(client, "on-time", **query).context["period"]


@pytest.mark.parametrize(
    "query",
    [
        {"dates_from": "kemarin"},
        {"dates_from": "2026-02-31"},
        {"dates_from": "2026-03-09", "dates_to": "2026-03-01"},
        {"dates_from": "0001-01-01"},
        {"dates_to": "9999-12-31"},
        {"dates_from": "2026-12-01"},
        {"preset": "century"},
        {"agency": "x"},
        {"agency": "99999999999999999999"},
    ],
)
def test_what_is_not_understood_is_said_and_the_usual_period_shown(client, march, query):
    client.force_login(march[0].coordinator)
    response = page(client, "on-time", **query)
    assert response.context["problems"]
    assert page(client, "on-time").context["period"] == response.context["period"]


@pytest.mark.parametrize("query", [{"month": "2026-13"}, {"month": "x"}, {"table": "x"}])
def test_a_recap_of_no_month_is_last_months(client, march, query):
    client.force_login(march[0].coordinator)
    usual = page(client, "recap").context["period"]
    assert page(client, "recap", **query).context["period"] == usual


def test_a_spreadsheet_has_bare_numbers_under_headings_with_units(client, march):
    client.force_login(march[0].coordinator)
    response = page(client, "on-time", export="xlsx", table="agencies")
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    heading, *rows = book.active.iter_rows(values_only=True)
    assert any("(%)" in str(cell) for cell in heading)
    assert [row[4] for row in rows] == [100, 100]
    assert "2026-03-01" in response["Content-Disposition"]


def test_a_share_of_few_cases_says_so(client, march):
    client.force_login(march[0].coordinator)
    tables = page(client, "on-time").context["tables"]
    steps = next(entry["table"] for entry in tables if entry["table"].key == "steps")
    assert all(" *" in cells[3][1] for _name, cells in steps.lines)
    assert steps.footnotes


def test_the_recap_bears_the_offices_letterhead_and_a_place_to_sign(client, march):
    Letterhead.objects.create(office="Dinas Contoh", signatory_name="Pejabat Rekaan")
    client.force_login(march[0].coordinator)
    recap = page(client, "recap", format="print").content.decode()
    assert "Dinas Contoh" in recap
    assert "Pejabat Rekaan" in recap
    assert "Pejabat Rekaan" not in page(client, "on-time", format="print").content.decode()


@pytest.mark.parametrize("name", REPORTS)
def test_no_form_of_a_report_holds_the_citizen_or_their_words(client, march, name):
    step = StepRecord.objects.first()
    words = {"message": f"{REPORTER.name} {REPORTER.phone}", "created_at": NOW}
    Reminder.objects.create(step=step, kind=ReminderKind.MANUAL.value, stage=1, **words)
    client.force_login(march[0].coordinator)
    month = {"month": "2026-03"} if name == "recap" else {}
    forms = [page(client, name, **month), page(client, name, format="print", **month)]
    texts = [response.content.decode() for response in forms]
    for table in forms[0].context["tables"]:
        key = table["table"].key
        csv_file = page(client, name, export="csv", table=key, **month)
        texts.append(b"".join(csv_file.streaming_content).decode())
        xlsx = page(client, name, export="xlsx", table=key, **month)
        book = load_workbook(io.BytesIO(b"".join(xlsx.streaming_content)))
        texts += [str(row) for row in book.active.iter_rows(values_only=True)]
    assert len(texts) > 3
    assert [secret for text in texts for secret in SECRETS if secret in text] == []


def test_the_results_alone_are_served_to_the_filters(client, march):
    client.force_login(march[0].coordinator)
    results = client.get(reverse("pengaduan_reports:on-time-results") + "?_w_filter_fragment=1")
    assert results.status_code == 200
    assert b"<html" not in results.content


def test_a_third_agency_changes_no_number_of_queries(client, march, django_assert_max_num_queries):
    Office()
    client.force_login(march[0].coordinator)
    with django_assert_max_num_queries(25):
        page(client, "on-time")
