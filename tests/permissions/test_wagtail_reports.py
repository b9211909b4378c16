"""Wagtail's own reports over complaints: they answer for everybody, name no foreign draft, and
write no formula."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from pengaduan_app import actions
from pengaduan_app.procedure.sop import Role, State
from tests.registers.test_registers import body_of
from tests.support.crowd import superuser
from tests.support.process import Office, page_of

FORMULA = '=HYPERLINK("http://contoh.example","klik")'
PEOPLE = [*(role.value for role in Role), "superuser"]
REPORTS = {
    name: reverse(f"wagtailadmin_reports:{name}")
    for name in (
        "site_history",
        "workflow",
        "workflow_tasks",
        "aging_pages",
        "locked_pages",
        "page_types_usage",
    )
}


@pytest.fixture
def drafted(office):
    """A draft whose title a spreadsheet would calculate, and an opened identity, in the log."""
    complaint = office.complaint(to=State.ENTRY, subject=FORMULA)
    actions.reveal(complaint, office.operator, "Alamatnya tidak jelas.")
    return complaint


def log_in(client, office, who: str) -> None:
    client.force_login(superuser() if who == "superuser" else getattr(office, who))


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("report", REPORTS)
def test_every_report_and_its_files_answer_for_every_role(office, drafted, client, report, who):
    log_in(client, office, who)
    for question in ("", "?export=csv", "?export=xlsx", "?q=x&p=99"):
        assert client.get(REPORTS[report] + question).status_code in (200, 302), question


@pytest.mark.parametrize("report", ["site_history", "workflow", "workflow_tasks"])
def test_no_file_of_wagtails_holds_a_formula(office, drafted, client, report):
    log_in(client, office, "superuser")
    csv = body_of(client.get(REPORTS[report], {"export": "csv"})).decode()
    assert "HYPERLINK" in csv
    cells = [cell for line in csv.splitlines() for cell in line.replace('"', "").split(",")]
    assert [cell for cell in cells if cell.startswith(("=", "+", "@"))] == []
    book = load_workbook(BytesIO(body_of(client.get(REPORTS[report], {"export": "xlsx"}))))
    assert [cell for row in book.active for cell in row if cell.data_type == "f"] == []


def test_site_history_leads_to_the_complaint_and_only_who_may_see_it(office, drafted, client):
    address = reverse("pengaduan_admin:inspect", args=[drafted.pk])
    log_in(client, office, "superuser")
    assert address in client.get(REPORTS["site_history"]).content.decode()
    client.force_login(Office().operator)
    assert address not in client.get(REPORTS["site_history"]).content.decode()


@pytest.mark.parametrize("state", [State.ENTRY, State.ANSWERED_PRIVATELY])
def test_the_page_edited_last_is_named_to_who_may_see_it(office, client, state):
    title = page_of(office.complaint(to=state, subject="Zqjudul rahasia")).title
    for address in (REPORTS["page_types_usage"], f"{REPORTS['page_types_usage']}results/"):
        for person, named in ((office.operator, True), (Office().operator, False)):
            client.force_login(person)
            assert (title in client.get(address).content.decode()) is named, (person, address)


def test_the_report_stays_closed_to_who_is_not_logged_in(city, client):
    assert client.get(REPORTS["page_types_usage"]).status_code == 302
