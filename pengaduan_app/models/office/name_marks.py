"""What may be the reporter's name on a page, and which of it an editor has judged (SOP B1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.crypto import salted_hmac
from wagtail.models import ModelLogEntry

from ...privacy import redaction
from ...procedure import sop
from ..complaint import Complaint
from ..page.page_checks import CHECKED_FIELDS, picture_words
from .known_names import known_names

if TYPE_CHECKING:
    from ..page.pages import ComplaintPage

# The log's name for an editor's judgement; actions/name_marks.py writes it.
NOT_THE_PERSON = "pengaduan_app.not_the_person"


def marked_words(page: ComplaintPage) -> list[str]:
    """The words of a page on its way to the public that are of its reporter's name and may mean
    something else, without those that an editor has judged. Empty in all other steps.

    Only words that the citizen or the agency wrote: whoever edits the text now could otherwise
    write down a dictionary and read the name, past the vault.
    """
    complaint = page.complaint
    if complaint.state not in sop.CHECKED_STATES:
        return []
    name, known = complaint.reporter.name, known_names()
    found = redaction.possible_names(_text_of(page), name, known)
    if not found:
        return []
    given = redaction.possible_names(_text_before(page, complaint), name, known)
    before = {word.casefold() for word in given}
    judged = _judged(complaint)
    return [
        word
        for word in found
        if word.casefold() in before and key_of(complaint, word) not in judged
    ]


def _text_of(page: ComplaintPage) -> str:
    texts = (
        redaction.plain(getattr(page, field) or "") if rich else getattr(page, field) or ""
        for field, rich in CHECKED_FIELDS.items()
    )
    return "\n".join([*texts, picture_words(page)])


def _text_before(page: ComplaintPage, complaint: Complaint) -> str:
    """What the citizen wrote, and the page as the agency last handed it on."""
    texts = [complaint.subject, complaint.body]
    by_agency = complaint.steps.filter(step__in=sop.AGENCY_STEPS, finished_at__isnull=False)
    handed_on = by_agency.order_by("-finished_at", "-pk").first()
    if handed_on:
        revisions = page.revisions.filter(created_at__lte=handed_on.finished_at)
        if last := revisions.order_by("-created_at", "-pk").first():
            texts.append(_text_of(last.as_object()))
    return "\n".join(texts)


def key_of(complaint: Complaint, word: str) -> str:
    """What the log holds instead of the word: it may be the reporter's name after all."""
    text = f"{complaint.pk}:{word.casefold()}"
    return salted_hmac("pengaduan_app.name_marks", text, algorithm="sha256").hexdigest()[:20]


def _judged(complaint: Complaint) -> set[str]:
    entries = ModelLogEntry.objects.for_instance(complaint).filter(action=NOT_THE_PERSON)
    return {key for data in entries.values_list("data", flat=True) for key in data["words"]}
