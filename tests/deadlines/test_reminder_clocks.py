"""When reminders come on each of the three clocks, in quiet hours, and when hours change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from pengaduan_app import actions, tasks
from pengaduan_app.models import DayOff, OfficeHours, Reminder, ReminderSettings, StepLimit
from pengaduan_app.procedure.sop import State, Step
from tests.support.calendar_dates import DAYS, ELAPSED, HOURS, wib
from tests.support.process import next_reminder, open_record

PAST = datetime(2020, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
# A Friday, 2 hours before its long break; the Monday after it is a day off.
STARTED = wib("2026-02-27 09:30")
MONDAY_OFF = date(2026, 3, 2)
# An office day: the limit of each table below.
LIMIT = 450


@pytest.fixture
def clock():
    with time_machine.travel(STARTED, tick=False) as frozen:
        yield frozen


def on_the_clock(kind, step=Step.A1, minutes=LIMIT) -> None:
    StepLimit.objects.create(step=step, minutes=minutes, clock=kind, valid_from=PAST)


def be_quiet(**chosen) -> None:
    ReminderSettings.objects.create(quiet_outside_hours=True, **chosen)


def never_close(agency) -> None:
    agency.around_the_clock = True
    agency.save()


def spoken(complaint) -> list[tuple[int, datetime]]:
    rows = Reminder.objects.filter(step=open_record(complaint), passed_over=False)
    return list(rows.order_by("stage").values_list("stage", "created_at"))


def passed_over(complaint) -> list[int]:
    rows = Reminder.objects.filter(step=open_record(complaint), passed_over=True)
    return list(rows.order_by("stage").values_list("stage", flat=True))


# Each stage on each clock: 80, 100, 150, 200 and 300 % of an office day from STARTED on.

NIGHT_AND_DAY = {
    1: "2026-02-27 15:30",
    2: "2026-02-27 17:00",
    3: "2026-02-27 20:45",
    4: "2026-02-28 00:30",
    5: "2026-02-28 08:00",
}
IN_OFFICE_HOURS = {
    1: "2026-03-03 08:00",
    2: "2026-03-03 09:30",
    3: "2026-03-03 14:15",
    4: "2026-03-04 09:30",
    5: "2026-03-05 09:30",
}
ON_OFFICE_DAYS = {**NIGHT_AND_DAY, 4: "2026-03-03 00:30", 5: "2026-03-03 08:00"}


@pytest.mark.parametrize(
    ("kind", "quiet", "awake", "expected"),
    [
        (ELAPSED, False, False, NIGHT_AND_DAY),
        (HOURS, False, False, IN_OFFICE_HOURS),
        (DAYS, False, False, ON_OFFICE_DAYS),
        # Held back from closing time on; on Tuesday morning the newest stage speaks.
        (ELAPSED, True, False, {1: NIGHT_AND_DAY[1], 5: "2026-03-03 07:30"}),
        (HOURS, True, False, IN_OFFICE_HOURS),
        (DAYS, True, False, {1: NIGHT_AND_DAY[1], 4: "2026-03-03 07:30", 5: "2026-03-03 08:00"}),
        # An agency that never closes has no quiet hours, and its service hours are all hours.
        (ELAPSED, True, True, NIGHT_AND_DAY),
        (HOURS, True, True, NIGHT_AND_DAY),
        (DAYS, True, True, NIGHT_AND_DAY),
    ],
)
def test_every_stage_comes_at_its_moment(clock, office, kind, quiet, awake, expected):
    DayOff.objects.create(date=MONDAY_OFF, name="Libur")
    on_the_clock(kind)
    ReminderSettings.objects.create(quiet_outside_hours=quiet)
    if awake:
        never_close(office.agency)
    complaint = office.complaint()
    while timezone.now() < wib("2026-03-05 12:00"):
        tasks.send_reminders()
        clock.shift(15 * MINUTE)
    assert spoken(complaint) == [(stage, wib(at)) for stage, at in expected.items()]
    assert passed_over(complaint) == [stage for stage in range(1, 6) if stage not in expected]


@pytest.mark.parametrize("kind", [ELAPSED, HOURS, DAYS])
@pytest.mark.parametrize(("stage", "percent"), [(1, 80), (2, 100), (3, 150), (4, 200), (5, 300)])
def test_no_stage_comes_a_second_early(clock, office, kind, stage, percent):
    DayOff.objects.create(date=MONDAY_OFF, name="Libur")
    on_the_clock(kind)
    complaint = office.complaint()
    table = {ELAPSED: NIGHT_AND_DAY, HOURS: IN_OFFICE_HOURS, DAYS: ON_OFFICE_DAYS}[kind]
    clock.move_to(wib(table[stage]) - timedelta(seconds=1))
    tasks.send_reminders()
    assert stage not in dict(spoken(complaint))
    clock.shift(timedelta(seconds=1))
    tasks.send_reminders()
    assert spoken(complaint)[-1] == (stage, wib(table[stage]))


# Quiet hours, by the step's own office.


@pytest.mark.parametrize(
    ("due", "told"),
    [
        ("2026-02-23 10:00", "2026-02-23 10:00"),
        ("2026-02-23 06:00", "2026-02-23 07:30"),
        ("2026-02-23 07:30", "2026-02-23 07:30"),
        ("2026-02-23 00:00", "2026-02-23 07:30"),
        # The break, from its first minute to its last.
        ("2026-02-23 11:59", "2026-02-23 11:59"),
        ("2026-02-23 12:00", "2026-02-23 13:00"),
        ("2026-02-23 12:59", "2026-02-23 13:00"),
        ("2026-02-23 13:00", "2026-02-23 13:00"),
        # The last minute of the day, and closing time itself.
        ("2026-02-23 15:59", "2026-02-23 15:59"),
        ("2026-02-23 16:00", "2026-02-24 07:30"),
        # Friday closes later; its evening, Saturday and Sunday wait for Monday.
        ("2026-02-27 16:15", "2026-02-27 16:15"),
        ("2026-02-27 23:00", "2026-03-02 07:30"),
        ("2026-02-28 12:00", "2026-03-02 07:30"),
        ("2026-03-01 23:59", "2026-03-02 07:30"),
        # The eve of a day off.
        ("2026-03-03 18:00", "2026-03-05 07:30"),
    ],
)
def test_a_quiet_site_reminds_in_office_hours_alone(clock, office, due, told):
    DayOff.objects.create(date=date(2026, 3, 4), name="Libur")
    be_quiet(near_percent=99)
    clock.move_to(wib(due) - 30 * MINUTE)
    complaint = office.complaint()
    if due != told:
        for moment in (wib(due), wib(told) - MINUTE):
            clock.move_to(moment)
            tasks.send_reminders()
            assert spoken(complaint) == []
    clock.move_to(wib(told))
    tasks.send_reminders()
    [(stage, at)] = spoken(complaint)
    assert (stage >= 2, at) == (True, wib(told))


@pytest.mark.parametrize(
    ("state", "disturbed"), [(State.RECEIVED, True), (State.EDITING, False), (State.ROUTING, False)]
)
def test_an_agency_that_never_closes_wakes_nobody_of_the_citys_offices(
    clock, office, state, disturbed
):
    """The hospital's own steps are reminded of at night; Humas sleeps over its answers."""
    be_quiet()
    never_close(office.agency)
    clock.move_to(wib("2026-02-27 21:00"))
    complaint = office.complaint(to=state)
    clock.move_to(open_record(complaint).due_at)
    tasks.send_reminders()
    assert bool(spoken(complaint)) == disturbed


def test_what_passed_while_reminders_were_off_is_not_made_up_for_in_the_morning(clock, office):
    """Off means off: quiet hours hold nothing back for later then."""
    be_quiet(enabled=False)
    clock.move_to(wib("2026-02-23 10:00"))
    complaint = office.complaint(to=State.STUDY)
    # 80 % of its day are over before the office opens.
    clock.move_to(wib("2026-02-24 05:12"))
    assert tasks.send_reminders() == 1
    assert next_reminder(complaint) == open_record(complaint).due_at
    ReminderSettings.objects.update(enabled=True)
    clock.move_to(wib("2026-02-24 07:30"))
    tasks.send_reminders()
    assert (spoken(complaint), passed_over(complaint)) == ([], [])


# Hours and days off change while a step is open.


def declare_holiday():
    DayOff.objects.create(date=date(2026, 3, 2), name="Libur mendadak")


def open_later():
    OfficeHours.objects.update(opens=time(9))


@pytest.mark.parametrize(
    ("change", "near", "due"),
    [
        (lambda: None, "2026-03-02 07:39", "2026-03-02 07:45"),
        (declare_holiday, "2026-03-03 07:39", "2026-03-03 07:45"),
        (open_later, "2026-03-02 09:09", "2026-03-02 09:15"),
    ],
)
def test_the_next_reminder_moves_with_the_due_time(clock, office, change, near, due):
    on_the_clock(HOURS, minutes=30)
    clock.move_to(wib("2026-02-27 16:15"))
    complaint = office.complaint()
    change()
    actions.recompute_due_times()
    record = open_record(complaint)
    assert (next_reminder(complaint), record.due_at) == (wib(near), wib(due))
    clock.move_to(wib(near))
    tasks.send_reminders()
    # The near reminder is over: its row waits for the due time now, and moves with it too.
    assert next_reminder(complaint) == wib(due)
    DayOff.objects.create(date=wib(due).date(), name="Libur lagi")
    actions.recompute_due_times()
    assert next_reminder(complaint) == wib(due) + timedelta(days=1)
    assert spoken(complaint) == [(1, wib(near))]


@pytest.fixture
def held(clock, office):
    """A step on the elapsed clock that fell due on Friday evening of a quiet site; Monday
    is a day off, so its reminder waits for Tuesday."""
    DayOff.objects.create(date=MONDAY_OFF, name="Cuti bersama")
    be_quiet()
    clock.move_to(wib("2026-02-27 18:00"))
    complaint = office.complaint()
    clock.shift(31 * MINUTE)
    tasks.send_reminders()
    assert next_reminder(complaint) == wib("2026-03-03 07:30")
    return complaint


def test_a_reminder_held_back_comes_when_a_day_off_is_cancelled(clock, held):
    DayOff.objects.update(active=False)
    # No due time moves: that one runs day and night.
    assert actions.recompute_due_times() == 0
    assert next_reminder(held) == wib("2026-03-02 07:30")
    clock.move_to(wib("2026-03-02 07:30"))
    tasks.send_reminders()
    assert spoken(held) == [(5, wib("2026-03-02 07:30"))]


def test_a_reminder_held_back_comes_later_when_a_day_off_is_added(clock, held):
    DayOff.objects.create(date=date(2026, 3, 3), name="Libur mendadak")
    actions.recompute_due_times()
    assert next_reminder(held) == wib("2026-03-04 07:30")


def test_a_reminder_held_back_comes_when_its_agency_no_longer_closes(clock, held):
    never_close(held.agency)
    actions.recompute_due_times(held.agency)
    clock.shift(MINUTE)
    tasks.send_reminders()
    assert spoken(held) == [(2, timezone.now())]


def test_recomputing_wakes_nobody_whom_nothing_concerns(clock, held):
    before = next_reminder(held)
    assert actions.recompute_due_times() == 0
    assert next_reminder(held) == before
    tasks.send_reminders()
    assert spoken(held) == []


def test_without_quiet_hours_elapsed_steps_ask_no_calendar(clock, office):
    before = open_record(office.complaint())
    moment = next_reminder(before.complaint)
    declare_holiday()
    assert actions.recompute_due_times() == 0
    after = open_record(before.complaint)
    assert (after.due_at, next_reminder(before.complaint)) == (before.due_at, moment)
