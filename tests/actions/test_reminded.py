"""What stays to be seen of the coordinator's own reminder (SOP C1), for everybody concerned."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from pengaduan_app import actions, tasks
from pengaduan_app.models import OutboxMessage, Reminder
from tests.support.process import open_record

# 18.58 on a Monday in Mojokerto.
NOW = datetime(2026, 3, 2, 11, 58, tzinfo=UTC)
MESSAGE = "Mohon segera diverifikasi."


@pytest.fixture
def clock(office):
    office.operator, office.head  # noqa: B018  somebody to remind
    with time_machine.travel(NOW - timedelta(hours=3), tick=False) as frozen:
        yield frozen


@pytest.fixture
def reminded(clock, office):
    """A late complaint, of which the coordinator reminds at 18.58."""
    complaint = office.complaint()
    clock.move_to(NOW)
    actions.remind(complaint.pk, office.coordinator, MESSAGE)
    return complaint


def text_of(client, user, address: str) -> str:
    client.force_login(user)
    return client.get(address).content.decode()


def remind_url(complaint) -> str:
    return f"/admin/complaints/{complaint.pk}/remind/"


@pytest.mark.parametrize("address", ["/admin/", "/admin/complaints/{}/"])
def test_the_button_waits_for_the_end_of_the_pause_and_says_when(client, office, clock, address):
    complaint = office.complaint()
    address = address.format(complaint.pk)
    clock.move_to(NOW)
    assert remind_url(complaint) in text_of(client, office.coordinator, address)
    actions.remind(complaint.pk, office.coordinator, MESSAGE)
    text = text_of(client, office.coordinator, address)
    assert remind_url(complaint) not in text
    assert "Dapat diingatkan lagi pukul 19.03" in text
    clock.shift(timedelta(minutes=5))
    text = text_of(client, office.coordinator, address)
    assert remind_url(complaint) in text
    assert "Dapat diingatkan lagi" not in text


def test_the_coordinators_panel_says_when_an_agency_was_last_reminded(client, office, reminded):
    text = text_of(client, office.coordinator, "/admin/")
    assert "Terakhir diingatkan pukul 18.58" in text


@pytest.mark.parametrize("person", ["operator", "official", "head"])
def test_the_agency_reads_on_the_complaints_page_that_and_how_it_was_reminded(
    client, office, reminded, person
):
    text = text_of(client, getattr(office, person), f"/admin/complaints/{reminded.pk}/")
    assert "Diingatkan koordinator 18.58" in text
    assert MESSAGE in text
    assert "Dapat diingatkan lagi" not in text


def test_the_home_of_whose_step_it_is_says_so(client, office, reminded):
    assert "Diingatkan koordinator 18.58" in text_of(client, office.operator, "/admin/")


def test_on_another_day_the_date_stands_with_it(client, office, clock, reminded):
    clock.shift(timedelta(days=1))
    assert "Diingatkan koordinator 02-03-2026 18.58" in text_of(client, office.operator, "/admin/")


def test_the_next_step_was_not_reminded_of(client, office, reminded):
    actions.verify(reminded.pk, office.operator)
    for address in ("/admin/", f"/admin/complaints/{reminded.pk}/"):
        assert "Diingatkan koordinator" not in text_of(client, office.operator, address)


def test_the_form_calls_an_automatic_reminder_by_its_name(client, office, clock):
    complaint = office.complaint()
    clock.move_to(open_record(complaint).due_at)
    tasks.send_reminders()
    text = text_of(client, office.coordinator, remind_url(complaint))
    assert "<dt>Pengingat otomatis</dt>" in text
    assert "<dt>Lewat batas waktu</dt>" not in text


# In the registers.


def row_page(client, user, name: str, pk: int) -> str:
    return text_of(client, user, f"/admin/registers/{name}/inspect/{pk}/")


def test_the_reminders_row_names_who_was_told_and_what(client, office, reminded):
    reminder = Reminder.objects.get(kind="manual")
    text = row_page(client, office.coordinator, "reminders", reminder.pk)
    assert MESSAGE in text
    for person in (office.operator, office.head):
        assert person.get_full_name() in text
        assert person.email not in text


def test_a_mail_of_reminders_names_the_tickets_that_its_reader_may_see(
    client, office, other_office, reminded
):
    """Somebody who serves two agencies gets one mail; each agency sees its own tickets in it."""
    theirs = other_office.complaint()
    office.operator.groups.add(other_office.agency.group)
    actions.remind(theirs.pk, office.coordinator)
    digest = OutboxMessage.objects.get(kind="reminder", recipient=office.operator)
    city = row_page(client, office.coordinator, "outbox", digest.pk)
    assert reminded.ticket in city
    assert theirs.ticket in city
    own = row_page(client, office.head, "outbox", digest.pk)
    assert reminded.ticket in own
    assert theirs.ticket not in own


@pytest.mark.parametrize("register", ["reminders", "outbox"])
def test_what_is_held_back_is_not_called_sent(client, office, clock, register):
    """A mail went at 18.58, so the next one waits until 19.08."""
    first, second = office.complaint(), office.complaint()
    clock.move_to(NOW)
    actions.remind(first.pk, office.coordinator)
    tasks.deliver_outbox()
    clock.shift(timedelta(minutes=1))
    actions.remind(second.pk, office.coordinator)
    address = f"/admin/registers/{register}/"
    assert "menunggu sampai 19.08" in text_of(client, office.coordinator, address)
    clock.shift(timedelta(minutes=9))
    assert "menunggu dikirim" in text_of(client, office.coordinator, address)
    tasks.deliver_outbox()
    text = text_of(client, office.coordinator, address)
    assert "menunggu dikirim" not in text
    assert "menunggu sampai" not in text
