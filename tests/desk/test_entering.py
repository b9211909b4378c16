"""The screen "Enter a complaint", and the receipt that it ends with."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from pengaduan_app.actions import find
from pengaduan_app.desk.entry import entering
from pengaduan_app.models import Arrival, Attachment, Complaint, Reporter
from pengaduan_app.procedure.sop import State
from tests.support.entering import (
    ENTER,
    NOBODY,
    PDF,
    RECEIPT,
    REPORTER,
    SUBJECT,
    enter,
    entered,
    entry_form,
    traces_in,
)
from tests.support.files import picture, upload
from tests.support.process import Office

CODE = re.compile(r"<dd>([2-9A-Z]{5}-[2-9A-Z]{5})</dd>")
SEALED = re.compile(r'name="sealed_code" value="([^"]+)"')


@pytest.fixture
def receipt(client, office) -> str:
    """The page of the receipt, right after an operator has entered a complaint."""
    entered(client, office.operator, agency=office.agency.pk)
    return client.get(RECEIPT).content.decode()


def test_an_operator_finds_their_own_agency_chosen_and_reads_when_the_clock_starts(client, office):
    client.force_login(office.operator)
    page = client.get(ENTER)
    form = page.context["form"]
    assert form["agency"].value() == office.agency.pk
    assert form["received_on"].value() == timezone.localdate()
    assert "sejak Anda mencatatnya" in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_what_was_entered_stands_at_a1_with_all_that_was_said_of_it(client, office):
    day = timezone.localdate() - timedelta(days=2)
    complaint = entered(
        client,
        office.operator,
        agency=office.agency.pk,
        channel="letter",
        received_on=day.isoformat(),
        letter_number="045.2/17/2026",
        letter_date=day.isoformat(),
    )
    assert (complaint.state, complaint.subject) == (State.RECEIVED, SUBJECT)
    page = client.get(f"/admin/complaints/{complaint.pk}/").content.decode()
    for shown in ("Surat", "Diterima kantor pada", "045.2/17/2026", "Dicatat oleh"):
        assert shown in page
    assert office.operator.get_full_name() in page
    register = client.get(f"/admin/registers/steps/inspect/{complaint.steps.get().pk}/")
    assert "Diterima kantor pada" in register.content.decode()
    sheet = client.get(f"/admin/complaints/{complaint.pk}/print/").content.decode()
    assert "Surat, diterima kantor pada" in sheet


def test_another_agencys_operator_gets_it_and_who_entered_it_sees_it_no_more(client, office):
    other = Office()
    complaint = entered(client, office.operator, agency=other.agency.pk)
    page = client.get(RECEIPT).content.decode()
    assert complaint.ticket in page
    assert f"/admin/complaints/{complaint.pk}/" not in page
    assert client.get(f"/admin/complaints/{complaint.pk}/").status_code == 404


def test_the_receipt_has_what_leads_back_to_the_complaint(client, office, receipt):
    complaint = Complaint.objects.get()
    code = CODE.search(receipt).group(1)
    assert find(complaint.ticket, code) == complaint
    assert "/lacak/" in receipt
    assert office.agency.name in receipt
    assert " ".join(code.split("-")[0]) in receipt
    assert not traces_in(receipt)
    assert SUBJECT not in receipt


def test_the_receipt_is_shown_once(client, receipt):
    assert "no-store" in client.get(RECEIPT)["Cache-Control"]
    response = client.get(RECEIPT, follow=True)
    assert not CODE.search(response.content.decode())
    assert "hanya ditampilkan sekali" in response.content.decode()


def test_the_receipt_as_a_pdf_comes_from_its_page_for_a_quarter_of_an_hour(client, office, receipt):
    sealed = SEALED.search(receipt).group(1)
    pdf = client.post(PDF, {"sealed_code": sealed})
    assert pdf["Content-Type"] == "application/pdf"
    assert "no-store" in pdf["Cache-Control"]
    assert client.get(PDF).status_code == 405
    client.force_login(office.admin)
    assert client.post(PDF, {"sealed_code": sealed}).status_code == 302
    client.force_login(office.operator)
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        client.force_login(office.operator)
        assert client.post(PDF, {"sealed_code": sealed}).status_code == 302
    assert client.post(PDF, {"sealed_code": "gAAAA"}).status_code == 302


def test_a_double_click_makes_one_complaint_and_shows_its_receipt(client, office):
    form = {"key": str(uuid.uuid4()), "agency": office.agency.pk}
    for _half in range(2):
        assert enter(client, office.operator, **form).url == RECEIPT
    assert Complaint.objects.count() == 1
    assert CODE.search(client.get(RECEIPT).content.decode())


def test_a_form_of_this_morning_sent_again_shows_its_code_no_more(client, office):
    form = entry_form(agency=office.agency.pk)
    client.force_login(office.operator)
    client.post(ENTER, form)
    client.get(RECEIPT)
    later = timezone.now() + timedelta(minutes=20)
    with time_machine.travel(later):
        client.force_login(office.operator)
        response = client.post(ENTER, form, follow=True)
    assert Complaint.objects.get().ticket in response.content.decode()
    assert response.redirect_chain[-1][0] == ENTER
    assert "pengaduan_entered" not in client.session


def test_a_scanned_letter_goes_the_way_of_the_citizens_files(client, office):
    complaint = entered(
        client,
        office.operator,
        agency=office.agency.pk,
        attachments=upload(picture("JPEG"), "surat.jpg"),
    )
    attachment = Attachment.objects.get(complaint=complaint)
    assert attachment.content_type == "image/jpeg"
    wrong = enter(client, office.operator, attachments=upload(b"MZ\x90", "surat.pdf"))
    assert wrong.status_code == 400
    assert set(wrong.context["form"].errors) == {"attachments"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"consent": None}, "consent"),
        ({"consent_how": "form"}, "consent_how"),
        ({"consent_how": ""}, "consent_how"),
        ({"channel": "web"}, "channel"),
        ({"channel": ""}, "channel"),
        ({"received_on": "2999-01-01"}, "received_on"),
        ({"received_on": "2001-01-01"}, "received_on"),
        ({"received_on": "kemarin"}, "received_on"),
        ({"letter_date": "2999-01-01"}, "letter_date"),
        ({"letter_number": f"Surat {REPORTER['reporter_name']}"}, "letter_number"),
        ({"subject": "\u200b" * 9}, "subject"),
        ({"body": "Padam."}, "body"),
        ({"reporter_name": ""}, "reporter_name"),
        ({"reporter_phone": "12"}, "reporter_phone"),
        ({"reporter_email": "zqsurel"}, "reporter_email"),
        ({"reporter_link": "javascript:alert(1)"}, "reporter_link"),
        ({"reporter_link": "ftp://sosial.example/x"}, "reporter_link"),
        ({"reporter_link": "https://"}, "reporter_link"),
        ({"anonymous": "on"}, "anonymous"),
        ({"agency": "999999"}, "agency"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_stored(client, office, changes, field):
    response = enter(client, office.operator, **{"agency": office.agency.pk, **changes})
    assert response.status_code == 400
    assert set(response.context["form"].errors) == {field}
    assert not Complaint.objects.exists()


def test_without_a_name_nobody_is_stored_and_the_receipt_says_so(client, office):
    complaint = entered(client, office.operator, anonymous="on", **NOBODY)
    reporter = Reporter.objects.get(complaint=complaint)
    assert reporter.is_anonymous
    assert (reporter.name, reporter.consent_how) == ("", "spoken")
    assert "Anda tidak memberikan nama" in client.get(RECEIPT).content.decode()


def test_an_account_enters_no_more_than_a_person_can_type(client, office, monkeypatch):
    monkeypatch.setattr(entering, "MOST", 1)
    entered(client, office.operator, agency=office.agency.pk)
    response = enter(client, office.operator, agency=office.agency.pk)
    assert response.status_code == 429
    assert SUBJECT in response.content.decode()
    assert Arrival.objects.count() == 1
    # A colleague at the same counter has an account of their own.
    entered(client, office.admin)
