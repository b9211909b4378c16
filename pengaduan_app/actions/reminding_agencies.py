"""SOP C1 for all that an agency owes: one message of the coordinator, one e-mail to each person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ..deadlines import reminder_schedule
from ..messaging import Directory, notifications
from ..models import Agency, Complaint, Reminder, StepRecord, StepRecordQuerySet
from ..permissions import Staff
from ..procedure import Action, ReminderKind, Role, Step, sop
from ..text import kept
from . import ledger
from .core import ActionRefused, NotNow, NotYours, check, require_no_personal_data
from .reminding import follow_c1, speak_for_held

# In one message: those that are late for the longest time. An agency that owes more is called.
MOST = 200


class Reminded(NamedTuple):
    """How many late steps one message was about, and how many it left out: those reminded of a
    moment ago, and those beyond MOST."""

    steps: int
    left_out: int


def late_agency_steps() -> StepRecordQuerySet:
    """The open rows past due that an agency owes."""
    steps = [step.value for step in sop.AGENCY_STEPS]
    return StepRecord.objects.open().filter(
        due_at__lt=timezone.now(), step__in=steps, agency__isnull=False
    )


def remind_agency(agency: Agency, user: Staff, message: str = "") -> Reminded:
    """Remind an agency of every step that it owes and that is late, as `remind` does of one.

    Each complaint gets its row of C1 and its entry in the log; whoever is told of several reads
    of them in one e-mail. Raises NotNow if nothing is late or can be reminded of again yet, or
    if the message holds personal data of any of the reporters; NotYours for other roles.
    """
    message = kept(message).strip()
    with transaction.atomic():
        owed = late_agency_steps().filter(agency=agency).order_by("due_at", "pk")
        total, keys = owed.order_by().count(), list(owed.values_list("complaint", flat=True)[:MOST])
        complaints = _remindable(keys, agency, user)
        if message:
            prefetch_related_objects(complaints, "reporter")
            for complaint in complaints:
                require_no_personal_data(complaint, message)
        now = timezone.now()
        records = _records(complaints, now)
        if not records:
            raise NotNow(_nothing(agency, total))
        for record in records:
            speak_for_held(record, now)
        given = _write_down(records, user, message, now)
        follow_c1(records, {record.pk for record in records}, now, user, message)
        _tell(agency, records, given, now)
        for record in records:
            data = {"step": record.step}
            name = f"pengaduan_app.{Action.REMIND.value}"
            log(instance=record.complaint, action=name, user=user, data=data)
    return Reminded(len(records), total - len(records))


def _nothing(agency: Agency, late: int) -> str:
    if late:
        text = _(
            "%(agency)s was reminded of all its late steps a moment ago. Give it five minutes."
        )
    else:
        text = _("%(agency)s owes no late step any more.")
    return text % {"agency": agency.brief}


def _remindable(keys: Sequence[int], agency: Agency, user: Staff) -> list[Complaint]:
    """The complaints, locked, of which the agency may still be reminded."""
    found = []
    for complaint in Complaint.locked.filter(pk__in=keys, agency=agency).order_by("pk"):
        try:
            check(complaint, Action.REMIND, user)
        except NotYours:
            raise
        except ActionRefused:
            continue
        found.append(complaint)
    return found


def _records(complaints: Sequence[Complaint], now: datetime) -> list[StepRecord]:
    """The late open rows of these complaints, locked, without those of which the coordinator
    has reminded a moment ago; soonest due first."""
    by_key = {complaint.pk: complaint for complaint in complaints}
    locked = ledger.lock_open_steps(by_key.values())
    given = reminder_schedule.latest_manual([record.pk for record in locked])
    found = [
        record
        for record in locked
        if record.due_at < now and not reminder_schedule.paused_until(given.get(record.pk), now)
    ]
    for record in found:
        record.complaint = by_key[record.complaint_id]
    return sorted(found, key=lambda record: (record.due_at, record.pk))


def _write_down(
    records: Sequence[StepRecord], user: Staff, message: str, now: datetime
) -> dict[int, Reminder]:
    """The new reminders, by the key of their step."""
    manual = Reminder.objects.filter(step__in=records, kind=ReminderKind.MANUAL.value)
    earlier = dict(manual.order_by().values_list("step").annotate(Count("pk")))
    made = Reminder.objects.bulk_create(
        Reminder(
            step=record,
            kind=ReminderKind.MANUAL.value,
            stage=earlier.get(record.pk, 0) + 1,
            created_at=now,
            by=user,
            message=message,
        )
        for record in records
    )
    return {reminder.step_id: reminder for reminder in made}


def _tell(
    agency: Agency, records: Sequence[StepRecord], given: dict[int, Reminder], now: datetime
) -> None:
    """The same people whom `remind` tells: the step's own and the agency's heads."""
    directory, letters = Directory(), defaultdict[int, list[Reminder]](list)
    heads = directory.of(Role.HEAD, agency.pk)
    for record in records:
        official = record.complaint.official_id
        for person in directory.of_step(Step(record.step), agency.pk, official) | heads:
            letters[person].append(given[record.pk])
    notifications.after_reminders(letters, now)
