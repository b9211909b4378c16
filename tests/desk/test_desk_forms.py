"""What the desk's forms tell the person who fills them in (SOP A1, A3, C2)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from pengaduan_app import actions
from pengaduan_app.models import Agency
from pengaduan_app.procedure.sop import Role, State
from tests.support.crowd import superuser
from tests.support.factories import AgencyFactory, staff, submit
from tests.support.process import open_record

REASON = "Tiang itu milik dinas penerangan."


@pytest.fixture
def right(city) -> Agency:
    """Where the misrouted complaint belongs; it has an operator."""
    agency = AgencyFactory(name="Dinas Penerangan Rekaan", short_name="DPR")
    staff(Role.OPERATOR, agency)
    return agency


def form(client, user, complaint, action: str) -> str:
    client.force_login(user)
    return client.get(f"/admin/complaints/{complaint.pk}/{action}/").content.decode()


def misrouted(office, agency=None):
    complaint = office.complaint(to=State.VERIFIED)
    actions.misrouted(complaint.pk, office.operator, REASON, agency)
    return complaint


def test_the_transfer_form_brings_reason_words_and_the_named_agency(office, right, client):
    complaint = misrouted(office, right)
    text = form(client, office.admin, complaint, "transfer")
    assert f'<option value="{right.pk}" selected>' in text
    assert REASON in text
    assert str(office.agency) in text
    assert complaint.body in text


def test_where_no_agency_was_named_none_is_chosen(office, right, client):
    complaint = misrouted(office, right)
    actions.transfer(complaint.pk, office.admin, office.agency)
    actions.verify(complaint.pk, office.operator)
    actions.misrouted(complaint.pk, office.operator, REASON)
    assert f'value="{right.pk}" selected' not in form(client, office.admin, complaint, "transfer")


def test_a_complaint_without_an_agency_was_reported_by_nobody(office, client):
    text = form(client, office.admin, submit(None).complaint, "transfer")
    assert "Dilaporkan oleh" not in text


def test_the_message_says_where_it_was_sent(office, right, client):
    complaint = misrouted(office, right)
    client.force_login(office.admin)
    address = f"/admin/complaints/{complaint.pk}/transfer/"
    text = client.post(address, {"agency": right.pk}, follow=True).content.decode()
    assert f"{complaint.ticket} dikirim ke {right.name}." in text


def test_an_agency_without_an_operator_says_so_before_it_is_chosen(office, right, client):
    empty = AgencyFactory(name="Dinas Kosong")
    text = form(client, office.admin, misrouted(office), "transfer")
    assert f"{empty.name} (belum ada operator)" in text
    assert f"{right.name} (belum" not in text


def test_a_new_agency_is_told_to_lack_an_operator(city, client):
    client.force_login(superuser())
    data = {"name": "Dinas Baru", "short_name": "DB", "slug": "baru", "remit": "x", "active": "on"}
    address = reverse("wagtailsnippets_pengaduan_app_agency:add")
    text = client.post(address, data, follow=True).content.decode()
    assert Agency.objects.filter(slug="baru").exists()
    assert "Dinas Baru belum memiliki operator" in text


def test_an_agency_with_an_operator_is_saved_without_a_warning(right, client):
    client.force_login(superuser())
    fields = ("name", "short_name", "slug", "remit", "active")
    data = {name: getattr(right, name) for name in fields}
    address = reverse("wagtailsnippets_pengaduan_app_agency:edit", args=[right.pk])
    text = client.post(address, data, follow=True).content.decode()
    assert "belum memiliki operator" not in text


def test_who_verifies_reads_what_comes_next(office, client):
    text = form(client, office.operator, office.complaint(), "verify")
    assert "Sesudah ini: teruskan, jawab langsung, atau laporkan salah alamat." in text


def test_a_form_of_an_earlier_step_stays_one_when_it_comes_back_with_an_error(office, client):
    """Opened in A2, sent in A5 with a telephone number in it, corrected, and sent again."""
    complaint = office.complaint(to=State.VERIFIED)
    seen = str(open_record(complaint).pk)
    actions.forward(complaint.pk, office.operator, office.official)
    client.force_login(office.operator)
    address = f"/admin/complaints/{complaint.pk}/misrouted/"
    wrong = client.post(address, {"reason": "Hubungi 0812-9999-0001.", "seen": seen})
    assert (wrong.status_code, wrong.context["seen"]) == (400, seen)
    warned = client.post(address, {"reason": REASON, "seen": wrong.context["seen"]})
    assert warned.status_code == 409
    complaint.refresh_from_db()
    assert complaint.state == State.STUDY
    # Who has read the warning may send it knowingly.
    again = client.post(address, {"reason": REASON, "seen": warned.context["seen"]})
    assert again.status_code == 302
