"""The end of A7 for an agency that was called: its part is done, and the head sees who is."""

from __future__ import annotations

import pytest
from django.core import mail

from pengaduan_app import actions
from pengaduan_app.messaging import deliver_outbox
from pengaduan_app.models import Contribution, OutboxMessage
from pengaduan_app.procedure.sop import Role, State
from tests.support.factories import AgencyFactory, staff
from tests.support.process import page_of

STOCK = (State.DECISION,)
NOTE = "Tiang itu milik kami dan sudah kami tegakkan."


@pytest.fixture
def called(office):
    """Two agencies that the head has called, with an official each; and the complaint."""
    agencies = [AgencyFactory(name=f"Dinas Panggilan {word}") for word in ("Satu", "Dua")]
    officials = [staff(Role.OFFICIAL, agency) for agency in agencies]
    complaint = office.complaint(to=State.DECISION)
    actions.coordinate(complaint.pk, office.head, agencies, "Siapa pemilik tiangnya?")
    complaint.refresh_from_db()
    return complaint, agencies, officials


def test_the_head_is_told_and_sees_who_has_answered(office, client, called):
    complaint, (first, second), (official, _other) = called
    deliver_outbox()
    mail.outbox.clear()
    client.force_login(official)
    address = f"/admin/complaints/{complaint.pk}/contribute/"
    assert client.post(address, {"note": NOTE}, follow=True).status_code == 200
    deliver_outbox()
    (letter,) = mail.outbox
    assert letter.to == [office.head.email]
    assert f"Belum menjawab: {second.name}." in letter.body
    # The note waits behind the log-in.
    assert NOTE not in letter.body
    client.force_login(office.head)
    for place in (
        f"/admin/complaints/{complaint.pk}/",
        f"/admin/pages/{page_of(complaint).pk}/edit/",
    ):
        text = client.get(place).content.decode()
        assert NOTE in text
        assert f"<strong>{second.name}</strong> · belum menjawab" in text
        assert f"<strong>{first.name}</strong> · bagiannya selesai" in text


def test_the_last_one_is_named_as_such(office, called):
    complaint, _agencies, officials = called
    for official in officials:
        actions.contribute(complaint.pk, official, NOTE)
    mail.outbox.clear()
    deliver_outbox()
    told = [letter for letter in mail.outbox if letter.to == [office.head.email]]
    assert "Semua perangkat daerah yang Anda panggil sudah menjawab." in told[-1].body


def test_the_head_goes_on_before_all_have_answered(office, called):
    complaint, _agencies, (official, other) = called
    actions.contribute(complaint.pk, official, NOTE)
    assert actions.approve(complaint.pk, office.head).state == State.ENTRY
    with pytest.raises(actions.NotNow):
        actions.contribute(complaint.pk, other, NOTE)
    # What was given stays with the complaint, and nobody is waited for any more.
    complaint.refresh_from_db()
    assert [c.note for c in complaint.contributions] == [NOTE]
    assert not complaint.silent_agencies


def test_a_called_agency_says_it_once_and_has_no_more_to_do(office, client, called):
    complaint, _agencies, (official, other) = called
    address = f"/admin/complaints/{complaint.pk}/contribute/"
    for person in (official, other):
        client.force_login(person)
        assert complaint.ticket in client.get("/admin/").content.decode()
        assert address in client.get(f"/admin/complaints/{complaint.pk}/").content.decode()
        client.post(address, {"note": NOTE}, follow=True)
        assert complaint.ticket not in client.get("/admin/").content.decode()
        assert address not in client.get(f"/admin/complaints/{complaint.pk}/").content.decode()
        assert client.post(address, {"note": "Sekali lagi."}).status_code == 409
    assert Contribution.objects.count() == 2


def test_the_next_coordination_asks_anew(office, called):
    complaint, agencies, (official, _other) = called
    actions.contribute(complaint.pk, official, NOTE)
    actions.send_back(complaint.pk, office.head, "Ulangi.")
    complaint.refresh_from_db()
    office.advance(complaint, State.DECISION)
    actions.coordinate(complaint.pk, office.head, agencies[:1])
    complaint.refresh_from_db()
    assert not complaint.contributions
    assert [agency.pk for agency in complaint.silent_agencies] == [agencies[0].pk]
    actions.contribute(complaint.pk, official, NOTE)


@pytest.mark.parametrize(
    "note", ["", " ", "\u200b", "Hubungi 0812-9999-0001", "Ibu Wulan Misalnya"]
)
def test_an_empty_note_and_one_that_names_the_reporter_are_refused(client, called, note):
    complaint, _agencies, (official, _other) = called
    client.force_login(official)
    address = f"/admin/complaints/{complaint.pk}/contribute/"
    assert client.post(address, {"note": note}).status_code == 400
    with pytest.raises(actions.NotNow):
        actions.contribute(complaint.pk, official, note)
    assert not Contribution.objects.exists()


def test_what_an_agency_says_reaches_neither_the_public_nor_the_reporter(office, client, called):
    complaint, _agencies, (official, _other) = called
    actions.contribute(complaint.pk, official, NOTE)
    office.advance(complaint, State.PUBLISHED)
    deliver_outbox()
    assert NOTE not in client.get(page_of(complaint).address).content.decode()
    assert not any(NOTE in letter.body for letter in mail.outbox)
    assert OutboxMessage.objects.filter(kind="contribution").count() == 1
