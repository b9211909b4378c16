"""Opening the vault leaves traces that people read: register, timeline, a notice."""

from __future__ import annotations

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pengaduan_app import actions
from pengaduan_app.actions import NotNow
from pengaduan_app.messaging import deliver_outbox
from pengaduan_app.models import OutboxMessage, VaultOpening
from pengaduan_app.procedure.sop import Role, State
from tests.registers.test_registers import body_of, listing, row_url, rows_in
from tests.support.crowd import superuser
from tests.support.factories import REPORTER

REASON = "=Perlu menelepon karena alamatnya tidak jelas"
READERS = (Role.ADMIN.value, "superuser")
OTHERS = [role.value for role in Role if role != Role.ADMIN]


@pytest.fixture
def opened(office):
    complaint = office.complaint(to=State.STUDY)
    assert office.coordinator
    actions.reveal(complaint, office.operator, REASON)
    return complaint


def visit(client, office, who: str):
    client.force_login(superuser() if who == "superuser" else getattr(office, who))


@pytest.mark.parametrize("who", READERS)
def test_who_opened_which_identity_when_and_why(office, opened, client, who):
    visit(client, office, who)
    response = client.get(listing("vault"))
    assert rows_in(response) == {VaultOpening.objects.get().pk}
    text = response.content.decode()
    for word in (opened.ticket, office.operator.get_full_name(), REASON):
        assert word in text
    row = client.get(row_url("vault", VaultOpening.objects.get().pk)).content.decode()
    assert reverse("pengaduan_admin:inspect", args=[opened.pk]) in row
    assert REPORTER.name not in text + row


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_reads_the_register(office, opened, client, who):
    visit(client, office, who)
    row = row_url("vault", VaultOpening.objects.get().pk)
    for address in (listing("vault"), f"{listing('vault')}?export=csv", row):
        response = client.get(address)
        assert response.status_code == (404 if address == row else 302), address
        assert REASON not in body_of(response).decode()
    assert listing("vault") not in client.get("/admin/").content.decode()


def test_a_file_of_the_register_calculates_nothing_and_names_no_reporter(office, opened, client):
    visit(client, office, "superuser")
    text = body_of(client.get(listing("vault"), {"export": "csv"})).decode()
    assert f"'{REASON}" in text
    # The moment is the city's, so no heading may call it UTC.
    assert "Dibuka" in text.splitlines()[0]
    assert "UTC" not in text
    assert REPORTER.name not in text


@pytest.mark.parametrize("question", ["q=%00", "q=MJK", "from=kemarin", "from=0001-01-01", "o=99"])
def test_no_question_breaks_it(office, opened, client, question):
    visit(client, office, Role.ADMIN.value)
    assert client.get(f"{listing('vault')}?{question}").status_code == 200


def test_it_takes_the_same_queries_for_one_row_and_for_twenty(office, opened, client):
    visit(client, office, Role.ADMIN.value)
    client.get(listing("vault"))
    counts = []
    for more in (0, 20):
        for _time in range(more):
            actions.reveal(opened, office.operator, REASON)
        with CaptureQueriesContext(connection) as queries:
            client.get(listing("vault"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_other_things_that_were_logged_are_not_in_it(office, client):
    office.complaint(to=State.STUDY)
    visit(client, office, Role.ADMIN.value)
    assert rows_in(client.get(listing("vault"))) == set()


# The timeline, and the notice.


@pytest.mark.parametrize("who", ["operator", "head", "editor", "coordinator", "admin"])
def test_who_sees_the_complaint_reads_it_in_the_timeline(office, opened, client, who):
    visit(client, office, who)
    address = reverse("pengaduan_admin:inspect", args=[opened.pk])
    text = client.get(address).content.decode()
    assert REASON in text
    assert office.operator.get_full_name() in text


def test_the_coordinators_are_told_without_name_or_reason(office, opened):
    told = OutboxMessage.objects.filter(kind=OutboxMessage.Kind.VAULT)
    assert [message.recipient for message in told] == [office.coordinator]
    deliver_outbox()
    (letter,) = [m for m in mail.outbox if opened.ticket in m.subject and "identitas" in m.subject]
    assert letter.to == [office.coordinator.email]
    for word in (REASON[1:], REPORTER.name, office.operator.get_full_name()):
        assert word not in letter.body


def test_each_opening_is_told_of_again(office, opened):
    actions.reveal(opened, office.operator, "Diminta Inspektorat.")
    assert OutboxMessage.objects.filter(kind=OutboxMessage.Kind.VAULT).count() == 2


@pytest.mark.parametrize("reason", [f"Menelepon {REPORTER.name}", "Nomornya 0812-9999-0001", "  "])
def test_a_reason_holds_nothing_of_the_reporter(office, reason):
    complaint = office.complaint()
    with pytest.raises(NotNow):
        actions.reveal(complaint, office.operator, reason)
    assert not VaultOpening.objects.exists()
