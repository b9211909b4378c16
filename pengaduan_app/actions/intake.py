"""How a complaint comes in, and how its reporter finds it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import cast
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.db import IntegrityError, transaction
from django.db.models import CharField
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.translation import gettext as _

from .. import conf
from ..messaging import notifications
from ..models import Agency, Attachment, Category, Complaint, Reporter, Village
from ..privacy import CleanFile
from ..procedure import Channel, Kind, Privacy, State
from ..text import email_address, kept, one_line, shortened
from . import ledger
from .attaching import attach, none_left_behind
from .core import require_text

# No letters or digits that are mistaken for each other on paper or by telephone.
TICKET_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, repr=False)
class Identity:
    """Who sends it. It goes to the vault and nowhere else, so its repr shows nothing."""

    name: str
    phone: str = ""
    email: str = ""
    address: str = ""


@dataclass(frozen=True)
class Receipt:
    """What the reporter keeps: the number and the secret code that belongs to it."""

    complaint: Complaint
    code: str
    is_new: bool


def submit(
    key: UUID,
    identity: Identity,
    *,
    kind: Kind,
    subject: str,
    body: str,
    agency: Agency | None = None,
    category: Category | None = None,
    village: Village | None = None,
    place: str = "",
    confidential: bool = False,
    channel: Channel = Channel.WEB,
    files: Sequence[CleanFile] = (),
) -> Receipt:
    """Take a complaint: complaint, reporter, attachments and first ledger row, or nothing.

    `key` is the form's own: the same form sent twice gives the same receipt. With an agency
    it waits for the operator (SOP A1), without one for the complaint administrator (C2).
    Raises NotNow where a reader would see no subject, no text or no name.
    """
    if earlier := Complaint.objects.filter(submission_key=key).first():
        return Receipt(earlier, code_of(key), is_new=False)
    _require_words(identity, subject, body)
    complaint = Complaint(
        submission_key=key,
        # Slow on purpose, so not inside the transaction, where it would hold up other writers.
        code_hash=make_password(code_of(key)),
        kind=Kind(kind).value,
        subject=shortened(one_line(subject), _longest("subject")),
        body=kept(body),
        agency=agency,
        category=category,
        village=village,
        place=shortened(one_line(place), _longest("place")),
        channel=Channel(channel).value,
        privacy=(Privacy.CONFIDENTIAL if confidential else Privacy.OPEN).value,
        state=(State.RECEIVED if agency else State.ROUTING).value,
    )
    return _store_once(complaint, key, identity, files)


def _require_words(identity: Identity, subject: str, body: str) -> None:
    require_text(subject, _("Write in one sentence what it is about."))
    require_text(body, _("Tell us what happened, so that the agency can act."))
    require_text(identity.name, _("Write your name. It is never published."))


def _longest(field: str) -> int:
    """How many signs the database takes in this field of a complaint."""
    column = cast("CharField[str, str]", Complaint._meta.get_field(field))
    return cast(int, column.max_length)


def _store_once(
    complaint: Complaint, key: UUID, identity: Identity, files: Sequence[CleanFile]
) -> Receipt:
    """Store all of it or nothing; if another process has stored the same form, its receipt."""
    try:
        with none_left_behind() as stored, transaction.atomic():
            _store(complaint, identity, files, stored)
    except IntegrityError:
        # The other half of a double click came first.
        winner = Complaint.objects.get(submission_key=key)
        return Receipt(winner, code_of(key), is_new=False)
    return Receipt(complaint, code_of(key), is_new=True)


def _store(
    complaint: Complaint,
    identity: Identity,
    files: Sequence[CleanFile],
    stored: list[Attachment],
) -> None:
    now = timezone.now()
    complaint.created_at = now
    complaint.ticket = _free_ticket(now)
    complaint.save()
    Reporter.objects.create(
        complaint=complaint,
        name=one_line(identity.name),
        phone=one_line(identity.phone),
        email=email_address(identity.email),
        address=one_line(identity.address),
        consent_at=now,
    )
    attach(complaint, files, stored)
    opened = ledger.open_step(complaint, now)
    notifications.after_submission(complaint, opened)


def _free_ticket(now: datetime) -> str:
    """A random ticket number: it tells neither how many complaints there are nor what the
    next one is."""
    year = timezone.localtime(now).strftime("%y")
    prefix = conf.get("PENGADUAN_TICKET_PREFIX")
    while True:
        random = get_random_string(8, TICKET_ALPHABET)
        ticket = f"{prefix}{year}-{random[:4]}-{random[4:]}"
        if not Complaint.objects.filter(ticket=ticket).exists():
            return ticket


def code_of(key: UUID) -> str:
    """The secret code that belongs to a form's key: 10 signs, about 49 bits.

    Made from the key and SECRET_KEY, so that a resent form can show it again although
    the database holds only its hash.
    """
    digest = salted_hmac("pengaduan_app.code", str(key), algorithm="sha256").digest()
    signs = "".join(TICKET_ALPHABET[byte % len(TICKET_ALPHABET)] for byte in digest[:10])
    return f"{signs[:5]}-{signs[5:]}"


def normalised(text: str) -> str:
    """A ticket or code as people type it: any case, spaces or hyphens left out."""
    return "".join(sign for sign in text.upper() if sign.isalnum())


@lru_cache(maxsize=1)
def _hash_of_nothing() -> str:
    """A hash that no code has; computed once a process."""
    return make_password(get_random_string(20))


def find(ticket: str, code: str) -> Complaint | None:
    """The complaint with that number and code, or None, without telling which was wrong."""
    wanted = normalised(ticket)
    prefix_length = len(wanted) - 8
    if prefix_length > 0:
        head, tail = wanted[:prefix_length], wanted[prefix_length:]
        wanted = f"{head}-{tail[:4]}-{tail[4:]}"
    complaint = (
        Complaint.objects.filter(ticket=wanted)
        .select_related("agency", "duplicate_of__page", "page")
        .first()
    )
    plain = normalised(code)
    plain = f"{plain[:5]}-{plain[5:]}"
    # The same work for an unknown number, so that timing tells nothing either.
    known = complaint.code_hash if complaint else _hash_of_nothing()
    return complaint if check_password(plain, known) and complaint else None
