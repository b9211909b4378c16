"""Takes out of a page's history what public relations took out of its text (SOP B1).

Personal data left in the history could be read by everybody who sees the page's drafts.
"""

from __future__ import annotations

from collections.abc import Collection

from django.utils.html import escape
from wagtail.admin.models import FormState
from wagtail.models import Comment, PageLogEntry

from ..models import CHECKED_FIELDS, ComplaintPage, known_names, page_findings
from ..privacy import redaction
from ..text import shortened
from .drafts import LONGEST_TITLE

COMMENTS = "wagtail_admin_comments"


def clean(page: ComplaintPage, reporter_name: str) -> None:
    """Mask earlier revisions, and delete the comments on them."""
    known = known_names()
    for revision in page.revisions.all():
        content = {**revision.content, COMMENTS: []}
        for field in page_findings(revision.as_object(), reporter_name):
            content[field] = _masked(field, content[field], reporter_name, known)
        content["title"] = shortened(content["title"], LONGEST_TITLE)
        content["draft_title"] = content["title"]
        if content != revision.content:
            # Not save(): Wagtail would make it the newest revision.
            page.revisions.filter(pk=revision.pk).update(
                content=content, object_str=content["title"]
            )
    Comment.objects.filter(page=page.pk).delete()
    entries = PageLogEntry.objects.filter(page=page.pk)
    entries.filter(action__startswith="wagtail.comments").update(data={})
    entries.update(label=page.get_latest_revision().object_str)
    FormState.objects.filter(object_id=str(page.pk)).delete()


def _masked(field: str, text: str, reporter_name: str, known: Collection[str]) -> str:
    if not CHECKED_FIELDS[field]:
        return redaction.mask_personal_data(text, reporter_name, known)
    return escape(redaction.mask_personal_data(redaction.plain(text), reporter_name, known))
