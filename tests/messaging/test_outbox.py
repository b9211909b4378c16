"""The outbox: who is told what, and that no message is lost or sent twice."""

import socket
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone
from django_q.models import OrmQ

from pengaduan_app import actions, tasks
from pengaduan_app.messaging import delivery
from pengaduan_app.models import OutboxMessage
from pengaduan_app.procedure import labels
from pengaduan_app.procedure.sop import Ground, Role, State
from tests.support.factories import REPORTER, UserFactory, staff
from tests.support.process import Office
from tests.support.waiting import deliver_all

START = datetime(2026, 2, 23, 0, 30, tzinfo=UTC)


def told(complaint, kind="step", step=None):
    """The people who are told that, as user names; the reporter is "reporter"."""
    rows = OutboxMessage.objects.filter(complaint=complaint, kind=kind)
    if step:
        rows = rows.filter(step__step=step)
    return [row.recipient.username if row.recipient else "reporter" for row in rows]


# Who is told.


@pytest.mark.parametrize(
    ("state", "step", "role"),
    [
        (State.RECEIVED, "A1", Role.OPERATOR),
        (State.VERIFIED, "A2", Role.OPERATOR),
        (State.ROUTING, "C2", Role.ADMIN),
        (State.STUDY, "A5", Role.OFFICIAL),
        (State.DECISION, "A6", Role.HEAD),
        (State.COORDINATION, "A7", Role.HEAD),
        (State.ENTRY, "A8", Role.OPERATOR),
        (State.EDITING, "B1", Role.EDITOR),
        (State.PUBLICATION, "B2", Role.COORDINATOR),
    ],
)
def test_whose_step_it_is_is_told_and_nobody_else(office, other_office, state, step, role):
    everybody = [(place, person) for place in (office, other_office) for person in Role]
    for place, person in everybody:
        place.person(person)
    complaint = office.complaint(to=state)
    expected = {office.person(role).username}
    if role in (Role.EDITOR, Role.COORDINATOR, Role.ADMIN):
        expected.add(other_office.person(role).username)
    assert set(told(complaint, step=step)) == expected


def test_only_the_chosen_official_is_told(office):
    colleague = staff(Role.OFFICIAL, office.agency)
    complaint = office.complaint(to=State.STUDY)
    assert told(complaint, step="A5") == [office.official.username]
    assert colleague.username not in told(complaint)


def test_called_agencies_officials_are_told_of_the_coordination(office, other_office):
    for role in (Role.OPERATOR, Role.OFFICIAL, Role.HEAD):
        other_office.person(role)
    complaint = office.complaint(to=State.DECISION)
    actions.coordinate(complaint.pk, office.head, [other_office.agency])
    assert told(complaint, "coordination") == [other_office.official.username]


def test_who_left_or_has_no_address_is_not_told(office):
    UserFactory(role=Role.OPERATOR, agency=office.agency, is_active=False)
    UserFactory(role=Role.OPERATOR, agency=office.agency, email="")
    office.operator  # noqa: B018  now there is one who is
    assert told(office.complaint(), step="A1") == [office.operator.username]


@pytest.mark.parametrize(
    ("state", "news"),
    [
        (State.RECEIVED, ["received"]),
        (State.STUDY, ["received"]),
        (State.DECLINED, ["received", "declined"]),
        (State.REFERRED, ["received", "referred"]),
        (State.DUPLICATE, ["received", "duplicate"]),
        (State.PUBLISHED, ["received", "answered"]),
        (State.ANSWERED_PRIVATELY, ["received", "answered"]),
    ],
)
def test_the_reporter_is_told_at_receipt_and_at_the_end(office, mailoutbox, state, news):
    complaint = office.complaint(to=state)
    mine = OutboxMessage.objects.filter(complaint=complaint, recipient=None)
    assert [message.kind for message in mine] == news
    deliver_all()
    letters = [letter for letter in mailoutbox if complaint.ticket in letter.subject]
    assert sum(letter.to == [REPORTER.email] for letter in letters) == len(news)


def test_a_reporter_without_an_address_is_written_to_by_nobody(office):
    identity = actions.Identity(name="Wulan", phone="081299990001")
    complaint = office.complaint(to=State.PUBLISHED, identity=identity)
    assert "reporter" not in told(complaint, "received") + told(complaint, "answered")


def test_followers_of_a_joined_complaint_are_told_of_the_answer(office):
    original = office.complaint(to=State.VERIFIED)
    followers = [office.complaint(to=State.VERIFIED) for _number in range(2)]
    for follower in followers:
        actions.duplicate(follower.pk, office.operator, original)
    office.advance(original, State.PUBLISHED)
    for complaint in (original, *followers):
        assert told(complaint, "answered") == ["reporter"]


def test_the_declined_reporter_reads_the_ground_and_the_operators_words(office, mailoutbox):
    complaint = office.complaint()
    actions.decline(complaint.pk, office.operator, Ground.SARA, "Mohon gunakan kata yang santun.")
    deliver_all()
    letter = next(mail for mail in mailoutbox if "Mohon gunakan kata" in mail.body)
    assert letter.to == [REPORTER.email]
    assert complaint.ticket in letter.subject
    assert str(labels.GROUNDS[Ground.SARA]) in letter.body


# Queued with the action, or not at all.


def test_a_message_is_queued_in_the_actions_own_transaction(office):
    complaint = office.complaint()
    before = OutboxMessage.objects.count(), OrmQ.objects.count()
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.verify(complaint.pk, office.operator)
        assert OutboxMessage.objects.count() > before[0]
        assert OrmQ.objects.count() > before[1]
        raise RuntimeError
    assert (OutboxMessage.objects.count(), OrmQ.objects.count()) == before
    complaint.refresh_from_db()
    assert complaint.state == State.RECEIVED


def test_a_refused_action_tells_nobody(office, other_office):
    complaint = office.complaint()
    before = OutboxMessage.objects.count()
    with pytest.raises(actions.NotYours):
        actions.verify(complaint.pk, other_office.operator)
    assert OutboxMessage.objects.count() == before


def test_nothing_is_sent_inside_a_request(office, mailoutbox):
    office.complaint(to=State.PUBLISHED)
    assert mailoutbox == []


# Sent once, whatever the mail server does.


def test_running_twice_sends_once(office, mailoutbox):
    office.complaint(to=State.VERIFIED)
    first = tasks.deliver_outbox()
    assert first == len(mailoutbox) > 0
    assert tasks.deliver_outbox() == 0
    assert len(mailoutbox) == first


@pytest.fixture
def smtp(settings):
    """Django's own SMTP backend, at a port where nothing listens yet."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    return port


class Postbox(Sink):
    """Keeps what arrives, and knows nobody whose address holds `unknown`."""

    def __init__(self, unknown="@nowhere"):
        super().__init__()
        self.unknown, self.letters = unknown, []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.unknown in address:
            return f"550 no such user {address}"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.letters.append((envelope.rcpt_tos, envelope.content))
        return "250 OK"


def deliver_through(port, postbox) -> int:
    server = Controller(postbox, hostname="127.0.0.1", port=port)
    server.start()
    try:
        return tasks.deliver_outbox()
    finally:
        server.stop()


def test_a_mail_server_that_is_down_loses_nothing(office, smtp):
    with time_machine.travel(START, tick=False) as clock:
        complaint = office.complaint()
        waiting = OutboxMessage.objects.count()
        assert tasks.deliver_outbox() == 0
        failed = OutboxMessage.objects.filter(last_error="ConnectionRefusedError", attempts=1)
        assert failed.count() == waiting > 0
        postbox = Postbox()
        assert deliver_through(smtp, postbox) == 0
        clock.shift(timedelta(minutes=1))
        assert deliver_through(smtp, postbox) == waiting
    assert not OutboxMessage.objects.filter(sent_at=None).exists()
    assert [REPORTER.email] in [addresses for addresses, _content in postbox.letters]
    assert all(complaint.ticket.encode() in content for _to, content in postbox.letters)


def test_one_refused_address_stops_no_other_message_and_is_not_written_down(office, smtp):
    office.operator  # noqa: B018  somebody else to be told
    office.complaint()
    postbox = Postbox(unknown=REPORTER.email)
    assert deliver_through(smtp, postbox) == len(postbox.letters) == 1
    message = OutboxMessage.objects.get(sent_at=None)
    assert message.recipient is None
    assert message.last_error == "SMTPRecipientsRefused"


def test_each_failure_waits_longer_and_none_gives_up(office, smtp):
    with time_machine.travel(START, tick=False) as clock:
        office.complaint()
        waits = []
        for _attempt in range(7):
            tasks.deliver_outbox()
            send_after = OutboxMessage.objects.first().send_after
            waits.append((send_after - timezone.now()).total_seconds() // 60)
            clock.move_to(send_after)
    assert waits == [1, 5, 15, 60, 240, 240, 240]
    assert OutboxMessage.objects.first().attempts == 7


def test_a_worker_killed_while_sending_leaves_the_message_to_the_next(office, mailoutbox):
    with time_machine.travel(START, tick=False) as clock:
        office.complaint()
        claimed = delivery._claim()
        assert tasks.deliver_outbox() == 0
        clock.shift(delivery.LEASE)
        assert tasks.deliver_outbox() == len(claimed) == len(mailoutbox)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_message_once(city):
    office = Office()
    for _number in range(10):
        office.complaint()
    waiting = OutboxMessage.objects.count()
    start, sent = Barrier(2), []

    def work():
        start.wait()
        try:
            sent.append(tasks.deliver_outbox())
        finally:
            connection.close()

    workers = [Thread(target=work) for _number in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(sent) == waiting == len(mail.outbox)
    assert {message.attempts for message in OutboxMessage.objects.all()} == {1}
