"""The template context of one answer, whichever way its page is served.

Wagtail's own serving (previews, pages that moved), the plugin's views and prerendering.py all
call these functions, so all show the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail import hooks

from ..models import PublishedAnswer
from . import neighbours, structured_data
from .neighbours import Place
from .pictures import Address, public_address, ready
from .timeline import TimelineRow, closed_timelines

# Functions of this hook take an answer and return related ones, or None to leave it to the next
# function.
RELATED_HOOK = "pengaduan_related_answers"


def answer_context(
    answer: PublishedAnswer,
    origin: str,
    steps: list[TimelineRow],
    others: str,
    picture_address: Address = public_address,
) -> dict[str, object]:
    """One question with its answer and its steps; `others` is the HTML of related answers."""
    address = origin + answer.address
    pictures = ready(answer.pictures, picture_address)
    section = reverse("pengaduan:agency", args=(answer.agency.slug,))
    return {
        "answer": answer,
        "timeline": steps,
        "pictures": pictures,
        "origin": origin,
        "related_section": mark_safe(others),  # nosec B308 B703  # rendered by templates
        "crumbs": [home(), index(), {"address": section, "title": answer.agency.name}],
        "canonical": address,
        "share": structured_data.share_links(answer.title, address),
        "structured_data": structured_data.answer_data(answer, address),
    }


def answer_page(
    request: HttpRequest, answer: PublishedAnswer, picture_address: Address = public_address
) -> dict[str, object]:
    """The whole context of one answer's page, for this request."""
    steps = closed_timelines([answer])[answer.complaint_id]
    others = related_section(related(answer))
    return answer_context(answer, origin_of(request), steps, others, picture_address)


def origin_of(request: HttpRequest) -> str:
    """Scheme and host of the site as this visitor addressed it."""
    return f"{request.scheme}://{request.get_host()}"


def card(answer: PublishedAnswer) -> SafeString:
    """An answer as lists show it."""
    return render_to_string("pengaduan_app/publication/card.html", {"complaint_page": answer})


def related_section(answers: Iterable[PublishedAnswer]) -> SafeString:
    """The section with related answers that stands below an answer."""
    return section_of([card(answer) for answer in answers])


def section_of(cards: Sequence[SafeString]) -> SafeString:
    """The same section, of cards that are finished."""
    return render_to_string("pengaduan_app/publication/related.html", {"cards": cards})


def related(answer: PublishedAnswer) -> list[PublishedAnswer]:
    """Related answers: those that a site's hook finds, or the ones beside it."""
    for find in hooks.get_hooks(RELATED_HOOK):
        found = find(answer)
        if found is not None:
            return list(found)
    place = Place(answer.pk, answer.agency_id, answer.category_id, answer.answered_at)
    keys = [row.pk for row in neighbours.beside(place)]
    rows = PublishedAnswer.objects.cards().in_bulk(keys)
    return [rows[key] for key in keys if key in rows]


def home() -> dict[str, str]:
    """The first breadcrumb."""
    return {"address": "/", "title": _("Home")}


def index() -> dict[str, str]:
    """The breadcrumb of the list of all answers."""
    return {"address": reverse("pengaduan:index"), "title": _("Answered complaints")}
