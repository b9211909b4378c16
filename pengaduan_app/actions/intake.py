"""How a complaint comes in, and how its reporter finds it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Required, TypedDict, Unpack, cast
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.db import IntegrityError, transaction
from django.db.models import CharField
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import conf
from ..messaging import notifications
from ..models import Agency, Category, Complaint, Reporter, Village
from ..privacy import CleanFile
from ..procedure import Channel, Consent, Kind, Privacy, State, receiving
from ..text import email_address, kept, one_line, shortened
from . import ledger, on_behalf
from .attaching import Stored, attach, brings_others, none_left_behind
from .core import NotNow, require_text
from .form_marks import TICKET_ALPHABET, FormMarks, marks_of
from .on_behalf import Entered


@dataclass(frozen=True, repr=False)
class Identity:
    """Who sends it. It goes to the vault and nowhere else, so its repr shows nothing."""

    name: str
    phone: str = ""
    email: str = ""
    address: str = ""
    # The address of a post on social media.
    link: str = ""
    consent: Consent = Consent.FORM
    # No name was asked; then nothing above is given.
    is_anonymous: bool = False


class Words(TypedDict, total=False):
    """What a complaint says, and what was chosen for it."""

    kind: Required[Kind]
    subject: Required[str]
    body: Required[str]
    agency: Agency | None
    category: Category | None
    village: Village | None
    place: str
    confidential: bool


@dataclass(frozen=True, repr=False)
class Receipt:
    """What the reporter keeps: the number and the secret code that belongs to it."""

    complaint: Complaint
    code: str
    is_new: bool
    # The same form brought an earlier complaint, with other words.
    follows_another: bool = False
    # It came before, and brings files now that did not come with it.
    has_other_files: bool = False


def submit(
    key: UUID,
    identity: Identity,
    *,
    browser: str = "",
    channel: Channel = Channel.WEB,
    files: Sequence[CleanFile] = (),
    entered: Entered | None = None,
    **words: Unpack[Words],
) -> Receipt:
    """Take a complaint: complaint, reporter, attachments and first ledger row, or nothing.

    `key` is the form's own and `browser` a secret of the browser that it was filled in with: the
    same form sent twice from there with the same words gives the same receipt. With an agency
    the complaint waits for the operator (SOP A1), without one for the complaint administrator
    (C2). `entered` says who of the staff enters it for somebody. Raises NotNow where a reader would
    see no subject, no text or no name, and for what on_behalf.check refuses.
    """
    on_behalf.check(entered, Channel(channel), identity, words.get("agency"))
    complaint, reporter = _filled_in(identity, words)
    beside = on_behalf.marks(entered, channel, identity)
    marks = _marks(key, browser, complaint, reporter, beside)
    if earlier := Complaint.objects.filter(submission_key=marks.sending).first():
        return _again(earlier, marks, files)
    _require_words(identity, words["subject"], words["body"])
    complaint.submission_key, complaint.form_key = marks.sending, marks.form
    # Slow on purpose, so not inside the transaction, where it would hold up other writers.
    complaint.code_hash = make_password(marks.code)
    complaint.channel = Channel(channel).value
    complaint.state = (State.RECEIVED if complaint.agency else State.ROUTING).value
    return _store_once(complaint, reporter, marks, files, entered)


def was_submitted(
    key: UUID,
    identity: Identity,
    *,
    browser: str = "",
    channel: Channel = Channel.WEB,
    entered: Entered | None = None,
    **words: Unpack[Words],
) -> bool:
    """Whether this form was sent before from this browser, with the same words."""
    beside = on_behalf.marks(entered, channel, identity)
    marks = _marks(key, browser, *_filled_in(identity, words), beside)
    return Complaint.objects.filter(submission_key=marks.sending).exists()


def _filled_in(identity: Identity, words: Words) -> tuple[Complaint, Reporter]:
    """The complaint and its reporter as they are stored, without what the office adds."""
    confidential = words.get("confidential", False)
    complaint = Complaint(
        kind=Kind(words["kind"]).value,
        subject=shortened(one_line(words["subject"]), _longest("subject")),
        body=kept(words["body"]),
        agency=words.get("agency"),
        category=words.get("category"),
        village=words.get("village"),
        place=shortened(one_line(words.get("place", "")), _longest("place")),
        privacy=(Privacy.CONFIDENTIAL if confidential else Privacy.OPEN).value,
    )
    reporter = Reporter(
        name=one_line(identity.name),
        phone=one_line(identity.phone),
        email=email_address(identity.email),
        address=one_line(identity.address),
        link=one_line(identity.link),
        consent_how=identity.consent.value,
        is_anonymous=identity.is_anonymous,
    )
    return complaint, reporter


def _marks(
    key: UUID,
    browser: str,
    complaint: Complaint,
    reporter: Reporter,
    beside: tuple[object, ...],
) -> FormMarks:
    """All that was filled in counts, for all of it would be lost; files are compared apart."""
    chosen = (complaint.agency_id, complaint.category_id, complaint.village_id)
    said = (complaint.kind, complaint.subject, complaint.body, complaint.place, complaint.privacy)
    who = (reporter.name, reporter.phone, reporter.email, reporter.address)
    return marks_of(key, browser, (*said, *chosen, *who, *beside))


def _again(complaint: Complaint, marks: FormMarks, files: Sequence[CleanFile]) -> Receipt:
    """The receipt of a form that came before."""
    others = brings_others(files, complaint.attachments.filter(entry=None))
    return Receipt(complaint, marks.code, is_new=False, has_other_files=others)


def _require_words(identity: Identity, subject: str, body: str) -> None:
    require_text(subject, _("Write in one sentence what it is about."))
    require_text(body, _("Tell us what happened, so that the agency can act."))
    if not identity.is_anonymous:
        require_text(identity.name, _("Write your name. It is never published."))
    elif any((identity.name, identity.phone, identity.email, identity.address, identity.link)):
        raise NotNow(ANONYMOUS_IS_NOBODY)


# What is said where somebody wants to stay unknown, and says who they are.
ANONYMOUS_IS_NOBODY = gettext_lazy(
    "Without a name nothing is stored that leads to somebody. Leave name, numbers and addresses "
    "empty, or take away the tick."
)


def _longest(field: str) -> int:
    """How many signs the database takes in this field of a complaint."""
    column = cast("CharField[str, str]", Complaint._meta.get_field(field))
    return cast(int, column.max_length)


def _store_once(
    complaint: Complaint,
    reporter: Reporter,
    marks: FormMarks,
    files: Sequence[CleanFile],
    entered: Entered | None,
) -> Receipt:
    """Store all of it or nothing; if another process has stored the same form, its receipt."""
    follows = Complaint.objects.filter(form_key=marks.form).exists()
    try:
        with none_left_behind() as stored, transaction.atomic():
            _store(complaint, reporter, files, stored, entered)
    except IntegrityError:
        # The other half of a double click came first.
        return _again(Complaint.objects.get(submission_key=marks.sending), marks, files)
    return Receipt(complaint, marks.code, is_new=True, follows_another=follows)


def _store(
    complaint: Complaint,
    reporter: Reporter,
    files: Sequence[CleanFile],
    stored: list[Stored],
    entered: Entered | None,
) -> None:
    now = receiving.clock_starts(timezone.now(), entered.received_on if entered else None)
    complaint.created_at = now
    complaint.ticket = _free_ticket(now)
    complaint.save()
    reporter.complaint, reporter.consent_at = complaint, now
    reporter.save()
    attach(complaint, files, stored)
    if entered:
        on_behalf.record(complaint, reporter, entered)
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
