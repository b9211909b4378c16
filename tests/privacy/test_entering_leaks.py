"""Who stood at the counter is in the vault, and nowhere else."""

from __future__ import annotations

import logging

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils.encoding import force_str

from pengaduan_app import tasks
from pengaduan_app.models import UnsentForm
from pengaduan_app.procedure.sop import State
from tests.desk.test_unsent_forms import Writer
from tests.privacy.test_vault import all_tables
from tests.support.entering import ENTER, RECEIPT, SUBJECT, enter, entered, entry_form, traces_in


@pytest.fixture
def complaint(client, office, caplog, mailoutbox):
    """Entered from a letter, and answered on the website."""
    caplog.set_level(logging.DEBUG)
    enter(client, office.operator, body="")
    complaint = entered(
        client,
        office.operator,
        agency=office.agency.pk,
        channel="letter",
        letter_number="045.2/17/2026",
    )
    client.get(RECEIPT)
    office.advance(complaint, State.PUBLISHED)
    tasks.deliver_outbox()
    return complaint


def test_no_table_holds_a_word_of_her(complaint):
    """The session, the log, Wagtail's log, the outbox and the queue are tables, too."""
    assert {name: found for name, text in all_tables().items() if (found := traces_in(text))} == {}


def test_the_vault_holds_tokens(complaint):
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, phone, email, address, link FROM pengaduan_app_reporter")
        [row] = cursor.fetchall()
    assert all(cell.startswith("gAAAA") for cell in row)


def test_neither_the_servers_log_nor_the_staffs_mail_names_her(complaint, caplog, mailoutbox):
    assert not traces_in(caplog.text)
    mails = [mail for mail in mailoutbox if mail.to != ["zqsurel@contoh.example"]]
    assert mails
    assert not traces_in("".join(f"{mail.subject} {mail.body}" for mail in mails))


def test_no_code_is_kept_or_logged(client, office, caplog):
    caplog.set_level(logging.DEBUG)
    entered(client, office.operator, agency=office.agency.pk)
    code = client.get(RECEIPT).context["code"]
    sessions = " ".join(str(row.get_decoded()) for row in Session.objects.all())
    everything = " ".join([sessions, caplog.text, *all_tables().values()])
    assert code not in everything
    assert code.replace("-", "") not in everything


@pytest.mark.parametrize(
    "address",
    [
        "/admin/complaints/?q=zqmarga",
        "/admin/complaints/?q=Zqnama",
        "/admin/complaints/?q=77770001",
        "/admin/registers/steps/?export=csv",
        "/admin/registers/steps/?export=xlsx",
        "/admin/registers/outbox/?export=csv",
        "/admin/reports/complaints/volume/?export=csv",
        "/admin/complaints/{pk}/",
        "/admin/complaints/{pk}/print/",
        "/admin/complaints/enter/",
    ],
)
def test_no_screen_of_the_staff_shows_her_after_she_was_entered(client, office, complaint, address):
    client.force_login(office.operator)
    response = client.get(address.format(pk=complaint.pk))
    assert response.status_code == 200
    body = b"".join(response) if response.streaming else response.content
    found = traces_in(force_str(body, errors="replace").replace("?q=", ""))
    # The list writes back what was searched for, and finds nothing.
    assert not found or ("q=" in address and complaint.ticket not in force_str(body))


def test_the_public_learns_neither_the_letters_number_nor_its_day(client, complaint):
    client.logout()
    page = client.get("/pengaduan/").content.decode()
    answer = client.get(complaint.page.url).content.decode()
    feed = client.get("/feed/").content.decode()
    api = client.get("/api/v2/complaints/?fields=*").content.decode()
    assert SUBJECT in answer
    for text in (page, answer, feed, api):
        assert "045.2/17/2026" not in text
        assert not traces_in(text)


def test_what_was_typed_waits_after_the_session_but_for_who_it_was(office):
    writer = Writer(office.operator)
    token = writer.open(ENTER)
    Session.objects.all().delete()
    form = entry_form(body="Sudah tiga malam lampu jalan padam di sini.")
    writer.browser.post(ENTER, {**form, "csrfmiddlewaretoken": token})
    kept = UnsentForm.objects.get()
    assert "Sudah tiga malam" in kept.fields
    assert not traces_in(kept.fields)
    shown = writer.log_in(f"/admin/login/?next=/admin/unsent/{kept.pk}/").content.decode()
    assert "Sudah tiga malam" in shown
    assert not traces_in(shown)


def test_a_form_without_its_token_comes_back_without_who_it_was(office):
    writer = Writer(office.operator)
    shown = writer.browser.post(ENTER, entry_form()).content.decode()
    assert "Sudah tiga malam" in shown
    assert not traces_in(shown)
