"""What a message says and how it leaves. Texts hold the ticket, never the citizen's words."""

from __future__ import annotations

from email.utils import make_msgid

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from .. import permissions
from ..models import ComplaintPage, OutboxMessage
from ..procedure import Step, labels, sop
from . import digest


def compose(message: OutboxMessage) -> EmailMessage | None:
    """The e-mail of an outbox row, or None when its person has no address any more, or
    when what it reminds of is done."""
    address = _address(message)
    if not address:
        return None
    with translation.override(settings.LANGUAGE_CODE):
        context = _context(message)
        if context is None:
            return None
        text = render_to_string(f"pengaduan_app/messages/{message.kind}.txt", context)
    subject, _blank, body = text.strip().partition("\n")
    return EmailMessage(
        subject=subject.strip(),
        body=body.strip() + "\n",
        to=[address],
        headers={"Message-ID": make_msgid(idstring=f"outbox{message.pk}", domain="pengaduan")},
    )


def _address(message: OutboxMessage) -> str:
    if not message.recipient_id:
        return message.complaint.reporter.email
    # Who has left gets no more news.
    return message.recipient.email if message.recipient.is_active else ""


def _context(message: OutboxMessage) -> dict | None:
    if message.kind == OutboxMessage.Kind.REMINDER:
        found = digest.context_of(message)
        return found and {**found, "base_url": _absolute("")}
    if message.kind == OutboxMessage.Kind.COORDINATION and not _is_still_called(message):
        return None
    return {
        "complaint": message.complaint,
        "tracking_url": _absolute(reverse("pengaduan:track")),
        "public_url": _public_url(message.complaint),
        "admin_url": _absolute(reverse("pengaduan_admin:inspect", args=[message.complaint_id])),
        **_step_context(message),
    }


def _is_still_called(message: OutboxMessage) -> bool:
    """False once the coordination is over: its question isn't theirs to read any more."""
    return permissions.is_called(message.recipient, message.complaint)


def _absolute(path: str) -> str:
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path


def _public_url(complaint) -> str:
    page = ComplaintPage.objects.live().filter(complaint=complaint.answer_holder).first()
    return (page.full_url or "") if page else ""


def _step_context(message: OutboxMessage) -> dict:
    if not message.step_id:
        return {}
    step = Step(message.step.step)
    return {
        "step_label": labels.STEPS[step],
        "role_label": labels.ROLES[sop.STEPS[step].role],
        "due_at": message.step.due_at,
        "request": message.complaint.coordination_request,
    }
