"""When somebody is told. Who that is stands in recipients.py, and what they read in emails.py.

The outbox rows are written in the action's own transaction, and so is the django-q2 task
that sends them: its ORM broker lives in the same database, so both are committed or
neither is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.db.models import Max, Q
from django.utils import timezone

from ..models import Complaint, Contribution, OutboxMessage, Reminder, StepRecord, ThreadEntry
from ..procedure import Role, State, Step, transitions
from . import delivery, notices, reach
from .recipients import Directory

Kind = OutboxMessage.Kind
NO_WAIT = timedelta()

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
    """A complaint has come in: tell its reporter, and the people of its first step."""
    _queue([*_to_reporter(complaint, Kind.RECEIVED), *_to_staff(complaint, opened)])


def after_move(complaint: Complaint, opened: StepRecord | None, is_news: bool = True) -> None:
    """A complaint has moved: `opened` is the step that began, if any did. `is_news` is False if
    the state says nothing that its reporter doesn't know."""
    messages = _to_staff(complaint, opened) if opened else []
    news = REPORTER_NEWS.get(State(complaint.state)) if is_news else None
    if news:
        # A reopened complaint is answered a second time.
        occasion = ":again" if complaint.was_reopened else ""
        wait = transitions.UNDO_FOR if complaint.state in transitions.UNDOABLE_STATES else NO_WAIT
        for follower in [complaint, *complaint.duplicates.all()]:
            messages += _to_reporter(follower, news, occasion, wait)
    _queue(messages)


def take_back(told: Sequence[int], following: Sequence[int], ended: State, since: datetime) -> bool:
    """Delete what the reporters of the complaints `told`, by key, would be told of an end at
    `since`; `following` are others that were joined with the one that ended.

    False, and nothing is deleted, once a worker has tried one of these messages, or if any of
    them is told of something else that followed. The caller holds the complaint's lock.
    """
    keys = [f"{pk}:{REPORTER_NEWS[ended]}" for pk in told]
    theirs = OutboxMessage.objects.filter(complaint__in=[*told, *following], recipient=None)
    waiting = theirs.filter(key__in=keys).select_for_update(no_key=True).order_by("pk")
    if any(message.attempts or message.sent_at for message in waiting):
        return False
    if theirs.filter(created_at__gte=since).exclude(key__in=keys).exists():
        return False
    theirs.filter(key__in=keys).delete()
    return True


def after_correction(complaint: Complaint, revision: int) -> None:
    """The text of an answer that was given has changed: tell all who follow it."""
    _queue(
        [
            message
            for follower in [complaint, *complaint.duplicates.all()]
            for message in _to_reporter(follower, Kind.CORRECTED, f":{revision}")
        ]
    )


def after_assigning(complaint: Complaint, record: StepRecord, by: int) -> None:
    """The open step was given to somebody, or back to its role: tell whose it is now, without
    the one who did it, by their key."""
    step = Step(record.step)
    people = Directory().of_step(step, complaint.agency_id, complaint.holder_key(step)) - {by}
    occasion = f"assigned:{record.pk}:{uuid4()}"
    _queue(_to_people(people, complaint, Kind.STEP, occasion, step=record))


def after_reminders(letters: dict[int, list[Reminder]], now: datetime) -> None:
    """Reminders were given: `letters` holds each person's, by the person's key.

    They join the e-mail that still waits for that person, or start one: many reminders,
    one e-mail.
    """
    if not letters:
        return
    notices.note_reminders(letters, now)
    # Locked, or two workers would each start an e-mail for the same person.
    people = get_user_model().objects.filter(pk__in=letters).order_by("pk")
    list(people.select_for_update(no_key=True).values_list("pk"))
    latest = _latest_moments(letters, now)
    waiting = _waiting_digests(letters)
    _hasten(waiting, latest)
    new = _new_digests({p: rows for p, rows in letters.items() if p not in waiting}, latest, now)
    OutboxMessage.objects.bulk_create(new.values())
    digests = waiting | new
    Through = OutboxMessage.reminders.through
    Through.objects.bulk_create(
        Through(outboxmessage_id=digests[person].pk, reminder_id=reminder.pk)
        for person, reminders in letters.items()
        for reminder in reminders
    )
    if any(message.send_after <= now for message in digests.values()):
        delivery.deliver_soon()


def _latest_moments(letters: dict[int, list[Reminder]], now: datetime) -> dict[int, datetime]:
    """When each person must be told at the latest: with half of the shortest time still left.

    The pause alone would bring the reminder of a step of half an hour too late, so an e-mail
    waits at most half the time that a step in it has left: then it can still be done."""
    steps = {reminder.step_id for rows in letters.values() for reminder in rows}
    ahead = StepRecord.objects.filter(pk__in=steps, due_at__gt=now)
    due = dict(ahead.order_by().values_list("pk", "due_at"))
    return {
        person: min(
            (now + (due[r.step_id] - now) / 2 for r in rows if r.step_id in due),
            default=now + delivery.DIGEST_PAUSE,
        )
        for person, rows in letters.items()
    }


def _hasten(waiting: dict[int, OutboxMessage], latest: dict[int, datetime]) -> None:
    """Send e-mails earlier that are only held back; one that failed keeps its turn."""
    early = []
    for person, message in waiting.items():
        if not message.attempts and latest[person] < message.send_after:
            message.send_after = latest[person]
            early.append(message)
    OutboxMessage.objects.bulk_update(early, ["send_after"])


def _waiting_digests(people: Iterable[int]) -> dict[int, OutboxMessage]:
    """Each person's e-mail of reminders that no worker has claimed: not tried yet, or failed."""
    waiting = (
        OutboxMessage.objects.unsent()
        .filter(kind=Kind.REMINDER, recipient__in=people)
        .filter(Q(attempts=0) | ~Q(last_error=""))
        .select_for_update(no_key=True)
        .order_by("pk")
    )
    return {message.recipient_id: message for message in waiting if message.recipient_id}


def _new_digests(
    letters: dict[int, list[Reminder]], latest: dict[int, datetime], now: datetime
) -> dict[int, OutboxMessage]:
    recent = OutboxMessage.objects.filter(
        # None from the future, which a clock that was set back leaves behind.
        kind=Kind.REMINDER,
        recipient__in=letters,
        sent_at__range=(now - delivery.DIGEST_PAUSE, now),
    )
    last = dict(recent.values_list("recipient").annotate(Max("sent_at")).order_by())
    return {
        person: OutboxMessage(
            kind=Kind.REMINDER,
            recipient_id=person,
            key=f"reminder:{reminders[0].pk}:{person}",
            created_at=now,
            send_after=min(last[person] + delivery.DIGEST_PAUSE, latest[person])
            if person in last
            else now,
        )
        for person, reminders in sorted(letters.items())
    }


def after_question(entry: ThreadEntry) -> None:
    """The agency has asked: tell the reporter that it has; the tracking page has the question."""
    _queue(_to_reporter(entry.complaint, Kind.QUESTION, f":{entry.pk}"))


def after_entry(entry: ThreadEntry, step: Step | None) -> None:
    """The reporter has written: tell the people of the open step or, if none is open, the
    head, whose answer it was."""
    complaint, directory = entry.complaint, Directory()
    if step:
        people = directory.of_step(step, complaint.agency_id, complaint.holder_key(step))
    else:
        people = directory.of(Role.HEAD, complaint.agency_id)
    _queue(_to_people(people, complaint, Kind.FOLLOW_UP, f"entry{entry.pk}"))


def after_reopening(entry: ThreadEntry) -> None:
    """Tell the coordinators, who watch over a reopened complaint; its A5 is told as a step."""
    people = Directory().of(Role.COORDINATOR, None)
    _queue(_to_people(people, entry.complaint, Kind.REOPENED, f"entry{entry.pk}"))


def after_contribution(contribution: Contribution) -> None:
    """A called agency's part is done: tell the head who called it (SOP A7)."""
    complaint = contribution.step.complaint
    people = Directory().of(Role.HEAD, complaint.agency_id)
    _queue(_to_people(people, complaint, Kind.CONTRIBUTION, f"contribution{contribution.pk}"))


def after_opening(complaint: Complaint, opening: int) -> None:
    """Somebody has opened the reporter's identity: tell the coordinators. `opening` is the key
    of its row in the log, which holds the reason; the message doesn't."""
    people = Directory().of(Role.COORDINATOR, None)
    _queue(_to_people(people, complaint, Kind.VAULT, f"opening{opening}"))


def _to_reporter(
    complaint: Complaint, kind: Kind, occasion: str = "", wait: timedelta = NO_WAIT
) -> list[OutboxMessage]:
    if not reach.gets_news(complaint.reporter):
        return []
    message = _message(complaint, kind, key=f"{complaint.pk}:{kind}{occasion}")
    message.send_after += wait
    return [message]


def _to_staff(complaint: Complaint, opened: StepRecord) -> list[OutboxMessage]:
    """The step's own people, and at A7 the officials of the agencies that are called."""
    directory, step = Directory(), Step(opened.step)
    own = directory.of_step(step, complaint.agency_id, complaint.holder_key(step))
    messages = _to_people(own, complaint, Kind.STEP, opened.pk, step=opened)
    if complaint.state == State.COORDINATION:
        agencies = complaint.coordination.values_list("pk", flat=True)
        called = set[int]().union(*(directory.of(Role.OFFICIAL, agency) for agency in agencies))
        messages += _to_people(called, complaint, Kind.COORDINATION, opened.pk, step=opened)
    return messages


def _to_people(
    people: Iterable[int],
    complaint: Complaint,
    kind: Kind,
    occasion: int | str,
    step: StepRecord | None = None,
) -> list[OutboxMessage]:
    return [
        _message(complaint, kind, f"{occasion}:{kind}:{person}", person, step)
        for person in sorted(people)
    ]


def _message(
    complaint: Complaint,
    kind: Kind,
    key: str,
    person: int | None = None,
    step: StepRecord | None = None,
) -> OutboxMessage:
    """A message to a member of staff, by their key, or without one to the reporter."""
    now = timezone.now()
    return OutboxMessage(
        complaint=complaint,
        kind=kind,
        key=key,
        recipient_id=person,
        step=step,
        created_at=now,
        send_after=now,
    )


def _queue(messages: list[OutboxMessage]) -> None:
    to_send = notices.note(messages)
    if to_send:
        OutboxMessage.objects.bulk_create(to_send, ignore_conflicts=True)
        delivery.deliver_soon()
