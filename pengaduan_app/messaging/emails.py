"""What a message says and how it leaves. Texts hold the ticket, never the citizen's words."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac

from .. import permissions
from ..models import Complaint, ComplaintPage, Inspectorate, OutboxMessage, StepRecord
from ..procedure import Step, labels, reader_labels, sop
from ..text import email_address, is_deliverable
from . import digest, league_letters, notices, staff_letters
from .giving_up import NoAddress

# What an e-mail without a complaint is made of: a digest of reminders is about many, the others
# about the account of whoever gets it.
OWN_CONTEXTS = {
    OutboxMessage.Kind.INVITATION: staff_letters.context_of,
    OutboxMessage.Kind.HANDED_ON: staff_letters.context_of,
    OutboxMessage.Kind.DAILY: notices.context_of,
    OutboxMessage.Kind.LEAGUE: league_letters.context_of,
}

Kind = OutboxMessage.Kind


def compose(message: OutboxMessage) -> EmailMessage | None:
    """The e-mail of an outbox row. None if its recipient has left or has no address, or if
    what it asks for is over. Raises NoAddress for an address that none can be."""
    address = _address(message)
    if not address:
        return None
    if not is_an_address(address):
        raise NoAddress
    text = _text_of(message)
    if text is None:
        return None
    subject, _blank, body = text.partition("\n")
    return EmailMessage(
        subject=subject.strip(),
        body=body.strip() + "\n",
        to=[address],
        headers={"Message-ID": message_id(message)},
    )


def preview(complaint: Complaint, kind: Kind) -> str:
    """What the reporter would read if the complaint stood as this object has it, unsaved; the
    first line is the subject. Writes and sends nothing."""
    return _text_of(OutboxMessage(complaint=complaint, kind=kind)) or ""


def _text_of(message: OutboxMessage) -> str | None:
    """Subject and body, in the site's language; None if what it asks for is over."""
    with translation.override(settings.LANGUAGE_CODE):
        context = _context(message)
        if context is None:
            return None
        return render_to_string(f"pengaduan_app/messages/{message.kind}.txt", context).strip()


def is_an_address(address: str) -> bool:
    """False for what no server can send to, such as an address from before the form judged it."""
    try:
        validate_email(address)
    except ValidationError:
        return False
    return is_deliverable(address)


def message_id(message: OutboxMessage) -> str:
    """The Message-ID, the same at each sending: by it mail servers and programs know a message
    that comes twice.

    Keyed with SECRET_KEY, because the message's own key, its number and the time would tell what it
    is about, how many there are and when it was written.
    """
    keyed = salted_hmac(f"{__name__}.message_id", message.key, algorithm="sha256").hexdigest()
    return f"<{keyed[:40]}@pengaduan>"


def _address(message: OutboxMessage) -> str:
    """Where the message goes; empty for staff who have been deactivated since."""
    if message.recipient:
        return email_address(message.recipient.email) if message.recipient.is_active else ""
    return email_address(message.complaint.reporter.email) if message.complaint else ""


def _context(message: OutboxMessage) -> dict[str, object] | None:
    complaint = message.complaint
    if complaint is None:
        find = OWN_CONTEXTS.get(OutboxMessage.Kind(message.kind), digest.context_of)
        found = find(message)
        return found and {**found, "base_url": _absolute("")}
    if message.kind == Kind.COORDINATION and not _is_still_called(message, complaint):
        return None
    return {
        "complaint": complaint,
        "tracking_url": _absolute(reverse("pengaduan:track")),
        "public_url": _public_url(complaint),
        "admin_url": _absolute(reverse("pengaduan_admin:inspect", args=[complaint.pk])),
        "turn_to": Inspectorate.current().lines if message.kind == Kind.REFERRED else [],
        **_step_context(message.step, complaint),
    }


def _is_still_called(message: OutboxMessage, complaint: Complaint) -> bool:
    """False once the coordination is over: its question isn't theirs to read any more."""
    person = message.recipient
    return person is not None and permissions.is_called(person, complaint)


def _absolute(path: str) -> str:
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path


def _public_url(complaint: Complaint) -> str:
    page = ComplaintPage.objects.live().filter(complaint=complaint.answer_holder).first()
    return (page.full_url or "") if page else ""


def _step_context(record: StepRecord | None, complaint: Complaint) -> dict[str, object]:
    if record is None:
        return {}
    step = Step(record.step)
    return {
        "step_label": reader_labels.step_label(step, complaint.is_confidential),
        "role_label": labels.ROLES[sop.STEPS[step].role],
        "due_at": record.due_at,
        "request": complaint.coordination_request,
    }
