"""Without a name (anonim): no name is asked, nobody is written to, number and code lead back."""

from __future__ import annotations

import pytest

from pengaduan_app import actions
from pengaduan_app.models import Complaint, OutboxMessage, Reporter
from pengaduan_app.procedure.sop import State
from tests.support.factories import citizen_form, submit
from tests.support.process import page_of

NOBODY = {"name": "", "phone": "", "email": "", "address": ""}
ANONYMOUS = actions.Identity("", is_anonymous=True)


def send(client, **changes):
    return client.post("/lapor/", citizen_form(anonymous="on", **{**NOBODY, **changes}))


def test_the_form_takes_it_without_name_and_contacts_and_says_what_that_means(office, client):
    page = client.get("/lapor/")
    assert 'name="anonymous"' in page.content.decode()
    response = send(client, follow=True)
    assert response.status_code == 302
    receipt = client.get(response.url).content.decode()
    assert "tanpa nama" in receipt
    reporter = Reporter.objects.get()
    assert reporter.is_anonymous
    assert not any((reporter.name, reporter.phone, reporter.email, reporter.address))
    assert not OutboxMessage.objects.filter(recipient=None).exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "Wulan Misalnya Sari"),
        ("phone", "0812-9999-0001"),
        ("email", "wulan@contoh.example"),
        ("address", "Jl. Fiktif 9"),
    ],
)
def test_who_says_who_they_are_is_asked_which_of_the_two_they_mean(city, client, field, value):
    response = send(client, **{field: value})
    assert response.status_code == 400
    assert set(response.context["form"].errors) == {"anonymous"}
    assert value in response.content.decode()
    assert not Complaint.objects.exists()


def test_without_the_tick_a_name_is_asked_as_before(city, client):
    response = client.post("/lapor/", citizen_form(**NOBODY))
    assert set(response.context["form"].errors) == {"name", "phone"}


def test_it_goes_the_whole_way_to_the_website_and_its_reporter_reads_along(office, client):
    receipt = submit(office.agency, identity=ANONYMOUS, body="Saya warga, lampu padam di sini.")
    office.advance(receipt.complaint, State.PUBLISHED)
    assert page_of(receipt.complaint).live
    assert "Saya warga, lampu padam di sini." in page_of(receipt.complaint).question
    assert not OutboxMessage.objects.filter(recipient=None).exists()
    assert actions.find(receipt.complaint.ticket, receipt.code) == receipt.complaint


def test_there_is_no_identity_to_open_and_no_button_for_it(office, client):
    complaint = submit(office.agency, identity=ANONYMOUS).complaint
    with pytest.raises(actions.NotNow):
        actions.reveal(complaint, office.operator, "Untuk menelepon pelapor.")
    client.force_login(office.operator)
    page = client.get(f"/admin/complaints/{complaint.pk}/").content.decode()
    assert "/reveal/" not in page
    assert "Anonim" in page
    posted = client.post(f"/admin/complaints/{complaint.pk}/reveal/", {"reason": "Menelepon."})
    assert posted.status_code == 409


def test_the_sheet_and_a_note_cope_without_a_name(office, client):
    complaint = submit(office.agency, identity=ANONYMOUS).complaint
    actions.verify(complaint.pk, office.operator)
    actions.forward(complaint.pk, office.operator, office.official, "Mohon ditinjau.")
    client.force_login(office.operator)
    sheet = client.get(f"/admin/complaints/{complaint.pk}/print/").content.decode()
    assert "Sudah tiga malam" in sheet
    assert "[…]" not in sheet.split('class="text"')[1].split("</div>")[0]
