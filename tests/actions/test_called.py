"""SOP A7: what an agency that is called to coordinate is told, where, and for how long."""

from __future__ import annotations

import pytest

from pengaduan_app import actions
from pengaduan_app.actions import NotNow
from pengaduan_app.messaging.emails import compose
from pengaduan_app.models import Complaint, OutboxMessage
from pengaduan_app.procedure.sop import AGENCY_ROLES, Role, State
from tests.desk.test_home_panel import tickets_in
from tests.support.factories import REPORTER
from tests.support.process import may_edit

QUESTION = "Siapa pemilik tiang di depan balai?"
ROLES = sorted(AGENCY_ROLES)


@pytest.fixture
def called(office, other_office) -> Complaint:
    """A complaint on which the head has just called the other agency."""
    for role in ROLES:
        other_office.person(role)
    complaint = office.complaint(to=State.DECISION)
    actions.coordinate(complaint.pk, office.head, [other_office.agency], QUESTION)
    complaint.refresh_from_db()
    return complaint


def opened(client, user, complaint):
    client.force_login(user)
    return client.get(f"/admin/complaints/{complaint.pk}/")


@pytest.mark.parametrize("role", ROLES)
def test_the_called_agencys_home_shows_it_until_coordination_is_over(
    office, other_office, called, client, role
):
    client.force_login(other_office.person(role))
    home = client.get("/admin/")
    assert "Diminta berkoordinasi" in home.content.decode()
    assert tickets_in(home) == [called.ticket]
    actions.approve(called.pk, office.head)
    assert "Diminta berkoordinasi" not in client.get("/admin/").content.decode()


@pytest.mark.parametrize("person", ["operator", "official", "head", "coordinator"])
def test_nobody_elses_home_speaks_of_being_asked(office, called, client, person):
    client.force_login(getattr(office, person))
    assert "Diminta berkoordinasi" not in client.get("/admin/").content.decode()


@pytest.mark.parametrize("role", ROLES)
def test_the_called_agency_reads_what_the_head_asks_while_it_lasts(
    office, other_office, called, client, role
):
    text = opened(client, other_office.person(role), called).content.decode()
    assert f"{office.agency} meminta perangkat daerah Anda" in text
    assert QUESTION in text
    wanted = "Tulis masukan Anda" if role == Role.OFFICIAL else "Pejabat perangkat daerah Anda"
    assert wanted in text
    actions.approve(called.pk, office.head)
    assert opened(client, other_office.person(role), called).status_code == 404


@pytest.mark.parametrize("role", ROLES)
def test_of_the_called_agency_officials_alone_write(other_office, called, role):
    assert may_edit(other_office.person(role), called) == (role == Role.OFFICIAL)


def test_everybody_sees_with_whom_the_head_coordinates(office, other_office, called, client):
    text = opened(client, office.operator, called).content.decode()
    assert "Berkoordinasi dengan" in text
    assert str(other_office.agency) in text
    assert "meminta perangkat daerah Anda" not in text


def test_the_mail_brings_the_question_and_says_where_to_write(called):
    body = compose(OutboxMessage.objects.get(kind="coordination")).body
    assert QUESTION in body
    assert "Buka halaman jawaban" in body
    for secret in (REPORTER.name, REPORTER.phone, REPORTER.email, called.subject, called.body):
        assert secret not in body


def test_the_called_agencys_operator_cannot_join_her_own_complaint_with_it(other_office, called):
    own = other_office.complaint()
    with pytest.raises(NotNow, match="dipegang perangkat daerah Anda"):
        actions.duplicate(own.pk, other_office.operator, called)


def test_a_mail_that_waited_until_the_coordination_was_over_is_not_sent(office, called):
    messages = OutboxMessage.objects.filter(kind="coordination")
    actions.approve(called.pk, office.head)
    assert [compose(message) for message in messages] == [None] * messages.count() != []


def test_what_the_head_asks_holds_nothing_of_the_reporter(office, other_office):
    complaint = office.complaint(to=State.DECISION)
    for note in (f"Tanya {REPORTER.name} saja.", f"Teleponnya {REPORTER.phone}."):
        with pytest.raises(NotNow):
            actions.coordinate(complaint.pk, office.head, [other_office.agency], note)
    complaint.refresh_from_db()
    assert complaint.state == State.DECISION
