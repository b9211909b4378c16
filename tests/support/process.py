"""Helpers that speak the procedure: `Office(agency).advance(complaint, to=State.EDITING)`."""

from __future__ import annotations

import uuid
from functools import cached_property

from wagtail.test.utils.form_data import rich_text

from pengaduan_app import actions
from pengaduan_app.models import (
    Category,
    ChecklistItem,
    Complaint,
    ComplaintPage,
    NextReminder,
    needs_category,
)
from pengaduan_app.models.office.reference_data import ANSWER_FEATURES
from pengaduan_app.procedure.sop import CLASSIFIED_STATES, WORKFLOW_STATES, Role, State, Step
from tests.support.factories import AgencyFactory, staff, submit

ANSWER = "<p>Lampu sudah kami ganti pada malam ini juga.</p>"


class Office:
    """The people who carry one agency's complaints, and the city's."""

    def __init__(self, agency=None):
        self.agency = agency or AgencyFactory()

    operator = cached_property(lambda self: staff(Role.OPERATOR, self.agency))
    official = cached_property(lambda self: staff(Role.OFFICIAL, self.agency))
    head = cached_property(lambda self: staff(Role.HEAD, self.agency))
    editor = cached_property(lambda self: staff(Role.EDITOR))
    coordinator = cached_property(lambda self: staff(Role.COORDINATOR))
    admin = cached_property(lambda self: staff(Role.ADMIN))

    def person(self, role: Role):
        """Who has that role here."""
        return getattr(self, role.value)

    def complaint(self, to: State = State.RECEIVED, **fields) -> Complaint:
        """A new complaint of this agency, advanced to a state of the usual way."""
        return self.advance(submit(self.agency, **fields).complaint, to)

    def advance(self, complaint: Complaint, to: State) -> Complaint:
        """Walk on until the state is reached; every step by whom the SOP names."""
        while complaint.state != to:
            self._step(complaint, to)
            complaint.refresh_from_db()
        return complaint

    def _step(self, complaint, to: State) -> None:
        pk, state = complaint.pk, State(complaint.state)
        side_exits = {
            State.DECLINED: lambda: actions.decline(pk, self.operator, "unethical", "Mohon maaf."),
            State.REFERRED: lambda: actions.refer(pk, self.operator),
            State.DUPLICATE: lambda: actions.duplicate(
                pk, self.operator, self.complaint(State.STUDY)
            ),
        }
        if to == State.RETRACTED:
            actions.retract(pk, uuid.uuid4())
        elif to in side_exits and state in (State.RECEIVED, State.VERIFIED):
            side_exits[to]()
        elif state == State.RECEIVED:
            actions.verify(pk, self.operator)
        elif state == State.VERIFIED and to == State.ROUTING:
            actions.misrouted(pk, self.operator, "Bukan kewenangan kami.")
        elif state == State.VERIFIED:
            actions.forward(pk, self.operator, self.official)
        elif state == State.ROUTING:
            actions.transfer(pk, self.admin, self.agency)
        elif state == State.DECISION and to == State.COORDINATION:
            actions.coordinate(pk, self.head, [AgencyFactory()])
        elif state == State.PUBLICATION and (
            to == State.ANSWERED_PRIVATELY or complaint.is_confidential
        ):
            actions.publish_privately(pk, self.coordinator, confirmed=points_of(complaint))
        elif state in (State.PUBLISHED, State.ANSWERED_PRIVATELY):
            actions.correct(pk, self.editor, "Tanggal perbaikan dibetulkan.")
        else:
            self._approve(complaint, state)

    def reopened(self, to: State = State.STUDY, first: State = State.PUBLISHED, **fields):
        """A complaint that was answered, then reopened by its reporter, and has come to `to`."""
        complaint = self.complaint(to=first, **fields)
        actions.reopen(complaint.pk, uuid.uuid4(), "Lampunya padam lagi.")
        complaint.refresh_from_db()
        return self.advance(complaint, to)

    def _approve(self, complaint, state: State) -> None:
        people = {
            State.STUDY: self.official,
            State.DECISION: self.head,
            State.COORDINATION: self.head,
            State.ENTRY: self.operator,
            State.EDITING: self.editor,
            State.PUBLICATION: self.coordinator,
            State.CORRECTION: self.editor,
            State.CORRECTION_CHECK: self.coordinator,
        }
        if state == State.STUDY:
            write_answer(complaint, self.official)
        if state in CLASSIFIED_STATES:
            give_category(complaint, self.editor)
        actions.approve(complaint.pk, people[state], confirmed=points_of(complaint))


def points_of(complaint) -> list[str]:
    """The points of the check-list before publishing, where a site has any (SOP B1, B2)."""
    return ChecklistItem.objects.to_confirm(complaint.open_step, complaint.is_confidential)


def give_category(complaint, editor) -> Category | None:
    """Whatever it is about: where a site has categories, B1 asks for one (SOP B1)."""
    if not needs_category(complaint.category):
        return complaint.category
    some = Category.objects.first()
    actions.classify(complaint.pk, editor, complaint.kind, some, complaint.village)
    return some


def write_answer(complaint, user, answer: str = ANSWER, **fields) -> ComplaintPage:
    """Save a new revision of the complaint's page, as the page editor would."""
    page = page_of(complaint).get_latest_revision_as_object()
    page.answer = answer
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision(user=user)
    return page


def page_of(complaint) -> ComplaintPage:
    return ComplaintPage.objects.get(complaint=complaint)


def ledger_of(complaint) -> list[tuple[str, str]]:
    """(step as judged, outcome) of every row, oldest first; an open one has no outcome."""
    return [(record.judged_step.value, record.outcome) for record in complaint.steps.all()]


def may_edit(user, complaint) -> bool:
    """True when the editor opens for the user and the page's lock lets them write."""
    page = page_of(complaint)
    lock = page.get_lock()
    opens = page.permissions_for_user(user).can_edit()
    return opens and not (lock and lock.for_user(user))


def open_record(complaint):
    """The ledger row of the step that the complaint now waits for."""
    return complaint.steps.open().exclude(step=Step.C1).get()


def next_reminder(complaint):
    """When the open step is reminded of next; None after the last time."""
    return open_record(complaint).next_reminder.remind_at


def is_watched(record) -> bool:
    """True while reminders of this ledger row may come."""
    return NextReminder.objects.filter(step=record).exists()


def is_in_step(complaint) -> bool:
    """True when the state, the ledger and Wagtail's workflow name the same step, and reminders
    wait for open rows alone."""
    complaint.refresh_from_db()
    open_steps = [record.step for record in complaint.steps.open().exclude(step=Step.C1)]
    if open_steps != ([complaint.open_step.value] if complaint.is_open else []):
        return False
    if any(is_watched(record) != (not record.finished_at) for record in complaint.steps.all()):
        return False
    page = ComplaintPage.objects.filter(complaint=complaint).first()
    task = page and page.current_workflow_task
    in_workflow = complaint.open_step if complaint.state in WORKFLOW_STATES else None
    return (task.specific.step if task else None) == in_workflow


def editor_form(complaint, **changes) -> dict:
    """What the browser's page editor posts: the latest revision's fields, with changes."""
    page = page_of(complaint).get_latest_revision_as_object()
    return {
        "title": page.title,
        "question": page.question,
        "kind": page.kind,
        "category": page.category_id or "",
        "village": page.village_id or "",
        "answer": rich_text(changes.pop("answer", page.answer), features=ANSWER_FEATURES),
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        **changes,
    }
