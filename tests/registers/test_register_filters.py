"""What the registers can be asked: filters, malformed questions, and at what cost."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pengaduan_app import actions
from pengaduan_app.models import OutboxMessage, Reminder, StepRecord
from pengaduan_app.procedure.sop import Outcome, State, Step
from tests.desk.test_home_panel import many_complaints, queries_of
from tests.registers.test_registers import REGISTERS, body_of, listing, rows_in
from tests.support.crowd import superuser


def test_each_filter_narrows_to_what_it_says(office, other_office, client):
    direct = office.complaint(to=State.VERIFIED)
    actions.answer(direct.pk, office.operator, "<p>Sudah kami perbaiki.</p>")
    other_office.complaint()
    client.force_login(office.coordinator)
    rows = StepRecord.objects
    everything = set(rows.values_list("pk", flat=True))
    day = rows.first().started_at.date().isoformat()
    cases = [
        ({"step": Step.A4.value}, rows.filter(judged_as="A4")),
        ({"step": Step.A2.value}, rows.none()),
        ({"step": Step.B1.value}, rows.open().filter(step="B1")),
        ({"agency": other_office.agency.pk}, rows.filter(agency=other_office.agency)),
        ({"outcome": Outcome.ANSWERED.value}, rows.filter(outcome="answered")),
        ({"late": "no"}, rows.filter(late=False)),
        ({"late": "yes"}, rows.none()),
        ({"late": "open"}, rows.open()),
        ({"late": "overdue"}, rows.none()),
        ({"from": "2020-01-01", "to": "2020-12-31"}, rows.none()),
        ({"from": day, "to": "2999-01-01"}, rows.all()),
    ]
    for query, expected in cases:
        shown = rows_in(client.get(listing("steps"), query))
        assert shown == set(expected.values_list("pk", flat=True)), query
    assert len(everything) == 4


def test_reminders_and_messages_have_filters_of_their_own(office, other_office, client):
    complaints = office.complaint(), other_office.complaint()
    for complaint in complaints:
        actions.remind(complaint.pk, office.coordinator)
    OutboxMessage.objects.filter(complaint=complaints[0]).update(last_error="SMTPException")
    client.force_login(office.coordinator)
    reminders, messages = Reminder.objects, OutboxMessage.objects
    agency = other_office.agency
    cases = [
        ("reminders", {"step": "A1"}, reminders.all()),
        ("reminders", {"step": "A2"}, reminders.none()),
        ("reminders", {"agency": agency.pk}, reminders.filter(step__agency=agency)),
        ("reminders", {"kind": "manual"}, reminders.all()),
        ("reminders", {"kind": "near"}, reminders.none()),
        ("reminders", {"to": "2020-01-01"}, reminders.none()),
        ("outbox", {"kind": "received"}, messages.filter(kind="received")),
        ("outbox", {"agency": agency.pk}, messages.filter(complaint__agency=agency)),
        ("outbox", {"sent": "yes"}, messages.none()),
        ("outbox", {"sent": "no"}, messages.all()),
        ("outbox", {"sent": "failed"}, messages.filter(complaint=complaints[0])),
    ]
    for name, query, expected in cases:
        shown = rows_in(client.get(listing(name), query))
        assert shown == set(expected.values_list("pk", flat=True)), (name, query)


@pytest.mark.parametrize("name", REGISTERS)
@pytest.mark.parametrize(
    "query",
    [
        {"step": "Z9"},
        {"agency": "abc"},
        {"agency": "9" * 30},
        {"from": "kemarin", "to": "0001-01-01"},
        {"to": "9999-12-31"},
        {"late": "entah", "outcome": "x", "kind": "x", "sent": "x"},
        {"o": "abc"},
        {"o": "99.-98"},
        {"p": "9999"},
        {"p": "x"},
        {"q": "\x00"},
        {"export": "pdf"},
        {"tidak__ada": "1"},
    ],
)
def test_a_malformed_question_never_breaks_a_register(office, client, name, query):
    office.complaint()
    client.force_login(office.coordinator)
    assert client.get(listing(name), query).status_code == 200


@pytest.mark.parametrize("pk", ["0", "999999", "9" * 30, "abc"])
def test_a_row_that_is_not_there_is_not_found(office, client, pk):
    client.force_login(superuser())
    assert client.get(f"/admin/registers/steps/inspect/{pk}/").status_code == 404


# Cheap.


@pytest.mark.parametrize("person", ["operator", "coordinator"])
def test_a_register_takes_the_same_queries_for_10_rows_and_for_100(office, client, person):
    client.force_login(getattr(office, person))
    many_complaints(office.agency, 10)
    few = queries_of(client, listing("steps"))
    many_complaints(office.agency, 90)
    assert queries_of(client, listing("steps")) <= few + 1


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_takes_few_queries(office, client, form):
    many_complaints(office.agency, 60)
    client.force_login(office.coordinator)
    with CaptureQueriesContext(connection) as captured:
        body = body_of(client.get(listing("steps"), {"export": form}))
    assert body
    assert len(captured) <= 8
