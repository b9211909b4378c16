"""The rules of a page's text on its way to the public (SOP B1)."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from ...privacy import Found, redaction
from ..office.agency import Agency
from ..office.known_names import known_names
from ..office.placeholders import PLACEHOLDER
from ..office.reference_data import Category

if TYPE_CHECKING:
    from .pages import ComplaintPage

# The fields that go public, and whether they are rich text.
CHECKED_FIELDS = {"title": False, "question": False, "answer": True, "correction": False}

# A link as Wagtail stores it: <a linktype="page" id="12">, in either order.
PAGE_LINK = re.compile(
    r"""linktype=["']page["'][^>]*?\bid=["']?(\d{1,9})"""
    r"""|\bid=["']?(\d{1,9})["']?[^>]*?linktype=["']page["']"""
)
HIDDEN_LINK = gettext_lazy("The answer links to a page that is not public. Remove that link.")

NO_CORRECTION = gettext_lazy("Say in one sentence for the readers what was corrected.")
NO_CATEGORY = gettext_lazy("Choose the category first: readers find the answer by it.")

REACHES = {Found.PHONE, Found.EMAIL}
OFFICE_CONTACT = gettext_lazy(
    "An office's number or e-mail address may stand in the answer once it is in that agency's data."
)
# "[lokasi]", as reply templates have it. Doesn't match redaction's mask, which has no letter.
# A line of "____" and a placeholder that was typed by hand are blanks too.
BLANK = re.compile(r"\[[^\W\d_][^\[\]\n]{0,80}\]|_{3,}|" + PLACEHOLDER.pattern.replace("(", "(?:"))


def finding_message(finding: redaction.Finding) -> str:
    """The sentence that tells an editor what to remove."""
    messages = {
        Found.PHONE: _("The text still holds a telephone number (%(text)s). Remove it first."),
        Found.EMAIL: _("The text still holds an e-mail address (%(text)s). Remove it first."),
        Found.ID_NUMBER: _(
            "The text still holds a 16-digit number (%(text)s), perhaps a NIK. Remove it first."
        ),
        Found.NAME: _(
            "The text still holds the reporter's name. Remove it, or write “the reporter”."
        ),
    }
    return messages[finding.kind] % {"text": finding.text}


def office_contacts() -> frozenset[str]:
    """The telephone numbers and e-mail addresses of the active agencies."""
    rows = Agency.objects.filter(active=True).values_list("phone", "email")
    return redaction.contacts_in(contact for row in rows for contact in row)


def field_findings(field: str, text: str, reporter_name: str, known: Collection[str]) -> list[str]:
    """The messages for the text of one checked field; `known` are `known_names`."""
    if not CHECKED_FIELDS[field]:
        found = redaction.find_personal_data(text, reporter_name, known=known)
        return [finding_message(finding) for finding in found]
    # The answer is an agency's own text and may say how to reach it.
    found = redaction.find_personal_data(
        redaction.plain(text), reporter_name, office_contacts(), known
    )
    messages = [finding_message(finding) for finding in found]
    return [*messages, str(OFFICE_CONTACT)] if REACHES & {f.kind for f in found} else messages


def page_findings(page: ComplaintPage, reporter_name: str) -> dict[str, list[str]]:
    """The messages for each checked field of a page (usually a revision's object)."""
    known = known_names()
    found = {
        field: field_findings(field, getattr(page, field) or "", reporter_name, known)
        for field in CHECKED_FIELDS
    }
    return {field: messages for field, messages in found.items() if messages}


def picture_words(page: ComplaintPage) -> str:
    """What stands beside a page's pictures, and in their place for whoever can't see them."""
    return "\n".join(f"{shown.alt}\n{shown.caption}" for shown in page.pictures.all())


def hidden_links(html: str) -> bool:
    """True if rich text links to a page that isn't public: expanding such a link would reveal
    the address of another agency's draft."""
    ids = {int(first or second) for first, second in PAGE_LINK.findall(html)}
    public = Page.objects.live().public().filter(pk__in=ids).values_list("pk", flat=True)
    return bool(ids - set(public))


def needs_category(category: Category | None) -> bool:
    """True while nobody has said what a page is about, where the site has words for it."""
    return category is None and Category.objects.exists()


def blanks_message(answer: str) -> str:
    """The sentence that names the blanks of a reply template in a text; empty if it has none."""
    blanks = list(dict.fromkeys(BLANK.findall(redaction.plain(answer))))
    if not blanks:
        return ""
    return _(
        "The answer still holds blanks of a reply template: %(blanks)s. Fill them in, or "
        "remove them."
    ) % {"blanks": ", ".join(blanks)}
