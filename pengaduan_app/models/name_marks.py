"""What may be the reporter's name on a page, and which of it an editor has judged (SOP B1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.crypto import salted_hmac
from wagtail.models import ModelLogEntry

from ..privacy import redaction
from ..procedure import sop
from .complaint import Complaint
from .known_names import known_names
from .page_checks import CHECKED_FIELDS

if TYPE_CHECKING:
    from .pages import ComplaintPage

# The log's name for an editor's judgement; actions/name_marks.py writes it.
NOT_THE_PERSON = "pengaduan_app.not_the_person"


def marked_words(page: ComplaintPage) -> list[str]:
    """The words of a page on its way to the public that are of its reporter's name and may mean
    something else, without those that an editor has judged. Empty in all other steps."""
    complaint = page.complaint
    if complaint.state not in sop.CHECKED_STATES:
        return []
    texts = (
        redaction.plain(getattr(page, field) or "") if rich else getattr(page, field) or ""
        for field, rich in CHECKED_FIELDS.items()
    )
    found = redaction.possible_names("\n".join(texts), complaint.reporter.name, known_names())
    judged = _judged(complaint) if found else set()
    return [word for word in found if key_of(complaint, word) not in judged]


def key_of(complaint: Complaint, word: str) -> str:
    """What the log holds instead of the word: it may be the reporter's name after all."""
    text = f"{complaint.pk}:{word.casefold()}"
    return salted_hmac("pengaduan_app.name_marks", text, algorithm="sha256").hexdigest()[:20]


def _judged(complaint: Complaint) -> set[str]:
    entries = ModelLogEntry.objects.for_instance(complaint).filter(action=NOT_THE_PERSON)
    return {key for data in entries.values_list("data", flat=True) for key in data["words"]}
