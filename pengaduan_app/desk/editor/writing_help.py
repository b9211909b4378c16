"""What an answer can be written from: reply templates, and earlier answers to similar questions.

Each is handed to the page as the rich text editor's own raw content, which writing_help.js puts
where the cursor is.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import escape, format_html
from django.utils.translation import gettext as _
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from ... import permissions
from ...citizen import similar_to
from ...models import (
    ANSWER_FEATURES,
    PLACEHOLDER,
    CannedAnswer,
    Complaint,
    ComplaintPage,
    known_names,
)
from ...permissions import Visitor
from ...presentation import long_day
from ...privacy import redaction
from ...text import shortened

MOST_ANSWERS = 5
EXCERPT = 200  # letters


@dataclass(frozen=True)
class Template:
    """A reply template with the complaint's data in it."""

    title: str
    excerpt: str
    raw: str


@dataclass(frozen=True)
class EarlierAnswer:
    """A published answer: what it says, and what is inserted of it."""

    page: ComplaintPage
    excerpt: str
    text: str
    link: str


@dataclass(frozen=True)
class Help:
    """Both lists; empty ones where there is nothing to offer."""

    templates: list[Template]
    answers: list[EarlierAnswer]

    @property
    def offers(self) -> bool:
        return bool(self.templates or self.answers)


def help_with(page: ComplaintPage, user: Visitor) -> Help | None:
    """None for whoever may not write in this step."""
    complaint = page.complaint
    if not permissions.may_edit_page(user, complaint):
        return None
    converter = ContentstateConverter(features=ANSWER_FEATURES)
    offered = list(CannedAnswer.objects.offered_to(complaint.agency_id))
    values = _values(complaint) if offered else {}
    templates = [
        _template(canned.title, _filled(canned.body, values), converter) for canned in offered
    ]
    return Help(templates, _earlier(page, converter))


def filled(html: str, complaint: Complaint) -> str:
    """A template's text with the complaint's data. What isn't known stays a blank, which nobody
    can pass on (`blanks_message`)."""
    return _filled(html, _values(complaint))


def _filled(html: str, values: dict[str, str]) -> str:
    return PLACEHOLDER.sub(lambda found: escape(values[found[1]] or f"[{found[1]}]"), html)


def _values(complaint: Complaint) -> dict[str, str]:
    """What stands for each placeholder. The citizen's words are masked like a page's first text:
    a template brings no personal data into an answer."""
    name, known = complaint.reporter.name, known_names()
    return {
        "tiket": complaint.ticket,
        "judul": redaction.mask_personal_data(complaint.subject, name, known),
        "instansi": complaint.agency.name if complaint.agency else "",
        "tanggal": long_day(complaint.created_at),
        "tempat": redaction.mask_personal_data(complaint.place, name, known),
        "kategori": complaint.category.name if complaint.category else "",
    }


def _template(title: str, html: str, converter: ContentstateConverter) -> Template:
    return Template(title, _excerpt(html), converter.from_database_format(html))


def _excerpt(html: str) -> str:
    return shortened(" ".join(redaction.plain(html).split()), EXCERPT)


def _earlier(page: ComplaintPage, converter: ContentstateConverter) -> list[EarlierAnswer]:
    """Published answers to similar questions, most similar first, without this complaint's own.

    The search is asked with the citizen's words, and stores none of them.
    """
    complaint = page.complaint
    found = similar_to(complaint.subject, complaint.body, MOST_ANSWERS + 1)
    # The search's own rows may be older than a withdrawal: the pages decide.
    pages = ComplaintPage.objects.published().exclude(pk=page.pk)
    live = pages.in_bulk([answer.page_id for answer in found if answer.page_id])
    shown = [live[answer.page_id] for answer in found if answer.page_id in live]
    return [_answer(each, converter) for each in shown[:MOST_ANSWERS]]


def _answer(page: ComplaintPage, converter: ContentstateConverter) -> EarlierAnswer:
    link = format_html(
        '<p>{} <a linktype="page" id="{}">{}</a></p>', _("See also:"), page.pk, page.title
    )
    return EarlierAnswer(
        page,
        _excerpt(page.answer),
        converter.from_database_format(page.answer),
        converter.from_database_format(link),
    )
