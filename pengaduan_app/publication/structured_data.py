"""What machines read on an answer's page: structured data, and links for sharing it."""

from __future__ import annotations

import html
import json
import re
from urllib.parse import quote

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ..models import PublishedAnswer

# In a script element these would end the element or begin a comment.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def answer_data(answer: PublishedAnswer, address: str) -> SafeString:
    """The question and its answer as a schema.org QAPage, ready for a script element.

    The question has no author: a reporter has no name outside the vault.
    """
    data = {
        "@context": "https://schema.org",
        "@type": "QAPage",
        "url": address,
        "mainEntity": {
            "@type": "Question",
            "name": answer.title,
            "text": answer.question,
            "answerCount": 1,
            "dateCreated": answer.received_at.isoformat(),
            "acceptedAnswer": {
                "@type": "Answer",
                "text": _plain(answer.answer),
                "dateCreated": answer.answered_at.isoformat(),
                **_modified(answer),
                "url": f"{address}#answer",
                "author": {"@type": "GovernmentOrganization", "name": answer.agency.name},
            },
        },
    }
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(ESCAPES))  # nosec B308 B703


def _modified(answer: PublishedAnswer) -> dict[str, str]:
    """When the answer was corrected, if it was."""
    return {"dateModified": answer.corrected_at.isoformat()} if answer.corrected_at else {}


def _plain(text: str) -> str:
    """Rich text as plain text, one line for each paragraph and list item."""
    return html.unescape(strip_tags(re.sub(r"</(?:p|li)>", "\n", text))).strip()


def telephone_address(number: str) -> str:
    """A `tel:` address of the first number in a text, without its spaces and dashes."""
    return "tel:" + re.sub(r"[^\d+]", "", re.split(r"[,;/]", number)[0])


def share_links(title: str, address: str) -> list[dict[str, str]]:
    """Plain links: nothing is loaded, and no service learns of the reader until they click."""
    text, link = quote(f"{title} {address}"), quote(address)
    return [
        {"label": _("WhatsApp"), "address": f"https://wa.me/?text={text}"},
        {"label": _("E-mail"), "address": f"mailto:?subject={quote(title)}&body={link}"},
    ]
