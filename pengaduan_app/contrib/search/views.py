"""What a site's search page is made of: the context of its template, and the suggestions
while somebody types. Both read the index alone and need no login.

The page itself, its address and its look are the site's: see docs/plugin.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypedDict

from django.core.paginator import Page
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control

from .reference_cache import Label
from .results import Results, search
from .suggesting import suggest

SUGGESTION_SECONDS = 60


class Help(TypedDict):
    heading: str
    ways: list[str]


class PageLink(TypedDict):
    rel: str
    label: str
    number: int


class Context(TypedDict):
    query: str
    results: Results
    summary: str
    notes: list[str]
    nothing: Help
    page_links: list[PageLink]
    categories: Iterable[Label]


def search_context(params: Mapping[str, str]) -> Context:
    """Answers for `q`, narrowed by `agency`, `category` and `year`; the newest without `q`."""
    results = search(params)
    return {
        "query": results.query,
        "results": results,
        "summary": summary_of(results),
        "notes": notes_of(results),
        "nothing": help_for(results),
        "page_links": page_links(results.page),
        "categories": results.match.reference.labels.get("category", {}).values(),
    }


@cache_control(public=True, max_age=SUGGESTION_SECONDS)
def suggestions(request: HttpRequest) -> JsonResponse:
    """Answered questions and agencies for what has been typed so far, as JSON."""
    return JsonResponse({"suggestions": suggest(request.GET.get("q", ""))})


def summary_of(results: Results) -> str:
    if results.is_capped:
        return _("More than %(count)s answers found. The best of the newest come first.") % {
            "count": f"{results.total:,}".replace(",", ".")
        }
    if results.match.is_vague:
        return _("These words stand in every answer.")
    return ngettext("%(count)d answer found", "%(count)d answers found", results.total) % {
        "count": results.total
    }


def notes_of(results: Results) -> list[str]:
    """Which unknown words were replaced, and that no answer has all of the words."""
    notes = [
        _("No answer has the word “%(typed)s”. Shown are answers with “%(meant)s”.")
        % {"typed": typed, "meant": meant}
        for typed, meant in results.match.meant.items()
    ]
    if results.match.lacks_words:
        notes.append(_("No answer has all of these words. Shown are those that come closest."))
    return notes


def help_for(results: Results) -> Help:
    """What somebody can do who found no answer."""
    thing = _("Name the thing itself, for example: street lamp, drain, identity card.")
    if results.match.is_vague:
        return {"heading": _("Add a word that says what it is about."), "ways": [thing]}
    ways = [
        _("Use fewer words, or others that mean the same."),
        _("Leave out quotation marks and filters."),
        thing,
    ]
    return {"heading": _("No answer was found."), "ways": ways}


def page_links(page: Page[Any]) -> list[PageLink]:
    """Links to the previous and the next page."""
    links: list[PageLink] = []
    if page.has_previous():
        links.append({"rel": "prev", "label": _("Previous"), "number": page.previous_page_number()})
    if page.has_next():
        links.append({"rel": "next", "label": _("Next"), "number": page.next_page_number()})
    return links
