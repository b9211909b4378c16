"""The coordinator's step (SOP C1): opened by a late agency, closed by who reminds it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from pengaduan_app import actions, permissions, tasks
from pengaduan_app.actions import NotNow, NotYours
from pengaduan_app.desk.home import home_panels
from pengaduan_app.models import OutboxMessage, Reminder, ReminderSettings, StepRecord
from pengaduan_app.procedure import sop
from pengaduan_app.procedure.sop import Action, Role, State, Step
from tests.support.factories import REPORTER, submit
from tests.support.process import is_watched, open_record

# Monday 23 February 2026, 15.50 WIB: ten minutes before the office closes.
START = datetime(2026, 2, 23, 8, 50, tzinfo=UTC)
OPENS = datetime(2026, 2, 24, 0, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as frozen:
        yield frozen


@pytest.fixture
def quiet(office):
    """Reminders wait until the office opens, so C1 stays open meanwhile."""
    for role in Role:
        office.person(role)
    return ReminderSettings.objects.create(quiet_outside_hours=True)


def c1_of(complaint) -> StepRecord:
    return complaint.steps.get(step=Step.C1)


def late(office, clock, to=State.RECEIVED):
    """A complaint of which the step is a minute past due, and the cluster has run."""
    complaint = office.complaint(to=to)
    clock.move_to(open_record(complaint).due_at)
    tasks.send_reminders()
    clock.shift(MINUTE)
    return complaint


# Opened at the due time.


@pytest.mark.parametrize("state", sorted(sop.REMINDABLE_STATES))
def test_a_late_step_of_an_agency_opens_c1_and_the_reminder_closes_it(clock, office, state):
    office.coordinator  # noqa: B018  there is one
    complaint = late(office, clock, state)
    record, c1 = open_record(complaint), c1_of(complaint)
    assert (c1.started_at, c1.agency_id) == (record.due_at, record.agency_id)
    assert c1.due_at - c1.started_at == timedelta(minutes=120)
    assert (c1.outcome, c1.finished_by, c1.finished_at) == ("reminded", None, record.due_at)
    assert (c1.late, c1.judged_as, is_watched(c1)) == (False, "C1", False)


@pytest.mark.parametrize("state", sorted(sop.OPEN_STATES - sop.REMINDABLE_STATES))
def test_a_late_step_of_the_citys_own_offices_opens_no_c1(clock, office, state):
    assert not late(office, clock, state).steps.filter(step=Step.C1).exists()


def test_a_step_that_stays_late_has_one_c1(clock, office):
    complaint = late(office, clock)
    for _hour in range(5):
        clock.shift(timedelta(hours=1))
        tasks.send_reminders()
    assert c1_of(complaint).outcome == "reminded"


def test_each_late_step_of_a_complaint_has_its_own_c1(clock, office):
    complaint = late(office, clock)
    office.advance(complaint, State.VERIFIED)
    clock.move_to(open_record(complaint).due_at)
    tasks.send_reminders()
    assert complaint.steps.filter(step=Step.C1, outcome="reminded").count() == 2


def test_a_step_that_begins_at_the_moment_of_the_last_ones_c1_has_its_own(clock, office):
    """A1 is done in the very minute it falls due: its C1 began with A2, and is none of A2's."""
    complaint = office.complaint()
    clock.move_to(open_record(complaint).due_at)
    tasks.send_reminders()
    office.advance(complaint, State.VERIFIED)
    first, second = c1_of(complaint), open_record(complaint)
    assert first.started_at == second.started_at
    clock.move_to(second.due_at)
    tasks.send_reminders()
    started = complaint.steps.filter(step=Step.C1).values_list("started_at", flat=True)
    assert list(started) == [first.started_at, second.due_at]


def test_the_database_itself_refuses_a_second_open_c1(clock, office, quiet):
    complaint = late(office, clock)
    row = StepRecord.objects.filter(pk=c1_of(complaint).pk).values().get()
    with pytest.raises(IntegrityError), transaction.atomic():
        StepRecord.objects.create(**{**row, "id": None})


# Held back, it waits on the coordinator's list.


def test_while_the_site_is_quiet_c1_waits_for_the_coordinator(clock, office, quiet):
    complaint = late(office, clock)
    assert c1_of(complaint).finished_at is None
    assert is_watched(c1_of(complaint))
    assert c1_of(complaint) in home_panels.steps_of(office.coordinator)
    assert not Reminder.objects.filter(kind="due").exists()
    clock.move_to(OPENS)
    tasks.send_reminders()
    c1 = c1_of(complaint)
    assert (c1.outcome, c1.finished_by, c1.finished_at, c1.late) == ("reminded", None, OPENS, True)
    # Closed, it is never reminded of itself.
    assert not is_watched(c1)


def test_a_near_reminder_that_is_held_back_does_not_hold_back_c1(clock, office, quiet):
    clock.shift(15 * MINUTE)
    complaint = office.complaint()
    record = open_record(complaint)
    while timezone.now() < record.due_at:
        clock.shift(MINUTE)
        tasks.send_reminders()
    assert c1_of(complaint).started_at == record.due_at
    assert not Reminder.objects.exists()


def test_where_reminders_are_off_c1_waits_for_the_coordinator(clock, office):
    ReminderSettings.objects.create(enabled=False)
    complaint = late(office, clock)
    assert c1_of(complaint).finished_at is None
    assert not Reminder.objects.exists()


def test_an_agency_that_is_done_first_overtakes_c1(clock, office, quiet):
    complaint = late(office, clock)
    actions.verify(complaint.pk, office.operator)
    c1 = c1_of(complaint)
    assert (c1.outcome, c1.finished_by, c1.seconds) == ("overtaken", None, 60)
    assert not is_watched(c1)
    clock.move_to(OPENS)
    tasks.send_reminders()
    assert not Reminder.objects.filter(step__step=Step.A1).exclude(kind="near").exists()


# The coordinator's own button.


def test_the_coordinators_reminder_closes_c1_and_speaks_for_the_held_one(clock, office, quiet):
    complaint = late(office, clock)
    actions.remind(complaint.pk, office.coordinator, "Mohon segera diverifikasi.")
    c1 = c1_of(complaint)
    assert (c1.outcome, c1.finished_by) == ("reminded", office.coordinator)
    assert c1.note == "Mohon segera diverifikasi."
    assert not is_watched(c1)
    clock.move_to(OPENS - MINUTE)
    tasks.send_reminders()
    spoken = Reminder.objects.filter(step=open_record(complaint), passed_over=False)
    assert [(r.kind, r.stage, r.by) for r in spoken] == [("manual", 1, office.coordinator)]


def test_pressed_before_the_cluster_noticed_the_button_is_c1_itself(clock, office):
    complaint = office.complaint()
    clock.move_to(open_record(complaint).due_at)
    actions.remind(complaint.pk, office.coordinator)
    tasks.send_reminders()
    c1 = c1_of(complaint)
    assert (c1.outcome, c1.finished_by) == ("reminded", office.coordinator)


def test_pressed_in_good_time_it_reminds_and_opens_no_c1(clock, office):
    complaint = office.complaint()
    actions.remind(complaint.pk, office.coordinator, "Mohon didahulukan.")
    assert Reminder.objects.get().message == "Mohon didahulukan."
    assert not complaint.steps.filter(step=Step.C1).exists()
    clock.move_to(open_record(complaint).due_at)
    tasks.send_reminders()
    assert c1_of(complaint).outcome == "reminded"


def test_it_goes_to_the_steps_people_and_their_head(clock, office, other_office, mailoutbox):
    for place in (office, other_office):
        for role in Role:
            place.person(role)
    complaint = office.complaint(to=State.VERIFIED)
    tasks.deliver_outbox()
    mailoutbox.clear()
    actions.remind(complaint.pk, office.coordinator, "Mohon didahulukan.")
    tasks.deliver_outbox()
    assert {mail.to[0] for mail in mailoutbox} == {office.operator.email, office.head.email}
    assert all("Mohon didahulukan." in mail.body for mail in mailoutbox)


def test_it_stays_in_the_log_without_its_words(office):
    complaint = office.complaint()
    actions.remind(complaint.pk, office.coordinator, "Mohon didahulukan.")
    entry = ModelLogEntry.objects.get(action="pengaduan_app.remind")
    assert (entry.user, entry.data) == (office.coordinator, {"step": "A1"})


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COORDINATOR])
def test_nobody_else_reminds(office, role):
    complaint = office.complaint()
    assert not permissions.may(office.person(role), Action.REMIND, complaint)
    with pytest.raises(NotYours):
        actions.remind(complaint.pk, office.person(role))


@pytest.mark.parametrize("state", sorted(set(State) - sop.REMINDABLE_STATES))
def test_where_no_step_is_open_at_an_agency_there_is_nobody_to_remind(office, state):
    complaint = office.complaint(to=state)
    with pytest.raises(NotNow):
        actions.remind(complaint.pk, office.coordinator)
    assert not Reminder.objects.exists()


def test_a_complaint_without_an_agency_has_nobody_to_remind(office):
    with pytest.raises(NotNow):
        actions.remind(submit(None).complaint.pk, office.coordinator)


def test_a_second_press_within_five_minutes_is_refused(clock, office):
    complaint = office.complaint()
    actions.remind(complaint.pk, office.coordinator)
    clock.shift(5 * MINUTE - timedelta(seconds=1))
    with pytest.raises(NotNow):
        actions.remind(complaint.pk, office.coordinator)
    clock.shift(timedelta(seconds=1))
    actions.remind(complaint.pk, office.coordinator)
    assert list(Reminder.objects.order_by("pk").values_list("stage", flat=True)) == [1, 2]


def test_the_next_step_may_be_reminded_of_at_once(clock, office):
    complaint = office.complaint()
    actions.remind(complaint.pk, office.coordinator)
    office.advance(complaint, State.VERIFIED)
    actions.remind(complaint.pk, office.coordinator)


@pytest.mark.parametrize("data", [REPORTER.name, REPORTER.phone, REPORTER.email, "3" * 16])
def test_a_message_with_personal_data_goes_nowhere(office, data):
    complaint = office.complaint()
    before = OutboxMessage.objects.count()
    with pytest.raises(NotNow):
        actions.remind(complaint.pk, office.coordinator, f"Hubungi {data} segera.")
    assert (Reminder.objects.count(), OutboxMessage.objects.count()) == (0, before)


# The page of the button.


def page(complaint) -> str:
    return reverse("pengaduan_admin:action", args=[complaint.pk, "remind"])


def test_the_page_says_which_step_is_open_and_sends_the_message(client, office):
    complaint = office.complaint()
    client.force_login(office.coordinator)
    body = client.get(page(complaint)).content.decode()
    assert office.agency.name in body
    assert (
        page(complaint)
        in client.get(reverse("pengaduan_admin:inspect", args=[complaint.pk])).content.decode()
    )
    answer = client.post(page(complaint), {"message": "Mohon didahulukan."}, follow=True)
    assert complaint.ticket in answer.content.decode()
    assert Reminder.objects.get().by == office.coordinator


def test_what_was_written_is_kept_when_it_is_refused(client, office):
    complaint = office.complaint()
    client.force_login(office.coordinator)
    for data in ("Telepon 081299990001", REPORTER.name):
        assert_kept(client.post(page(complaint), {"message": data}), data, 400)
    assert not Reminder.objects.exists()
    actions.remind(complaint.pk, office.coordinator)
    again = client.post(page(complaint), {"message": "Mohon segera."})
    assert_kept(again, "Mohon segera.", 409)
    assert Reminder.objects.count() == 1


def assert_kept(answer, words: str, code: int) -> None:
    assert answer.status_code == code
    assert words in answer.content.decode()
