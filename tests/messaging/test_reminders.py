"""Reminders (SOP C1): who is told at which share of the limit, once, and who isn't."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from pengaduan_app import actions, tasks
from pengaduan_app.models import OutboxMessage, Reminder, ReminderSettings
from pengaduan_app.procedure import escalation
from pengaduan_app.procedure.escalation import ReminderKind
from pengaduan_app.procedure.sop import STEPS, Role, State, Step
from tests.support.factories import staff
from tests.support.process import Office, is_watched, next_reminder, open_record

# Monday 23 February 2026, 09.30 WIB.
START = datetime(2026, 2, 23, 2, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
# In which state each step is open, and what each stage tells besides the step's people.
STEPS_OPEN = {
    Step.A1: State.RECEIVED,
    Step.A2: State.VERIFIED,
    Step.A5: State.STUDY,
    Step.A6: State.DECISION,
    Step.A7: State.COORDINATION,
    Step.A8: State.ENTRY,
    Step.B1: State.EDITING,
    Step.B2: State.PUBLICATION,
    Step.C2: State.ROUTING,
}
UPWARDS = (Role.OPERATOR, Role.HEAD, Role.COORDINATOR, Role.ADMIN)
ABOVE = {80: None, 100: None, 150: "head", 200: "coordinator", 300: "admin"}


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as frozen:
        yield frozen


@pytest.fixture
def crowd(office, other_office):
    """Everybody of two agencies and of the city is there, and could be told."""
    for role in Role:
        office.person(role)
    for role in escalation.AGENCY_ROLES:
        other_office.person(role)
    return office


def told(since: int = 0) -> set[str]:
    """The people whose mails hold a reminder with a higher key than that."""
    pairs = OutboxMessage.reminders.through.objects.filter(reminder__gt=since)
    return set(pairs.values_list("outboxmessage__recipient__username", flat=True))


def reminders_of(complaint) -> list[tuple]:
    rows = Reminder.objects.filter(step__complaint=complaint).exclude(step__step=Step.C1)
    return [(r.kind, r.stage, r.passed_over) for r in rows.order_by("step", "stage")]


def at_percent(record, percent: int) -> datetime:
    return record.started_at + timedelta(minutes=record.limit_minutes) * percent / 100


def newest_key() -> int:
    return max(Reminder.objects.values_list("pk", flat=True), default=0)


# Who is told, and when.


@pytest.mark.parametrize(("step", "state"), STEPS_OPEN.items())
def test_each_stage_tells_the_steps_people_and_whom_it_escalates_to(clock, crowd, step, state):
    complaint = crowd.complaint(to=state)
    record = open_record(complaint)
    own = STEPS[step].role
    for percent, above in ABOVE.items():
        before = newest_key()
        clock.move_to(at_percent(record, percent) - timedelta(seconds=1))
        tasks.send_reminders()
        assert told(since=before) == set(), f"{percent} %: a second too early"
        clock.move_to(at_percent(record, percent))
        tasks.send_reminders()
        nobody_new = above == own or (above == Role.HEAD and own not in escalation.AGENCY_ROLES)
        expected = {crowd.person(role).username for role in {own, Role(above or own)}}
        assert told(since=before) == (set() if nobody_new else expected), f"{percent} %"


@pytest.mark.parametrize(
    ("step", "numbers"),
    [
        (Step.A1, [1, 2, 3, 4, 5]),
        (Step.A6, [1, 2, 4, 5]),
        (Step.B1, [1, 2, 4, 5]),
        (Step.B2, [1, 2, 5]),
        (Step.C1, [1, 2, 5]),
        (Step.C2, [1, 2, 4]),
    ],
)
def test_nobody_is_escalated_to_himself(step, numbers):
    assert [stage.number for stage in escalation.stages_of(step)] == numbers


def test_the_official_in_charge_is_reminded_of_the_study_first_and_then_all(clock, crowd):
    colleague = staff(Role.OFFICIAL, crowd.agency)
    record = open_record(crowd.complaint(to=State.STUDY))
    clock.move_to(record.started_at + (record.due_at - record.started_at) * 4 / 5)
    tasks.send_reminders()
    assert told() == {crowd.official.username}
    clock.move_to(record.due_at)
    tasks.send_reminders()
    assert told() >= {crowd.official.username, colleague.username}


def test_where_the_official_in_charge_has_left_the_colleagues_are_reminded(clock, crowd):
    colleague = staff(Role.OFFICIAL, crowd.agency)
    record = open_record(crowd.complaint(to=State.STUDY))
    crowd.official.is_active = False
    crowd.official.save()
    clock.move_to(record.due_at)
    tasks.send_reminders()
    assert told() >= {colleague.username}
    assert crowd.official.username not in told()


def test_the_official_in_charge_stands_for_no_colleague_in_another_step(clock, crowd):
    """In a small agency the official may be an operator too, and A8 is every operator's."""
    crowd.official.groups.add(*crowd.operator.groups.all())
    complaint = crowd.complaint(to=State.ENTRY)
    everyone = {crowd.official.username, crowd.operator.username}
    actions.remind(complaint.pk, crowd.coordinator)
    assert told() == everyone | {crowd.head.username}
    before = newest_key()
    clock.move_to(open_record(complaint).due_at)
    tasks.send_reminders()
    assert told(since=before) == everyone


def test_who_has_no_address_keeps_nobody_else_from_being_reminded(clock, crowd):
    crowd.official.email = ""
    crowd.official.save()
    colleague = staff(Role.OFFICIAL, crowd.agency)
    record = open_record(crowd.complaint(to=State.STUDY))
    clock.move_to(record.due_at)
    tasks.send_reminders()
    # The one in charge can't be reached, so the colleagues are told.
    assert told() == {colleague.username}


# Once, and not at all when the step is done.


def test_running_again_tells_nobody_again(clock, crowd):
    record = open_record(crowd.complaint())
    clock.move_to(record.due_at)
    assert tasks.send_reminders() == 1
    links = OutboxMessage.reminders.through.objects.count()
    for _minute in range(3):
        assert tasks.send_reminders() == 0
        clock.shift(MINUTE)
    assert OutboxMessage.reminders.through.objects.count() == links


def test_a_whole_life_minute_by_minute_has_each_reminder_once(clock, crowd):
    complaint = crowd.complaint()
    for _minute in range(100):
        clock.shift(MINUTE)
        tasks.send_reminders()
    stages = [(stage.kind, stage.number, False) for stage in escalation.STAGES]
    assert reminders_of(complaint) == stages
    assert next_reminder(complaint) is None


def test_a_step_done_in_time_is_not_reminded_of(clock, crowd):
    complaint = crowd.complaint()
    first = open_record(complaint)
    clock.shift(20 * MINUTE)
    crowd.advance(complaint, State.VERIFIED)
    clock.move_to(first.due_at + MINUTE)
    assert tasks.send_reminders() == 0
    assert not is_watched(first)
    assert next_reminder(complaint) == at_percent(open_record(complaint), 80)


def test_closed_complaints_are_never_reminded_of(clock, crowd):
    for state in (State.PUBLISHED, State.DECLINED, State.REFERRED):
        crowd.complaint(to=state)
    clock.shift(timedelta(days=30))
    assert tasks.send_reminders() == 0


# After an outage: one reminder for the newest stage, and nobody is forgotten.


@pytest.mark.parametrize(
    ("percent", "newest"), [(99, 1), (140, 2), (190, 3), (250, 4), (300, 5), (4800, 5)]
)
def test_after_an_outage_only_the_newest_stage_speaks(clock, crowd, percent, newest):
    complaint = crowd.complaint()
    clock.move_to(at_percent(open_record(complaint), percent))
    tasks.send_reminders()
    missed = [(stage.kind, stage.number, True) for stage in escalation.STAGES[: newest - 1]]
    spoken = escalation.STAGES[newest - 1]
    assert reminders_of(complaint) == [*missed, (spoken.kind, spoken.number, False)]
    assert told() == {crowd.person(role).username for role in UPWARDS[: max(1, newest - 1)]}


def test_after_a_day_off_each_person_gets_one_mail_for_forty_complaints(clock, crowd, mailoutbox):
    for _number in range(40):
        crowd.complaint()
    tasks.deliver_outbox()
    mailoutbox.clear()
    clock.shift(timedelta(days=1))
    tasks.send_reminders()
    tasks.deliver_outbox()
    people = [crowd.person(role).email for role in UPWARDS]
    assert sorted(mail.to[0] for mail in mailoutbox) == sorted(people)
    assert Reminder.objects.filter(passed_over=False).count() == 40


# What staff choose.


def test_staff_choose_the_shares(clock, crowd):
    ReminderSettings.objects.create(near_percent=50, head_percent=110)
    complaint = crowd.complaint()
    for percent, stage in ((50, 1), (100, 2), (110, 3)):
        clock.move_to(at_percent(open_record(complaint), percent))
        tasks.send_reminders()
        assert reminders_of(complaint)[-1][1] == stage


def test_new_shares_hold_from_each_steps_next_reminder_on(clock, crowd):
    complaint = crowd.complaint()
    ReminderSettings.objects.create(near_percent=90)
    clock.move_to(at_percent(open_record(complaint), 80))
    tasks.send_reminders()
    assert reminders_of(complaint) == []
    clock.move_to(at_percent(open_record(complaint), 90))
    tasks.send_reminders()
    assert reminders_of(complaint) == [(ReminderKind.NEAR, 1, False)]


def test_switched_off_nobody_is_told_and_nothing_is_made_up_for_later(clock, crowd):
    chosen = ReminderSettings.objects.create(enabled=False)
    complaint = crowd.complaint()
    clock.move_to(at_percent(open_record(complaint), 160))
    tasks.send_reminders()
    chosen.enabled = True
    chosen.save()
    tasks.send_reminders()
    assert reminders_of(complaint) == []
    clock.move_to(at_percent(open_record(complaint), 200))
    tasks.send_reminders()
    assert reminders_of(complaint) == [(ReminderKind.ESCALATED, 4, False)]


def test_a_row_that_cannot_be_judged_holds_nobody_else_back(clock, crowd, monkeypatch, caplog):
    bad, good = crowd.complaint(), Office(crowd.agency).complaint()
    monkeypatch.setattr("pengaduan_app.deadlines.quiet_hours.earliest_delivery", _release_but(bad))
    bad_row = open_record(bad)
    bad_row.agency_id = None
    clock.move_to(bad_row.due_at)
    tasks.send_reminders()
    assert reminders_of(good)
    assert "could not be judged" in caplog.text


def _release_but(bad):
    calls = iter([True])

    def release(at, quiet, agency_id=None):
        if next(calls, False):
            raise ValueError(f"No opening hours for {bad.pk}")
        return at

    return release
