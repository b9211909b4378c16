"""Health to the second: from when silence, a waiting message and a late reminder count."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command

from pengaduan_app.models import Agency, AgencyPage, Heartbeat, NextReminder, OutboxMessage
from pengaduan_app.operations import health
from pengaduan_app.operations.sections import ensure_section
from tests.support.factories import AgencyFactory

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)


@pytest.fixture
def clock(office):
    """Noon of a working day; the cluster has just worked and the outbox is empty."""
    with time_machine.travel(NOON, tick=False) as frozen:
        health.beat()
        NextReminder.objects.all().delete()
        yield frozen


def message(complaint, *, created: timedelta, turn: timedelta, sent=None, key="x") -> None:
    OutboxMessage.objects.create(
        complaint=complaint,
        kind=OutboxMessage.Kind.RECEIVED,
        key=key,
        created_at=NOON - created,
        send_after=NOON - turn,
        sent_at=None if sent is None else NOON - sent,
    )


@pytest.fixture
def complaint(office, clock):
    """A complaint of which every mail has gone out."""
    found = office.complaint()
    OutboxMessage.objects.all().delete()
    NextReminder.objects.update(remind_at=None)
    return found


SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@pytest.mark.parametrize(("after", "alive"), [(2 * MINUTE, True), (2 * MINUTE + SECOND, False)])
def test_the_cluster_is_silent_after_two_minutes(complaint, clock, after, alive):
    clock.shift(after)
    assert health.examine().cluster == alive
    assert health.is_silent(NOON, NOON + after) != alive


@pytest.mark.parametrize(
    ("created", "turn", "alive"),
    [
        # Its turn came, and nobody took it up.
        (10 * MINUTE, 10 * MINUTE, True),
        (11 * MINUTE, 10 * MINUTE + SECOND, False),
        # It is tried again and again, and nothing got out since it came.
        (HOUR, -MINUTE, True),
        (HOUR + SECOND, -MINUTE, False),
    ],
)
def test_the_outbox_stands_still_after_so_long(complaint, created, turn, alive):
    message(complaint, created=created, turn=turn)
    assert health.examine().outbox == alive


@pytest.mark.parametrize(("sent", "alive"), [(2 * HOUR, True), (2 * HOUR + SECOND, False)])
def test_what_was_sent_since_the_oldest_came_shows_that_mail_gets_out(complaint, sent, alive):
    message(complaint, created=2 * HOUR, turn=-MINUTE)
    message(complaint, created=3 * HOUR, turn=3 * HOUR, sent=sent, key="y")
    assert health.examine().outbox == alive


def test_a_message_that_waits_for_morning_is_no_alarm(complaint):
    message(complaint, created=MINUTE, turn=-8 * HOUR)
    report = health.examine()
    assert report.alive and report.oldest_unsent == MINUTE


@pytest.mark.parametrize(
    ("due", "alive", "waits"),
    [
        (-SECOND, True, None),
        (timedelta(), True, timedelta()),
        (10 * MINUTE, True, 10 * MINUTE),
        (10 * MINUTE + SECOND, False, 10 * MINUTE + SECOND),
    ],
)
def test_a_reminder_is_late_after_ten_minutes(complaint, due, alive, waits):
    NextReminder.objects.update(remind_at=NOON - due)
    report = health.examine()
    assert (report.reminders, report.oldest_due_step) == (alive, waits)


def test_a_step_that_waits_for_no_reminder_is_none(complaint):
    report = health.examine()
    assert report.alive and report.oldest_due_step is None and report.oldest_unsent is None


@pytest.mark.parametrize("part", ["cluster", "outbox", "reminders"])
def test_one_part_that_fails_is_enough_and_is_named_alone(complaint, client, clock, part):
    if part == "cluster":
        Heartbeat.objects.all().delete()
    elif part == "outbox":
        message(complaint, created=HOUR, turn=HOUR)
    else:
        NextReminder.objects.update(remind_at=NOON - HOUR)
    response = client.get("/healthz/")
    body = response.json()
    failing = {
        name for name in ("database", "cluster", "outbox", "reminders") if body[name] != "ok"
    }
    assert (response.status_code, failing) == (503, {part})
    assert client.get("/healthz/?only=database").status_code == 200
    assert client.get("/healthz/?only=cluster").status_code == 503


def test_the_command_says_how_long_what_has_waited(complaint, capsys):
    message(complaint, created=90 * MINUTE, turn=5 * MINUTE)
    NextReminder.objects.update(remind_at=NOON - 7 * MINUTE)
    with pytest.raises(SystemExit):
        call_command("health")
    told = capsys.readouterr().out
    assert "last heartbeat: 2026-03-02 12:00:00 WIB" in told
    assert "oldest unsent message: 1:30:00" in told
    assert "oldest step due for a reminder: 0:07:00" in told
    assert "reminders  alive" in told and "outbox     NOT ALIVE" in told


def test_the_command_says_that_nothing_waits_and_that_nothing_ever_beat(complaint, capsys):
    Heartbeat.objects.all().delete()
    with pytest.raises(SystemExit):
        call_command("health")
    told = capsys.readouterr().out
    assert "last heartbeat: never" in told
    assert told.count("none waits") == 2


def test_setting_up_expects_heartbeats_and_forges_none(complaint, clock):
    clock.shift(HOUR)
    health.expect_heartbeats()
    assert health.last_heartbeat() == NOON
    Heartbeat.objects.all().delete()
    health.expect_heartbeats()
    assert health.last_heartbeat() == NOON + HOUR


# An agency's group and section.


def test_an_agencys_section_follows_its_name_and_address(city):
    agency = AgencyFactory(name="Dinas Lama", slug="dinas-lama")
    section = AgencyPage.objects.get(agency=agency)
    agency.name, agency.slug = "Dinas Baru", "dinas-baru"
    agency.save()
    section.refresh_from_db()
    agency.refresh_from_db()
    assert (section.title, section.draft_title, section.slug) == (
        "Dinas Baru", "Dinas Baru", "dinas-baru",
    )  # fmt: skip
    assert section.url.endswith("/dinas-baru/") and agency.group.name == "Dinas Baru"
    assert AgencyPage.objects.filter(agency=agency).count() == 1


def test_making_a_section_again_changes_nothing(city):
    agency = AgencyFactory()
    before = list(AgencyPage.objects.values())
    permissions = agency.group.page_permissions.count()
    ensure_section(agency)
    ensure_section(Agency.objects.get(pk=agency.pk))
    assert list(AgencyPage.objects.values()) == before
    assert agency.group.page_permissions.count() == permissions == 1


def test_an_agencys_people_may_change_pages_of_their_own_section_and_no_more(city):
    agency, other = AgencyFactory(), AgencyFactory()
    [granted] = agency.group.page_permissions.select_related("permission", "page")
    assert granted.permission.codename == "change_page"
    assert granted.page_id == AgencyPage.objects.get(agency=agency).pk
    assert granted.page_id != other.group.page_permissions.get().page_id
