"""A referred complaint is carried to the inspectorate with a sheet, and everybody is told so."""

from __future__ import annotations

from html import unescape

import pytest

from pengaduan_app import actions
from pengaduan_app.desk.complaint import complaint_page
from pengaduan_app.models import Inspectorate, Letterhead
from pengaduan_app.procedure import State
from tests.support.factories import REPORTER, submit

STOCK = (State.VERIFIED,)
BODY = f"Petugas meminta uang. Hubungi {REPORTER.name}, {REPORTER.phone} atau {REPORTER.email}."


@pytest.fixture
def referred(office):
    complaint = submit(office.agency, body=BODY).complaint
    actions.refer(complaint.pk, office.operator)
    complaint.refresh_from_db()
    return complaint


def page(client, office, complaint, word: str = "") -> str:
    client.force_login(office.operator)
    return unescape(client.get(f"/admin/complaints/{complaint.pk}/{word}").content.decode())


def test_the_sheet_says_where_it_goes_and_has_a_place_for_the_receipt(client, office, referred):
    Inspectorate.objects.create(name="Inspektorat Contoh", address="Jl. Contoh 12")
    text = page(client, office, referred, "print/")
    for part in ("Diteruskan ke Inspektorat", "Inspektorat Contoh", "Jl. Contoh 12"):
        assert part in text
    assert "Penerima di Inspektorat" in text
    assert "Lembar disposisi" not in text
    assert "Langkah dan batas waktu" not in text


def test_an_inspectorate_that_nobody_filled_in_leaves_the_word(client, office, referred):
    assert "<b>Inspektorat</b>" in page(client, office, referred, "print/")


@pytest.mark.parametrize("contacts_on_sheet", [False, True])
def test_it_leaves_the_agency_without_the_reporters_name_and_contacts(
    client, office, referred, contacts_on_sheet
):
    """Whatever the administrator has chosen for sheets that stay: the reporter is told so."""
    Letterhead.objects.create(contacts_on_sheet=contacts_on_sheet)
    text = page(client, office, referred, "print/")
    assert "Petugas meminta uang" in text
    parts = (REPORTER.name, REPORTER.phone, REPORTER.email, REPORTER.address)
    assert [part for part in parts if part in text] == []


def test_any_other_complaint_has_the_disposition_sheet(client, office):
    text = page(client, office, office.complaint(to=State.VERIFIED), "print/")
    assert "Lembar disposisi" in text
    assert "Diteruskan ke Inspektorat" not in text


def test_the_operator_reads_before_and_after_that_the_agency_carries_it(client, office):
    complaint = office.complaint(to=State.VERIFIED)
    assert "Tidak ada yang terkirim otomatis" in page(client, office, complaint, "refer/")
    address = f"/admin/complaints/{complaint.pk}/refer/"
    response = client.post(address, {"asked": "yes"}, follow=True)
    assert f"/admin/complaints/{complaint.pk}/print/" in response.content.decode()
    assert "Cetak lembar rujukan" in unescape(response.content.decode())


# How the buttons are arranged.


def buttons(complaint, user) -> complaint_page.Buttons:
    reminded = complaint_page.Reminded.of(complaint, user)
    return complaint_page.Buttons.of(complaint_page.links(complaint, user, reminded))


@pytest.mark.parametrize(
    ("state", "person", "main"),
    [
        (State.RECEIVED, "operator", "Verifikasi"),
        (State.VERIFIED, "operator", "Teruskan ke pejabat"),
        (State.REFERRED, "operator", "Urungkan"),
        (State.REFERRED, "coordinator", "Cetak lembar rujukan"),
        (State.STUDY, "official", "Buka halaman jawaban"),
        (State.RECEIVED, "head", "Cetak lembar disposisi"),
    ],
)
def test_one_button_leads_and_the_sheet_and_the_vault_stand_under_more(office, state, person, main):
    complaint, user = office.complaint(to=state), getattr(office, person)
    found = buttons(complaint, user)
    assert found.main is not None
    assert str(found.main.label) == main
    rare = [str(link.label) for link in found.rare]
    assert set(rare) <= {"Cetak lembar disposisi", "Buka identitas pelapor"}
    assert not any(link.is_rare for link in found.others)


def test_every_link_of_the_page_stands_on_it_once(client, office):
    complaint = office.complaint(to=State.VERIFIED)
    text = page(client, office, complaint)
    reminded = complaint_page.Reminded.of(complaint, office.operator)
    for link in complaint_page.links(complaint, office.operator, reminded):
        assert text.count(f'href="{link.url}"') == 1, link.label
