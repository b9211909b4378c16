"""Hours, periods and days off as staff keep them, and the due times that follow them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.core import checks
from django.utils.module_loading import import_string
from django_q.models import OrmQ

from pengaduan_app import actions, tasks
from pengaduan_app.actions import due_times
from pengaduan_app.deadlines import limits, office_calendar
from pengaduan_app.deadlines.national_hours import OFFICE_HOURS, RAMADAN_HOURS
from pengaduan_app.models import DayOff, HoursPeriod, OfficeHours, PeriodHours, StepLimit
from pengaduan_app.procedure import clock
from pengaduan_app.procedure.clock import ClockKind
from pengaduan_app.procedure.sop import State, Step
from pengaduan_app.setup import ensure_office_hours
from tests.support.calendar_dates import FASTING, HOURS, ORDINARY, RAMADAN, wib
from tests.support.process import Office, open_record

PAST = datetime(2020, 1, 1, tzinfo=UTC)
# A Tuesday in the last minutes of the office day.
STARTED = wib("2026-01-06 15:45")
DAY_LIMIT = timedelta(hours=24)


def on_the_clock(kind=HOURS, *steps):
    for step in steps or (Step.A1, Step.A2):
        minutes = 30 if step == Step.A1 else 1440
        StepLimit.objects.create(step=step, minutes=minutes, clock=kind, valid_from=PAST)


def ramadan() -> HoursPeriod:
    period = HoursPeriod(name="Ramadan", first_day=RAMADAN.first, last_day=RAMADAN.last)
    period.hours = [PeriodHours(**row) for row in RAMADAN_HOURS]
    period.save()
    return period


def due_of(record) -> datetime:
    record.refresh_from_db()
    return record.due_at


@pytest.fixture
def begun(office):
    """A complaint received at STARTED on the service clock."""
    on_the_clock()
    with time_machine.travel(STARTED, tick=False):
        return open_record(office.complaint())


# The national hours.


def weekly(rows) -> timedelta:
    spans = [span for row in rows for span in OfficeHours(**row).spans()]
    return sum((span.closes - span.opens for span in spans), timedelta())


def test_the_national_hours_are_37_and_a_half_a_week_and_32_and_a_half_in_ramadan():
    assert weekly(OFFICE_HOURS) == timedelta(hours=37, minutes=30)
    assert weekly(RAMADAN_HOURS) == timedelta(hours=32, minutes=30)


def test_setup_writes_them_once_and_leaves_what_people_changed(city):
    OfficeHours.objects.get(weekday=4).delete()
    OfficeHours.objects.filter(weekday=0).update(opens=time(8))
    ensure_office_hours()
    assert OfficeHours.objects.count() == 4
    assert OfficeHours.objects.get(weekday=0).opens == time(8)


# What the clock is given.


def test_the_calendar_is_what_staff_entered(city):
    ramadan()
    DayOff.objects.create(date=date(2026, 6, 20), name="Hari jadi kota")
    DayOff.objects.create(date=date(2026, 6, 22), name="Dibatalkan", active=False)
    calendar = office_calendar.calendar_of()
    assert calendar.week == ORDINARY
    assert calendar.periods == (RAMADAN,)
    assert calendar.periods[0].week == FASTING
    assert calendar.days_off == {date(2026, 6, 20)}


def test_an_office_may_stay_open_until_midnight():
    assert OfficeHours(weekday=0, opens=time(0), closes=time(0)).spans() == clock.WHOLE_DAY


def test_a_batch_of_due_times_asks_the_database_once(office, django_assert_max_num_queries):
    limit = limits.Limit(DAY_LIMIT, HOURS)
    with django_assert_max_num_queries(5):
        for share in range(500):
            limits.Limit(limit.time * share / 500, HOURS).due_at(STARTED, office.agency.pk)
    with django_assert_max_num_queries(0):
        limit.due_at(STARTED, office.agency.pk)


def test_a_change_is_seen_at_once(office):
    limit = limits.Limit(timedelta(minutes=30), HOURS)
    assert limit.due_at(STARTED) == wib("2026-01-07 07:45")
    row = DayOff.objects.create(date=date(2026, 1, 7), name="Libur")
    assert limit.due_at(STARTED) == wib("2026-01-08 07:45")
    row.delete()
    assert limit.due_at(STARTED) == wib("2026-01-07 07:45")
    office.agency.around_the_clock = True
    office.agency.save()
    assert limit.due_at(STARTED, office.agency.pk) == wib("2026-01-06 16:15")
    assert limit.due_at(STARTED) == wib("2026-01-07 07:45")


# The ledger.


def test_another_processs_change_is_seen_after_some_seconds(city, monkeypatch):
    at = [100.0]
    monkeypatch.setattr("pengaduan_app.process_cache.monotonic", lambda: at[0])
    before = office_calendar.calendar_of()
    # Past the signals, as another process writes.
    DayOff.objects.bulk_create([DayOff(date=date(2026, 1, 7), name="Libur", kind="own")])
    assert office_calendar.calendar_of() is before
    at[0] += office_calendar.MAX_AGE
    assert office_calendar.calendar_of().days_off == before.days_off | {date(2026, 1, 7)}


def test_a_step_opens_with_its_due_time_on_the_clock_that_was_chosen(begun):
    assert (begun.clock, begun.limit_minutes) == (HOURS, 30)
    assert begun.due_at == wib("2026-01-07 07:45")


def test_a_step_keeps_the_limit_and_the_clock_that_it_started_under(begun):
    StepLimit.objects.create(step=Step.A1, minutes=5, clock="elapsed", valid_from=STARTED)
    assert actions.recompute_due_times() == 0
    assert due_of(begun) == wib("2026-01-07 07:45")


def test_misrouted_is_judged_on_its_own_clock(office):
    on_the_clock(HOURS, Step.A1, Step.A2, Step.A3)
    StepLimit.objects.filter(step=Step.A3, valid_from=PAST).update(minutes=60)
    with time_machine.travel(STARTED, tick=False):
        complaint = office.complaint(to=State.ROUTING)
    record = complaint.steps.get(judged_as="A3")
    assert record.judged_due_at == wib("2026-01-07 08:15")


def test_around_the_clock_are_the_agencys_steps_and_not_those_of_public_relations(office):
    """The hospital never sleeps; Humas, who edits its answer, does."""
    office.agency.around_the_clock = True
    office.agency.save()
    on_the_clock(HOURS, Step.A1, Step.B1)
    StepLimit.objects.filter(step=Step.B1, valid_from=PAST).update(minutes=30)
    with time_machine.travel(STARTED, tick=False):
        received, editing = office.complaint(), office.complaint(to=State.EDITING)
    assert open_record(received).due_at == wib("2026-01-06 16:15")
    assert open_record(editing).due_at == wib("2026-01-07 07:45")


def test_a_complaint_is_taken_when_no_office_ever_opens(office):
    OfficeHours.objects.all().delete()
    on_the_clock()
    with time_machine.travel(STARTED, tick=False):
        record = open_record(office.complaint())
    assert record.due_at == STARTED + timedelta(minutes=30)


def test_a_complaint_is_taken_when_hours_make_no_sense(office):
    OfficeHours.objects.filter(weekday=1).update(opens=time(17), closes=time(8))
    office_calendar.forget_calendar()
    on_the_clock()
    with time_machine.travel(STARTED, tick=False):
        record = open_record(office.complaint())
    assert record.due_at == STARTED + timedelta(minutes=30)


def test_the_system_check_warns_of_an_office_that_never_opens(city):
    def warnings():
        return [found.id for found in checks.run_checks(databases=["default"])]

    assert "pengaduan.W001" not in warnings()
    OfficeHours.objects.all().delete()
    office_calendar.forget_calendar()
    assert "pengaduan.W001" in warnings()


# Recompute.


def change_hours():
    OfficeHours.objects.filter(weekday=2).update(opens=time(9))


def declare_holiday():
    DayOff.objects.create(date=date(2026, 1, 7), name="Libur mendadak")


def begin_period():
    period = HoursPeriod(name="Ramadan", first_day=date(2026, 1, 7), last_day=date(2026, 2, 5))
    period.hours = [PeriodHours(**row) for row in RAMADAN_HOURS]
    period.save()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (change_hours, "2026-01-07 09:15"),
        (declare_holiday, "2026-01-08 07:45"),
        (begin_period, "2026-01-07 08:15"),
    ],
)
def test_a_change_moves_the_due_times_of_open_steps(begun, change, expected):
    change()
    assert actions.recompute_due_times() == 1
    assert due_of(begun) == wib(expected)
    # Running it twice changes nothing.
    assert actions.recompute_due_times() == 0
    assert tasks.recompute_due_times() == 0


def test_an_agency_that_begins_to_work_around_the_clock_moves_its_own_steps(begun, other_office):
    with time_machine.travel(STARTED, tick=False):
        other = open_record(other_office.complaint())
    agency = begun.agency
    agency.around_the_clock = True
    agency.save()
    assert tasks.recompute_due_times(agency.pk) == 1
    assert due_of(begun) == wib("2026-01-06 16:15")
    assert due_of(other) == wib("2026-01-07 07:45")


def test_closed_rows_and_rows_on_the_elapsed_clock_never_change(office):
    on_the_clock(HOURS, Step.A1)
    with time_machine.travel(STARTED, tick=False):
        complaint = office.complaint(to=State.VERIFIED)
    before = list(complaint.steps.values())
    declare_holiday()
    assert actions.recompute_due_times() == 0
    assert list(complaint.steps.values()) == before


def test_a_row_that_closes_meanwhile_keeps_what_it_was_judged_by(begun, office):
    stale = type(begun).objects.get(pk=begun.pk)
    with time_machine.travel(STARTED, tick=False):
        actions.verify(begun.complaint_id, office.operator)
    stale.due_at += timedelta(days=7)
    assert type(begun).objects.move_due_times([stale]) == 0
    assert due_of(begun) == wib("2026-01-07 07:45")


def test_batches_leave_nobody_out(begun, office, monkeypatch):
    with time_machine.travel(STARTED, tick=False):
        records = [begun, *(open_record(office.complaint()) for _number in range(4))]
    monkeypatch.setattr(due_times, "BATCH", 2)
    declare_holiday()
    assert actions.recompute_due_times() == 5
    assert {due_of(record) for record in records} == {wib("2026-01-08 07:45")}


def test_a_change_too_large_for_a_request_is_left_to_the_cluster(begun, office, monkeypatch):
    with time_machine.travel(STARTED, tick=False):
        office.complaint()
    monkeypatch.setattr(due_times, "INLINE", 1)
    OrmQ.objects.all().delete()
    declare_holiday()
    assert actions.follow_calendar() is None
    assert due_of(begun) == wib("2026-01-07 07:45")
    assert run_queued() == 2
    assert due_of(begun) == wib("2026-01-08 07:45")


def test_an_agencys_own_change_leaves_the_other_agencies_to_themselves(
    begun, other_office, monkeypatch
):
    with time_machine.travel(STARTED, tick=False):
        other = open_record(other_office.complaint())
        open_record(other_office.complaint())
    monkeypatch.setattr(due_times, "INLINE", 1)
    OrmQ.objects.all().delete()
    declare_holiday()
    assert actions.follow_calendar(other_office.agency) is None
    assert run_queued() == 2
    assert (due_of(begun), due_of(other)) == (wib("2026-01-07 07:45"), wib("2026-01-08 07:45"))


def run_queued():
    """What the cluster makes of the only task in its queue."""
    task = OrmQ.objects.get().task
    return import_string(task["func"])(*task["args"], **task["kwargs"])


def test_every_clock_of_the_admin_can_be_computed(city):
    for kind in ClockKind:
        assert limits.Limit(DAY_LIMIT, kind).due_at(STARTED, Office().agency.pk) > STARTED
