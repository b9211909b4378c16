"""An address that never works is tried a fair number of times, shown, and holds up nobody."""

from __future__ import annotations

import smtplib
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.mail import BadHeaderError
from django.core.management import call_command
from django.utils import timezone

from pengaduan_app import actions, tasks
from pengaduan_app.messaging import giving_up, retry_given_up
from pengaduan_app.models import OutboxMessage, Reminder
from pengaduan_app.operations import health
from pengaduan_app.procedure.sop import Role, State
from tests.messaging.test_outbox import Postbox, deliver_through, smtp
from tests.support.factories import REPORTER, staff

__all__ = ["smtp"]
START = datetime(2026, 2, 23, 0, 30, tzinfo=UTC)


class Choosy(Postbox):
    """Says `answer` to the reporter's address, or to everybody's, and keeps all other letters."""

    def __init__(self, answer: str, everybody: bool = False):
        super().__init__()
        self.answer, self.everybody, self.tried = answer, everybody, 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.everybody or address == REPORTER.email:
            self.tried += 1
            return self.answer
        envelope.rcpt_tos.append(address)
        return "250 OK"


def to_reporter() -> OutboxMessage:
    return OutboxMessage.objects.get(recipient=None)


def try_for(days: float, port, postbox, clock) -> None:
    """Let the schedule run for so long, at each moment when something is due."""
    end = timezone.now() + timedelta(days=days)
    while timezone.now() < end:
        deliver_through(port, postbox)
        ahead = OutboxMessage.objects.unsent().order_by("send_after").first()
        clock.move_to(min(ahead.send_after if ahead else end, end))


@pytest.mark.parametrize(
    ("answer", "tries"), [("550 no such user", 8), ("553 bad mailbox name", 8)]
)
def test_who_is_refused_for_good_is_given_up_within_a_day(office, smtp, answer, tries):
    office.operator  # noqa: B018  somebody whose mail arrives
    with time_machine.travel(START, tick=False) as clock:
        office.complaint()
        postbox = Choosy(answer)
        try_for(days=1, port=smtp, postbox=postbox, clock=clock)
        assert postbox.tried == tries
        assert to_reporter().last_error == "SMTPRecipientsRefused"
        assert to_reporter().given_up_at - START < timedelta(days=1)
        try_for(days=30, port=smtp, postbox=postbox, clock=clock)
        assert postbox.tried == tries


def test_who_is_not_reached_now_is_tried_for_five_days(office, smtp):
    """A full mailbox, or a domain whose server is away."""
    office.operator  # noqa: B018
    with time_machine.travel(START, tick=False) as clock:
        office.complaint()
        postbox = Choosy("452 mailbox full")
        try_for(days=4.9, port=smtp, postbox=postbox, clock=clock)
        assert to_reporter().given_up_at is None
        try_for(days=1, port=smtp, postbox=postbox, clock=clock)
        assert to_reporter().given_up_at - START < timedelta(days=5, hours=5)


def test_a_full_mailbox_that_is_emptied_gets_its_mail(office, smtp):
    office.operator  # noqa: B018
    with time_machine.travel(START, tick=False) as clock:
        office.complaint()
        try_for(days=2, port=smtp, postbox=Choosy("452 mailbox full"), clock=clock)
        postbox = Postbox()
        try_for(days=1, port=smtp, postbox=postbox, clock=clock)
    assert [REPORTER.email] in [to for to, _content in postbox.letters]
    assert to_reporter().sent_at


def test_a_server_that_refuses_everybody_loses_nothing(office, smtp):
    """A relay without our address in its list: it isn't the recipients' fault."""
    office.operator  # noqa: B018
    with time_machine.travel(START, tick=False) as clock:
        office.complaint()
        waiting = OutboxMessage.objects.count()
        postbox = Choosy("554 relay access denied", everybody=True)
        try_for(days=9, port=smtp, postbox=postbox, clock=clock)
        assert OutboxMessage.objects.unsent().count() == waiting > 1
        try_for(days=1, port=smtp, postbox=Postbox(), clock=clock)
    assert not OutboxMessage.objects.unsent().exists()


@pytest.mark.parametrize("days", [1, 20])
def test_a_server_that_is_down_loses_nothing_however_long(office, smtp, days):
    office.operator  # noqa: B018
    with time_machine.travel(START, tick=False) as clock:
        office.complaint()
        deliver_through(smtp, Choosy("452 later"))
        for _time in range(30):
            tasks.deliver_outbox()
            clock.shift(timedelta(days=days) / 30)
    assert to_reporter().given_up_at is None


NO_ADDRESSES = ["bukan alamat", "a@b@c", "nama@", "@contoh.example", "nama@contoh..example"]


@pytest.mark.parametrize("address", NO_ADDRESSES)
def test_what_is_no_address_is_not_tried_at_all_again(office, smtp, address):
    """As rows from before the form judged addresses have them."""
    office.complaint(identity=actions.Identity(name="Wulan", phone="081299990001", email=address))
    postbox = Postbox()
    deliver_through(smtp, postbox)
    message = to_reporter()
    assert (message.attempts, message.last_error) == (1, "NoAddress")
    assert message.given_up_at
    assert address not in str(postbox.letters)


@pytest.mark.parametrize("address", ["bukan alamat", "nama@contoh..example"])
def test_nor_is_an_accounts(office, smtp, address):
    office.operator.email = address
    office.operator.save()
    office.complaint(to=State.RECEIVED)
    deliver_through(smtp, Postbox())
    assert OutboxMessage.objects.get(recipient=office.operator).given_up_at


def test_a_hundred_hopeless_ones_hold_up_nobody(office, smtp):
    office.operator  # noqa: B018
    nowhere = actions.Identity(name="Wulan", phone="081299990001", email="bukan alamat")
    for _number in range(3):
        office.complaint(identity=nowhere)
    late = OutboxMessage.objects.filter(recipient=None)
    late.update(send_after=timezone.now() - timedelta(days=300))
    postbox = Postbox()
    assert deliver_through(smtp, postbox) == 3
    assert deliver_through(smtp, postbox) == 0
    assert late.filter(attempts=1).count() == 3


def test_the_next_reminder_is_a_message_of_its_own(office, smtp):
    """It isn't joined with one that nobody will send."""
    with time_machine.travel(START, tick=False) as clock:
        complaint = office.complaint(to=State.STUDY)
        OutboxMessage.objects.update(sent_at=timezone.now())
        actions.remind(complaint.pk, office.coordinator, "Mohon dijawab.")
        first = OutboxMessage.objects.unsent().get()
        OutboxMessage.objects.filter(pk=first.pk).update(
            given_up_at=timezone.now(), attempts=8, last_error="SMTPRecipientsRefused"
        )
        clock.shift(timedelta(days=2))
        actions.remind(complaint.pk, office.coordinator, "Mohon dijawab sekarang.")
        second = OutboxMessage.objects.unsent().get()
    assert second.pk != first.pk
    assert Reminder.objects.get(message="Mohon dijawab sekarang.").messages.get() == second


# Which errors say something of the address.


@pytest.mark.parametrize(
    ("error", "codes"),
    [
        (smtplib.SMTPRecipientsRefused({"a": (550, b"")}), [550]),
        (smtplib.SMTPRecipientsRefused({"a": (450, b"")}), [450]),
        (smtplib.SMTPDataError(554, b""), [554]),
        (smtplib.SMTPSenderRefused(553, b"", "kami"), []),
        (smtplib.SMTPAuthenticationError(535, b""), []),
        (smtplib.SMTPServerDisconnected(), []),
        (smtplib.SMTPConnectError(421, b""), []),
        (smtplib.SMTPHeloError(501, b""), []),
        (ConnectionRefusedError(), []),
        (TimeoutError(), []),
        (KeyError("ours"), []),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_only_an_answer_about_the_recipient_counts(error, codes):
    assert giving_up.refusals(error) == codes


@pytest.mark.parametrize("error", [BadHeaderError(), UnicodeError(), giving_up.NoAddress()])
def test_what_no_server_was_asked_is_hopeless_at_once(error):
    assert giving_up.is_hopeless(OutboxMessage(attempts=1), error, timezone.now())


# Where it is shown.


@pytest.fixture
def given_up(office):
    office.complaint(identity=actions.Identity(name="Wulan", phone="0812999901", email="zqbukan"))
    tasks.deliver_outbox()
    return to_reporter()


def test_the_register_shows_it_apart_and_without_the_address(office, given_up, client):
    client.force_login(office.operator)
    for sent, there in (("given_up", True), ("no", False), ("failed", False), ("yes", False)):
        page = client.get("/admin/registers/outbox/", {"sent": sent}).content.decode()
        assert ("dihentikan: alamat tidak dapat dijangkau" in page) is there, sent
        assert "zqbukan" not in page
    detail = client.get(f"/admin/registers/outbox/inspect/{given_up.pk}/").content.decode()
    assert "NoAddress" in detail


def test_a_reminder_that_reached_nobody_does_not_say_that_it_did(office, client):
    complaint = office.complaint(to=State.STUDY)
    actions.remind(complaint.pk, office.coordinator, "Mohon dijawab.")
    OutboxMessage.objects.filter(kind="reminder").update(given_up_at=timezone.now())
    client.force_login(office.operator)
    assert (
        "alamat tidak dapat dijangkau" in client.get("/admin/registers/reminders/").content.decode()
    )


def test_health_counts_it_and_goes_on(given_up, client):
    report = health.examine()
    assert (report.given_up, report.outbox, report.oldest_unsent) == (1, True, None)
    assert client.get("/healthz/").json()["messages_given_up"] == 1
    OutboxMessage.objects.update(given_up_at=timezone.now() - timedelta(days=8))
    assert health.examine().given_up == 0
    out = StringIO()
    call_command("health", stdout=out)
    assert "messages given up in a week: 0" in out.getvalue()


def test_a_corrected_address_gets_what_was_given_up(office, mailoutbox):
    person = staff(Role.OPERATOR, office.agency)
    person.email = "salah"
    person.save()
    office.complaint()
    tasks.deliver_outbox()
    assert OutboxMessage.objects.get(recipient=person).given_up_at
    person.email = "benar@kota.example"
    person.save()
    out = StringIO()
    call_command("retry_given_up", stdout=out)
    assert out.getvalue().startswith("1 message")
    tasks.deliver_outbox()
    assert ["benar@kota.example"] in [letter.to for letter in mailoutbox]
    assert retry_given_up() == 0
