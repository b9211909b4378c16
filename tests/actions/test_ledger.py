"""The ledger: written once, one row open, and in step with Wagtail's workflow."""

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from pengaduan_app import actions
from pengaduan_app.actions import NotNow
from pengaduan_app.deadlines import limits
from pengaduan_app.models import StepLimit, StepRecord
from pengaduan_app.procedure.sop import Action, Role, State, Step
from tests.support.factories import UserFactory
from tests.support.process import (
    editor_form,
    is_in_step,
    ledger_of,
    open_record,
    page_of,
    write_answer,
)

STOCK = (
    State.VERIFIED,
    State.STUDY,
    State.DECISION,
    State.COORDINATION,
    State.ENTRY,
    State.EDITING,
    State.PUBLICATION,
    State.PUBLISHED,
    State.ANSWERED_PRIVATELY,
)

START = datetime(2026, 2, 23, 0, 30, tzinfo=UTC)
# The state, whose turn it is, and where the button leads.
TURNS = [
    (State.STUDY, Role.OFFICIAL, State.DECISION),
    (State.DECISION, Role.HEAD, State.ENTRY),
    (State.COORDINATION, Role.HEAD, State.ENTRY),
    (State.ENTRY, Role.OPERATOR, State.EDITING),
    (State.EDITING, Role.EDITOR, State.PUBLICATION),
    (State.PUBLICATION, Role.COORDINATOR, State.PUBLISHED),
]


# Rows are opened once, closed once, and stay.


def test_a_closed_row_is_never_edited(office):
    record = office.complaint(to=State.VERIFIED).steps.get(step="A1")
    record.note = "Diubah belakangan."
    with pytest.raises(ValidationError):
        record.save()


def test_an_open_row_changes_only_by_closing_it(office):
    record = open_record(office.complaint())
    record.due_at += timedelta(days=7)
    with pytest.raises(ValidationError):
        record.save()
    record.refresh_from_db()
    assert record.due_at - record.started_at == timedelta(minutes=30)


def test_a_row_is_never_deleted(office):
    record = open_record(office.complaint())
    with pytest.raises(ValidationError):
        record.delete()


def test_rows_are_not_edited_or_deleted_in_bulk_either(office):
    rows = office.complaint(to=State.STUDY).steps.all()
    with pytest.raises(ValidationError):
        rows.update(note="Diubah belakangan.")
    with pytest.raises(ValidationError):
        rows.delete()
    assert rows.count() == 3


def test_the_database_itself_refuses_a_second_open_row(office):
    record = open_record(office.complaint())
    now = timezone.now()
    second = StepRecord(complaint=record.complaint, step="A2", started_at=now, due_at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()


@pytest.mark.parametrize("state", [s for s in State if s != State.DUPLICATE])
def test_in_every_state_ledger_and_workflow_name_the_same_step(office, state):
    complaint = office.complaint(to=state)
    assert is_in_step(complaint)


def test_each_row_names_who_closed_it_and_the_next_begins_at_that_instant(office):
    rows = list(office.complaint(to=State.PUBLISHED).steps.select_related("finished_by"))
    people = [row.finished_by for row in rows]
    assert people == [
        office.operator,
        office.operator,
        office.official,
        office.head,
        office.operator,
        office.editor,
        office.coordinator,
    ]
    assert all(before.finished_at == after.started_at for before, after in pairwise(rows))


# Limits come from the city's rows, by date.


def test_only_the_row_that_a_sending_back_opened_says_so(office):
    complaint = office.complaint(to=State.DECISION)
    actions.send_back(complaint.pk, office.head, "Mohon dilengkapi.")
    complaint.refresh_from_db()
    office.advance(complaint, State.ENTRY)
    rows = complaint.steps.with_sent_back()
    assert [row.step for row in rows] == ["A1", "A2", "A5", "A6", "A5", "A6", "A8"]
    assert [row.was_sent_back for row in rows] == [False] * 4 + [True] + [False] * 2


def test_a_new_limit_holds_from_its_date_on(office):
    StepLimit.objects.create(step="A1", minutes=45, valid_from=START)
    with time_machine.travel(START - timedelta(seconds=1), tick=False):
        before = open_record(office.complaint())
    with time_machine.travel(START, tick=False):
        after = open_record(office.complaint())
    assert before.due_at - before.started_at == timedelta(minutes=30)
    assert after.due_at - after.started_at == timedelta(minutes=45)


@pytest.mark.parametrize(
    ("at", "minutes"),
    [("2015-01-01", 30), ("2020-01-01", 30), ("2026-06-01", 20), ("2027-06-01", 40)],
)
def test_the_newest_limit_in_force_counts(city, at, minutes):
    for year, number in (2027, 40), (2026, 20):
        valid_from = datetime(year, 1, 1, tzinfo=UTC)
        StepLimit.objects.create(step="A1", minutes=number, valid_from=valid_from)
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert limits.limit_of(Step.A1, moment).time == timedelta(minutes=minutes)


# Wagtail's own ways to a decision: either through the procedure, or not at all.


def press(client, complaint, action, **data):
    """Wagtail's dashboard button: the address holds page, action and task state."""
    page = page_of(complaint)
    task_state = page.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, task_state.pk])
    return client.post(url, data)


@pytest.mark.parametrize(("state", "role", "target"), TURNS)
def test_the_dashboards_button_moves_the_complaint_too(client, office, state, role, target):
    complaint = office.complaint(to=state)
    if state == State.STUDY:
        write_answer(complaint, office.official)
    client.force_login(office.person(role))
    assert press(client, complaint, "approve").status_code == 302
    assert is_in_step(complaint)
    assert complaint.state == target


@pytest.mark.parametrize(("state", "role", "target"), TURNS)
def test_the_page_editors_button_saves_and_moves_the_complaint(client, office, state, role, target):
    complaint = office.complaint(to=state)
    form = editor_form(complaint, answer=f"<p>Ditulis pada langkah {complaint.open_step}.</p>")
    client.force_login(office.person(role))
    url = reverse("wagtailadmin_pages:edit", args=[page_of(complaint).pk])
    step = complaint.open_step
    data = {**form, "action-workflow-action": "1", "workflow-action-name": "approve"}
    assert client.post(url, data).status_code == 302
    assert is_in_step(complaint)
    assert complaint.state == target
    assert f"langkah {step}" in page_of(complaint).get_latest_revision_as_object().answer


def test_the_page_editor_passes_on_what_its_dialog_asked(client, office):
    complaint = office.complaint(to=State.EDITING)
    client.force_login(office.editor)
    extra = json.dumps({"note": "Jawaban belum lengkap."})
    data = {
        **editor_form(complaint),
        "action-workflow-action": "1",
        "workflow-action-name": Action.SEND_BACK.value,
        "workflow-action-extra-data": extra,
    }
    client.post(reverse("wagtailadmin_pages:edit", args=[page_of(complaint).pk]), data)
    assert is_in_step(complaint)
    assert complaint.state == State.ENTRY
    assert complaint.steps.get(outcome="sent_back").note == "Jawaban belum lengkap."


@pytest.mark.parametrize(("state", "role", "target"), TURNS)
@pytest.mark.parametrize("decision", ["approve", "reject", "cancel"])
def test_a_task_decided_past_the_procedure_is_refused(office, state, role, target, decision):
    complaint = office.complaint(to=state)
    task_state = page_of(complaint).current_workflow_task_state
    with pytest.raises(PermissionDenied), transaction.atomic():
        getattr(task_state, decision)(user=office.person(role))
    assert is_in_step(complaint)
    assert complaint.state == state


def test_a_workflow_cancelled_past_the_procedure_is_refused(office):
    complaint = office.complaint(to=State.ENTRY)
    with pytest.raises(PermissionDenied):
        page_of(complaint).current_workflow_state.cancel(user=office.operator)
    assert is_in_step(complaint)


@pytest.mark.parametrize("state", [State.STUDY, State.PUBLICATION, State.ANSWERED_PRIVATELY])
@pytest.mark.parametrize("way", ["revision", "revision by user", "save"])
def test_not_even_a_superuser_publishes_past_the_procedure(office, state, way):
    complaint = office.complaint(to=state)
    superuser = UserFactory(is_superuser=True)
    page = page_of(complaint)
    with pytest.raises(PermissionDenied), transaction.atomic():
        if way == "save":
            page.live = True
            page.save()
        else:
            by = superuser if way == "revision by user" else None
            page.latest_revision.publish(user=by)
    assert is_in_step(complaint)
    assert not page_of(complaint).live


@pytest.mark.parametrize(
    "button",
    ["action-publish", "action-cancel-workflow", "action-submit", "action-restart-workflow"],
)
@pytest.mark.parametrize("state", [State.STUDY, State.PUBLICATION])
def test_wagtails_other_editor_buttons_do_nothing(client, office, button, state):
    complaint = office.complaint(to=state)
    rows = ledger_of(complaint)
    url = reverse("wagtailadmin_pages:edit", args=[page_of(complaint).pk])
    for person in (office.operator, office.coordinator, UserFactory(is_superuser=True)):
        client.force_login(person)
        client.post(url, {**editor_form(complaint), button: "1"})
        assert is_in_step(complaint)
    assert ledger_of(complaint) == rows
    assert not page_of(complaint).live


@pytest.mark.parametrize("view", ["delete", "move", "copy", "unpublish"])
@pytest.mark.parametrize("state", [State.STUDY, State.PUBLISHED])
def test_wagtails_other_page_views_do_nothing(client, office, view, state):
    complaint = office.complaint(to=state)
    page, was_live = page_of(complaint), page_of(complaint).live
    for person in (office.operator, office.editor, UserFactory(is_superuser=True)):
        client.force_login(person)
        client.post(reverse(f"wagtailadmin_pages:{view}", args=[page.pk]))
        assert is_in_step(complaint)
    after = page_of(complaint)
    assert (after.live, after.path) == (was_live, page.path)


def test_somebody_elses_button_is_refused_and_leaves_no_revision(client, office, other_office):
    complaint = office.complaint(to=State.DECISION)
    revisions = Revision.objects.count()
    url = reverse("wagtailadmin_pages:edit", args=[page_of(complaint).pk])
    form = {
        **editor_form(complaint, question="Diganti diam-diam."),
        "action-workflow-action": "1",
        "workflow-action-name": "approve",
    }
    for person in (office.operator, office.coordinator, other_office.head):
        client.force_login(person)
        client.post(url, form)
        press(client, complaint, "approve")
        assert is_in_step(complaint)
    assert complaint.state == State.DECISION
    assert Revision.objects.count() == revisions


def test_a_button_shown_for_an_earlier_step_does_nothing_in_the_next(office):
    """Who holds both roles and clicks twice must not publish by the second click."""
    complaint = office.complaint(to=State.EDITING)
    office.editor.groups.add(*office.coordinator.groups.all())
    task = page_of(complaint).current_workflow_task_state
    both_roles = get_user_model().objects.get(pk=office.editor.pk)
    task.task.specific.on_action(task, both_roles, "approve")
    with pytest.raises(NotNow):
        task.task.specific.on_action(task, both_roles, "approve")
    assert is_in_step(complaint)
    assert complaint.state == State.PUBLICATION
