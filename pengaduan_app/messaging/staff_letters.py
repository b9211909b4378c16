"""What staff are told of their own account: the invitation, and steps that were handed on.

The link of an invitation lets whoever has it into the account, so it is made while the e-mail
is sent, and stands nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from ..models import OutboxMessage
from ..permissions import Staff
from . import delivery

Kind = OutboxMessage.Kind


def invite(person: Staff) -> None:
    """Queue an invitation, unless one is waiting already; the caller's transaction decides."""
    if not _invitations(person).filter(sent_at=None).exists():
        _queue(Kind.INVITATION, [person.pk])


def last_invitation(person: Staff) -> datetime | None:
    """When the person was last invited; None for never."""
    return _invitations(person).order_by("-pk").values_list("created_at", flat=True).first()


def tell_of_steps(people: Iterable[int]) -> None:
    """Tell these people, by their keys, in one e-mail each that steps were handed on to them."""
    _queue(Kind.HANDED_ON, people)


def context_of(message: OutboxMessage) -> dict[str, object] | None:
    """What the templates of these letters need; None if the invitation has been taken up, so that
    nobody is sent a second way into an account that is in use."""
    person = message.recipient
    if person is None or message.kind == Kind.HANDED_ON:
        return {"path": reverse("wagtailadmin_home")}
    if person.has_usable_password():
        return None
    key = urlsafe_base64_encode(force_bytes(person.pk))
    token = default_token_generator.make_token(person)
    return {
        "name": person.get_full_name(),
        "login": person.get_username(),
        "path": reverse("wagtailadmin_password_reset_confirm", args=[key, token]),
        "login_path": reverse("wagtailadmin_login"),
        "until": timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT),
    }


def _invitations(person: Staff) -> QuerySet[OutboxMessage]:
    return OutboxMessage.objects.filter(kind=Kind.INVITATION, recipient=person)


def _queue(kind: Kind, people: Iterable[int]) -> None:
    now = timezone.now()
    messages = [
        OutboxMessage(
            kind=kind,
            recipient_id=person,
            key=f"{kind}:{person}:{uuid4()}",
            created_at=now,
            send_after=now,
        )
        for person in sorted(people)
    ]
    if messages:
        OutboxMessage.objects.bulk_create(messages)
        delivery.deliver_soon()
