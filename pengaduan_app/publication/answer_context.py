"""What the template of one answer is given, whichever way its page is served.

Wagtail's own serving (previews, pages that moved), the plugin's fast views and the drawing
of what is kept (rendering.py) call these, so all show the same.
"""

from __future__ import annotations

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail import hooks

from ..models import PublishedAnswer
from . import facets, structured_data
from .timeline import closed_timelines

# A hook's functions take an answer and return answers like it, or None for "ask the next".
RELATED_HOOK = "pengaduan_related_answers"


def answer_context(answer: PublishedAnswer, origin: str, steps, others: str) -> dict:
    """One question with its answer and its steps; `others` is HTML of answers like it."""
    address = origin + answer.address
    section = reverse("pengaduan:agency", args=(answer.agency.slug,))
    return {
        "answer": answer,
        "timeline": steps,
        "related_section": mark_safe(others),  # noqa: S308  drawn by templates
        "crumbs": [home(), index(), {"address": section, "title": answer.agency.name}],
        "canonical": address,
        "share": structured_data.share_links(answer.title, address),
        "structured_data": structured_data.answer_data(answer, address),
    }


def answer_page(request, answer: PublishedAnswer) -> dict:
    """All that the template of one answer is given, for this request."""
    steps = closed_timelines([answer])[answer.complaint_id]
    others = related_section(related(answer))
    return answer_context(answer, origin_of(request), steps, others)


def origin_of(request) -> str:
    """Scheme and host of the site as this visitor calls it."""
    return f"{request.scheme}://{request.get_host()}"


def card(answer: PublishedAnswer) -> SafeString:
    """An answer as lists show it."""
    return render_to_string("pengaduan_app/publication/card.html", {"complaint_page": answer})


def related_section(answers) -> SafeString:
    """Other answers, as they stand below one."""
    cards = [card(answer) for answer in answers]
    return render_to_string("pengaduan_app/publication/related.html", {"cards": cards})


def related(answer: PublishedAnswer) -> list[PublishedAnswer]:
    """Answers like this one: as a site's hook finds them, or the newest of its kind."""
    for find in hooks.get_hooks(RELATED_HOOK):
        found = find(answer)
        if found is not None:
            return list(found)
    return facets.related(answer)


def home() -> dict:
    return {"address": "/", "title": _("Home")}


def index() -> dict:
    return {"address": reverse("pengaduan:index"), "title": _("Answered complaints")}
