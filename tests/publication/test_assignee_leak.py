"""Who of the staff has a step is the office's own business: the leak test."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.core import mail
from django.utils import timezone

from pengaduan_app import actions, tasks
from pengaduan_app.models import Absence, OutboxMessage
from pengaduan_app.procedure.sop import OPEN_STEP, STEPS, Role, State
from tests.citizen.test_follow_up_privacy import STRANGERS_SEE
from tests.support.citizen import Citizen
from tests.support.factories import REPORTER, staff
from tests.support.process import page_of

NAMES = ("Zulrahasia", "Wirapengganti")
WAY = (State.RECEIVED, State.VERIFIED, State.STUDY, State.DECISION, State.ENTRY, State.EDITING)


def name_everybody(office) -> None:
    """All have the one name, and a deputy the other."""
    for role in Role:
        person = office.person(role)
        person.first_name, person.last_name = NAMES[0], f"Langkah {role.value}"
        person.save()


def send_on_leave(office) -> None:
    deputy, today = staff(Role.OPERATOR, office.agency), timezone.localdate()
    deputy.first_name = NAMES[1]
    deputy.save()
    Absence.objects.create(person=office.operator, deputy=deputy, first_day=today, last_day=today)


def give_each_step(office, complaint) -> None:
    for state in (*WAY, State.PUBLICATION):
        office.advance(complaint, state)
        person = office.person(STEPS[OPEN_STEP[state]].role)
        if state != State.STUDY:
            actions.take(complaint.pk, person)


def test_neither_the_public_nor_the_reporter_reads_whose_a_step_is(office, client):
    name_everybody(office)
    complaint, waiting = office.complaint(), office.complaint()
    give_each_step(office, complaint)
    office.advance(complaint, State.PUBLISHED)
    actions.take(waiting.pk, office.operator)
    send_on_leave(office)
    read = [Citizen(client, complaint).look(), Citizen(client, waiting).look()]
    actions.reopen(complaint.pk, uuid.uuid4(), "Lampunya padam lagi.")
    read.append(Citizen(client, complaint).look())
    seen = [page_of(complaint).url, *STRANGERS_SEE, "/statistik/", "/pengaduan/feed/"]
    read += [client.get(address, follow=True).content.decode() for address in seen]
    # As an e-mail that waited since before comes with a later one.
    OutboxMessage.objects.update(send_after=timezone.now() - timedelta(minutes=1))
    tasks.deliver_outbox()
    letters = [letter for letter in mail.outbox if letter.to == [REPORTER.email]]
    assert letters
    read += [f"{letter.subject} {letter.body} {letter.extra_headers}" for letter in letters]
    assert [text for text in read for name in NAMES if name in text] == []
