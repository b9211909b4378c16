"""When to tell whom (here), and what (mail.py). Everything goes through the outbox.

The rows are written in the action's own transaction, and so is the django-q2 task that
sends them: its ORM broker lives in the same database, so both are there or neither.
"""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.utils import timezone
from django_q.tasks import async_task

from . import permissions, sop
from .models import Complaint, OutboxMessage, StepRecord, ThreadEntry
from .sop import Role, State, Step

Kind = OutboxMessage.Kind

# What the reporter is told when a complaint reaches one of these states.
REPORTER_NEWS = {
    State.DECLINED: Kind.DECLINED,
    State.REFERRED: Kind.REFERRED,
    State.DUPLICATE: Kind.DUPLICATE,
    State.PUBLISHED: Kind.ANSWERED,
    State.ANSWERED_PRIVATELY: Kind.ANSWERED,
    State.RETRACTED: Kind.RETRACTED,
}


def after_submission(complaint: Complaint, opened: StepRecord) -> None:
    """A complaint has come in: its reporter gets a receipt, its first step's people a call."""
    _queue([*_to_reporter(complaint, Kind.RECEIVED), *_to_step(complaint, opened)])


def after_move(complaint: Complaint, opened: StepRecord | None) -> None:
    """A complaint has moved: `opened` is the step that began, if any did."""
    messages = list(_to_step(complaint, opened)) if opened else []
    news = REPORTER_NEWS.get(State(complaint.state))
    if news:
        # A reopened complaint is answered a second time.
        occasion = ":again" if complaint.was_reopened else ""
        for follower in [complaint, *complaint.duplicates.all()]:
            messages += _to_reporter(follower, news, occasion)
    if complaint.state == State.COORDINATION:
        messages += _to_coordination(complaint, opened)
    _queue(messages)


def after_question(entry: ThreadEntry) -> None:
    """The agency has asked: the reporter is told that it has, and reads it when tracking."""
    _queue(_to_reporter(entry.complaint, Kind.QUESTION, f":{entry.pk}"))


def after_entry(entry: ThreadEntry, step: Step | None) -> None:
    """The reporter has written: the people of the open step are told; where none is open,
    the head, whose answer it was."""
    complaint = entry.complaint
    people = _people_of(complaint, step) if step else staff_of(Role.HEAD, [complaint.agency_id])
    _queue(_to_people(people, complaint, Kind.FOLLOW_UP, f"entry{entry.pk}"))


def after_reopening(entry: ThreadEntry) -> None:
    """The coordinators watch over what is handled again; who has its A5 hears as ever."""
    people = staff_of(Role.COORDINATOR, [])
    _queue(_to_people(people, entry.complaint, Kind.REOPENED, f"entry{entry.pk}"))


def staff_of(role: Role, agency_ids) -> list:
    """The active people of a role, in one of these agencies where the role sits in one."""
    people = get_user_model().objects.filter(
        is_active=True,
        groups__permissions__codename=permissions.ROLE_PERMISSION[role],
        groups__permissions__content_type__app_label="pengaduan_app",
    )
    if role in sop.AGENCY_ROLES:
        people = people.filter(groups__agency__in=agency_ids)
    return list(people.distinct().order_by("pk"))


def _to_reporter(complaint: Complaint, kind: str, occasion: str = "") -> list[OutboxMessage]:
    if not complaint.reporter.email:
        return []
    return [_message(complaint, kind, key=f"{complaint.pk}:{kind}{occasion}")]


def _to_step(complaint: Complaint, opened: StepRecord) -> list[OutboxMessage]:
    people = _people_of(complaint, Step(opened.step))
    return _to_people(people, complaint, Kind.STEP, opened.pk, step=opened)


def _people_of(complaint: Complaint, step: Step) -> list:
    """Whose turn it is in this step of the complaint."""
    if step == Step.A5 and complaint.official:
        return [complaint.official]
    return staff_of(sop.STEPS[step].role, [complaint.agency_id])


def _to_coordination(complaint: Complaint, opened: StepRecord) -> list[OutboxMessage]:
    agency_ids = complaint.coordination.values_list("pk", flat=True)
    people = staff_of(Role.OFFICIAL, agency_ids)
    return _to_people(people, complaint, Kind.COORDINATION, opened.pk, step=opened)


def _to_people(people, complaint, kind, occasion, **fields) -> list[OutboxMessage]:
    return [
        _message(complaint, kind, key=f"{occasion}:{kind}:{person.pk}", recipient=person, **fields)
        for person in people
        if person.email
    ]


def _message(complaint, kind, key, **fields) -> OutboxMessage:
    now = timezone.now()
    return OutboxMessage(
        complaint=complaint, kind=kind, key=key, created_at=now, send_after=now, **fields
    )


def _queue(messages: list[OutboxMessage]) -> None:
    if messages:
        OutboxMessage.objects.bulk_create(messages, ignore_conflicts=True)
        async_task("pengaduan_app.tasks.deliver_outbox")
