"""The weekly letter: once a week, to coordinators and heads, with what everybody may read."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core import mail

from pengaduan_app import tasks
from pengaduan_app.messaging import deliver_outbox
from pengaduan_app.models import OutboxMessage, ReminderSettings, StatisticsSnapshot
from pengaduan_app.operations import schedules
from pengaduan_app.procedure import WIB
from pengaduan_app.statistics import refresh
from tests.support.factories import UserFactory

MONDAY = datetime(2026, 3, 2, 7, 40, tzinfo=WIB)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def line(name: str, rank: int | None, kept: int = 9, steps: int = 10) -> dict:
    return {"name": name, "rank": rank, "steps": steps, "steps_in_time": kept, "closed": 12}


@pytest.fixture
def clock(office):
    with time_machine.travel(MONDAY, tick=False) as frozen:
        lines = [line(office.agency.name, 1, 98, 100), line("Dinas Lain", 2), line("Baru", None)]
        StatisticsSnapshot.objects.create(
            pk=StatisticsSnapshot.ROW, made_at=MONDAY, figures={"agencies": lines}
        )
        office.head, office.coordinator, office.operator, office.editor  # noqa: B018
        yield frozen


def letters():
    return OutboxMessage.objects.filter(kind="league")


def test_coordinators_and_heads_read_the_table_and_heads_their_own_rank(office, clock):
    assert tasks.send_league() == 2
    deliver_outbox()
    told = {message.to[0]: message for message in mail.outbox}
    assert set(told) == {office.head.email, office.coordinator.email}
    body = told[office.head.email].body
    assert f"1. {office.agency.name}: 98%" in body and "2. Dinas Lain: 90%" in body
    assert "Baru" not in body
    assert f"{office.agency.name} berada pada peringkat 1 dari 2." in body
    assert "berada pada peringkat" not in told[office.coordinator.email].body
    assert "/statistik/" in body
    assert told[office.head.email].subject == "Peringkat perangkat daerah minggu ini"


def test_not_twice_for_one_week_however_often_the_cluster_runs(office, clock):
    tasks.send_league()
    for _hour in range(6):
        clock.shift(20 * HOUR)
        assert tasks.send_league() == 0
    # Not for who comes later in the week, either.
    assert letters().count() == 2
    clock.move_to(MONDAY + 7 * DAY)
    assert tasks.send_league() == 2


@pytest.mark.parametrize(
    ("at", "quiet", "sent"),
    [
        (MONDAY.replace(hour=6, minute=59), False, 0),
        (MONDAY.replace(hour=7, minute=0), False, 2),
        # The office opens at half past seven.
        (MONDAY.replace(hour=7, minute=0), True, 0),
        (MONDAY, True, 2),
        # A site that was down on Monday: the first moment at which it may.
        (MONDAY + 2 * DAY, True, 2),
        (MONDAY + 5 * DAY, True, 0),
        (MONDAY + 5 * DAY, False, 2),
    ],
)
def test_it_waits_for_monday_morning_and_for_the_office_where_the_site_is_quiet(
    office, clock, at, quiet, sent
):
    ReminderSettings.objects.create(quiet_outside_hours=quiet)
    clock.move_to(at)
    assert tasks.send_league() == sent


def test_it_can_be_switched_off(office, clock):
    ReminderSettings.objects.create(weekly_league=False)
    assert tasks.send_league() == 0
    assert not letters().exists()


@pytest.mark.parametrize("figures", [None, {}, {"agencies": [line("Baru", None)]}])
def test_where_no_agency_is_compared_there_is_no_letter(office, clock, figures):
    StatisticsSnapshot.objects.all().delete()
    if figures is not None:
        StatisticsSnapshot.objects.create(
            pk=StatisticsSnapshot.ROW, made_at=MONDAY, figures=figures
        )
    assert tasks.send_league() == 0


def test_who_has_left_or_has_no_address_gets_none(office, clock):
    office.head.email = ""
    office.head.save()
    UserFactory(role="coordinator", is_active=False)
    assert tasks.send_league() == 1
    assert letters().get().recipient == office.coordinator


def test_it_holds_what_the_statistics_hold_and_nothing_of_a_complaint(office, clock):
    complaint = office.complaint(subject="Zqrahasia di balai")
    refresh()
    figures = StatisticsSnapshot.current().figures
    figures["agencies"] = [line(office.agency.name, 1)]
    StatisticsSnapshot.objects.update(figures=figures)
    tasks.send_league()
    deliver_outbox()
    body = next(m.body for m in mail.outbox if office.coordinator.email in m.to and "1." in m.body)
    found = [w for w in ("Zqrahasia", complaint.ticket, "Wulan", "0812") if w in body]
    assert found == []


def test_the_cluster_sends_it_by_itself(db):
    assert schedules.SCHEDULES["pengaduan: weekly letter"] == ("send_league", 60)
