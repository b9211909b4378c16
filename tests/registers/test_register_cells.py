"""What stands in a register's cells and files, and where its days begin and end."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from openpyxl import load_workbook

from pengaduan_app import actions, tasks
from pengaduan_app.models import OutboxMessage, Reminder
from pengaduan_app.procedure.sop import State
from tests.registers.test_registers import body_of, listing, row_url, rows_in
from tests.support.factories import UserFactory

WIB = ZoneInfo("Asia/Jakarta")
NINE = datetime(2026, 3, 2, 9, 0, tzinfo=WIB)


@pytest.fixture
def clock(city):
    with time_machine.travel(NINE, tick=False) as frozen:
        yield frozen


def sheet(client, name: str, **query) -> list[dict]:
    """A register's CSV file, row by row under its headings."""
    text = body_of(client.get(listing(name), {"export": "csv", **query})).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (datetime(2026, 3, 1, 16, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 3, 1, 17, tzinfo=UTC), True),
        (datetime(2026, 3, 3, 16, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 3, 3, 17, tzinfo=UTC), False),
    ],
)
@pytest.mark.parametrize("name", ["steps", "reminders", "outbox"])
def test_both_days_of_a_period_belong_to_it_on_the_citys_clock(office, client, name, moment, shown):
    with time_machine.travel(moment, tick=False):
        complaint = office.complaint()
        actions.remind(complaint.pk, office.coordinator)
    client.force_login(office.coordinator)
    found = rows_in(client.get(listing(name), {"from": "2026-03-02", "to": "2026-03-03"}))
    assert bool(found) == shown


@pytest.mark.parametrize(
    ("after", "overdue"),
    [(timedelta(minutes=30), False), (timedelta(minutes=30, seconds=1), True)],
)
def test_an_open_step_is_overdue_from_the_second_after_its_time(
    office, client, clock, after, overdue
):
    complaint = office.complaint()
    record = complaint.steps.get()
    clock.shift(after)
    client.force_login(office.operator)
    assert rows_in(client.get(listing("steps"), {"late": "open"})) == {record.pk}
    found = rows_in(client.get(listing("steps"), {"late": "overdue"}))
    assert found == ({record.pk} if overdue else set())
    [row] = sheet(client, "steps")
    assert ("berjalan, lewat batas waktu" in row.values()) == overdue


def test_a_step_that_ended_late_is_never_called_open(office, client, clock):
    complaint = office.complaint()
    clock.shift(timedelta(minutes=31))
    actions.verify(complaint.pk, office.operator)
    closed = complaint.steps.closed().get()
    client.force_login(office.operator)
    assert rows_in(client.get(listing("steps"), {"late": "yes"})) == {closed.pk}
    assert rows_in(client.get(listing("steps"), {"late": "overdue"})) == set()
    assert closed.pk not in rows_in(client.get(listing("steps"), {"late": "no"}))


def test_a_step_is_found_as_it_was_judged_and_not_as_it_began(office, client, clock):
    """A direct answer (A4) closes what was open as A2."""
    complaint = office.complaint(State.VERIFIED)
    actions.answer(complaint.pk, office.operator, "<p>Sudah kami perbaiki.</p>")
    record = complaint.steps.get(judged_as="A4")
    assert record.step == "A2"
    client.force_login(office.operator)
    assert rows_in(client.get(listing("steps"), {"step": "A4"})) == {record.pk}
    assert record.pk not in rows_in(client.get(listing("steps"), {"step": "A2"}))


def test_a_file_has_moments_on_the_citys_clock_and_names_who_did_it(office, client, clock):
    complaint = office.complaint()
    clock.shift(timedelta(minutes=12, seconds=34))
    actions.verify(complaint.pk, office.operator)
    client.force_login(office.operator)
    book = load_workbook(io.BytesIO(body_of(client.get(listing("steps"), {"export": "xlsx"}))))
    headings, *rows = book.active.values
    values = [row for row in rows if office.operator.get_full_name() in row]
    assert len(values) == 1
    assert datetime(2026, 3, 2, 9, 0) in values[0]
    assert datetime(2026, 3, 2, 9, 12, 34) in values[0]
    assert all(heading[0] == heading[0].upper() for heading in headings)


def test_a_file_holds_the_rows_that_were_asked_for(office, other_office, client, clock):
    own, foreign = office.complaint(), other_office.complaint()
    client.force_login(office.coordinator)
    found = sheet(client, "steps", agency=other_office.agency.pk)
    tickets = {value for row in found for value in row.values()}
    assert foreign.ticket in tickets and own.ticket not in tickets


def test_an_agencys_name_is_its_short_one_where_it_has_one(office, other_office, client, clock):
    other_office.agency.short_name = ""
    other_office.agency.save()
    office.complaint()
    other_office.complaint()
    client.force_login(office.coordinator)
    values = {value for row in sheet(client, "steps") for value in row.values()}
    assert office.agency.short_name in values and other_office.agency.name in values


@pytest.mark.parametrize("who", ["somebody without a role", "somebody who has left"])
def test_who_has_no_part_in_the_procedure_reads_no_row(office, client, clock, who):
    office.complaint()
    user = UserFactory(is_staff=True)
    if who == "somebody who has left":
        user = office.operator
        client.force_login(user)
        user.is_active = False
        user.save()
    else:
        client.force_login(user)
    assert client.get(listing("steps")).status_code != 200


# Reminders.


def test_a_reminder_says_whether_it_waits_was_sent_or_was_passed_over(office, client, clock):
    complaint = office.complaint()
    assert office.operator.email
    actions.remind(complaint.pk, office.coordinator)
    reminder = Reminder.objects.get()
    client.force_login(office.coordinator)
    url = row_url("reminders", reminder.pk)
    assert "menunggu dikirim" in client.get(url).content.decode()
    OutboxMessage.objects.update(sent_at=NINE)
    assert "menunggu dikirim" not in client.get(url).content.decode()
    Reminder.objects.update(passed_over=True)
    assert "pengingat yang lebih baru" in client.get(url).content.decode()


def test_a_message_that_is_held_till_morning_says_until_when(office, client, clock):
    office.complaint()
    OutboxMessage.objects.update(send_after=NINE + timedelta(hours=2), sent_at=None)
    client.force_login(office.coordinator)
    text = client.get(listing("outbox")).content.decode()
    assert "11.00" in text
    clock.shift(timedelta(hours=2))
    assert "11.00" not in client.get(listing("outbox")).content.decode()


def test_an_automatic_reminder_was_given_by_nobody(office, client, clock):
    complaint = office.complaint()
    clock.shift(timedelta(minutes=25))
    tasks.send_reminders()
    assert Reminder.objects.filter(by=None, step__complaint=complaint).exists()
    client.force_login(office.coordinator)
    values = {value for row in sheet(client, "reminders") for value in row.values()}
    assert "otomatis" in values
    assert office.coordinator.get_full_name() not in values


# Whose messages: about an agency's steps, to its reporters, and digests of its people.


def test_an_agency_reads_of_the_outbox_what_concerns_it(office, other_office, client, clock):
    made = {}
    for each in (office, other_office):
        complaint = each.complaint()
        assert each.operator.email
        actions.remind(complaint.pk, office.coordinator)
        digest = OutboxMessage.objects.create(
            kind=OutboxMessage.Kind.RECEIVED,
            key=f"ringkasan-{each.agency.slug}",
            recipient=each.head,
            created_at=NINE,
            send_after=NINE,
        )
        about = OutboxMessage.objects.filter(complaint=complaint)
        made[each] = {digest.pk, *about.values_list("pk", flat=True)}
    client.force_login(office.operator)
    mine = rows_in(client.get(listing("outbox")))
    assert made[office] <= mine
    assert not made[other_office] & mine
