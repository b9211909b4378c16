"""One message has one Message-ID, however often it is sent; and it tells nothing."""

from __future__ import annotations

import re

import pytest
from django.core.mail.backends.base import BaseEmailBackend

from pengaduan_app import tasks
from pengaduan_app.messaging import delivery
from pengaduan_app.messaging.emails import compose, message_id
from pengaduan_app.models import OutboxMessage
from pengaduan_app.procedure.sop import State


class Breaking(BaseEmailBackend):
    """Takes the letter and loses the connection, so that the sender can't know."""

    taken: list[str] = []

    def send_messages(self, messages):
        self.taken += [letter.extra_headers["Message-ID"] for letter in messages]
        raise ConnectionResetError


def test_a_message_that_is_sent_again_has_the_same(office, settings, mailoutbox):
    office.operator  # noqa: B018  who is told
    office.complaint()
    backend, Breaking.taken = settings.EMAIL_BACKEND, []
    settings.EMAIL_BACKEND = f"{__name__}.Breaking"
    tasks.deliver_outbox()
    OutboxMessage.objects.update(send_after=delivery.timezone.now())
    settings.EMAIL_BACKEND = backend
    tasks.deliver_outbox()
    assert Breaking.taken
    assert Breaking.taken == [letter.extra_headers["Message-ID"] for letter in mailoutbox]
    letter = mailoutbox[0].message()
    assert letter["Message-ID"] == Breaking.taken[0]


def test_each_message_and_person_has_another(office):
    for person in (office.operator, office.official, office.head):
        assert person
    for _number in range(2):
        office.complaint(to=State.PUBLISHED)
    ids = [message_id(message) for message in OutboxMessage.objects.all()]
    assert len(ids) == len(set(ids)) > 10


@pytest.mark.parametrize("secret", ["a" * 50, "b" * 50])
def test_it_tells_nothing_without_the_secret_key(office, settings, secret):
    message = OutboxMessage(pk=7, key="12:received", complaint=office.complaint())
    here = message_id(message)
    assert re.fullmatch(r"<[0-9a-f]{40}@pengaduan>", here)
    settings.SECRET_KEY = secret
    assert message_id(message) != here


def test_every_letter_has_it(office):
    office.operator  # noqa: B018  who is told
    office.complaint(to=State.VERIFIED)
    letters = [(message, compose(message)) for message in OutboxMessage.objects.all()]
    assert {letter.extra_headers["Message-ID"] for _message, letter in letters if letter} == {
        message_id(message) for message, letter in letters if letter
    }
