"""A page of search results: hits with marked words, facets, and suggestions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from ...procedure import labels, sop
from .finding import MOST, Match, find
from .highlighting import excerpt, marked
from .models import Answer
from .query import cleaned, unquoted
from .ranking import Candidate
from .reference_cache import ReferenceData

PER_PAGE = 10
FACETS = ("agency", "category", "year")
FILTERS = (*FACETS, "village", "kind")
UNREAD = ("title_stems", "body_stems", "about_stems", "about")


@dataclass(frozen=True)
class Hit:
    """A published answer as the list shows it; `title` and `excerpt` are safe HTML."""

    pk: int
    url: str
    title: str
    plain_title: str
    excerpt: str
    kind: str
    kind_label: str
    agency: str
    category: str
    village: str
    answered_at: datetime


class Option(TypedDict):
    """A value that the matches can be narrowed to, with the number of matches that have it."""

    label: str
    count: int
    url: str
    current: str  # of aria-current


class Facet(TypedDict):
    name: str
    label: str
    options: list[Option]


class Suggestion(TypedDict):
    """Another query, one press away."""

    label: str
    text: str
    url: str


@dataclass(frozen=True)
class Results:
    query: str
    match: Match
    page: Page[tuple[float, Candidate]]
    hits: list[Hit]
    facets: list[Facet]
    suggestions: list[Suggestion]

    @property
    def total(self) -> int:
        return min(len(self.match.ranked), MOST)

    @property
    def is_capped(self) -> bool:
        return self.match.is_capped


def search(params: Mapping[str, str]) -> Results:
    """A page of results for a request's parameters; unknown filters are ignored."""
    query = cleaned(params.get("q", ""))
    match = find(query, {name: params[name] for name in FILTERS if params.get(name)})
    page = Paginator(match.ranked[:MOST], PER_PAGE).get_page(params.get("page"))
    return Results(
        query,
        match,
        page,
        hits_of([candidate.pk for _score, candidate in page.object_list], match),
        _facets(match, query),
        _suggestions(match, query),
    )


def hits_of(numbers: list[int], match: Match) -> list[Hit]:
    """These answers, in this order, ready to be rendered."""
    rows = Answer.objects.defer(*UNREAD).in_bulk(numbers)
    return [_hit(rows[pk], match) for pk in numbers if pk in rows]


def _hit(row: Answer, match: Match) -> Hit:
    known = match.reference.labels
    agency = known.get("agency", {}).get(row.agency_id)
    category = known.get("category", {}).get(row.category_id or 0)
    village = known.get("village", {}).get(row.village_id or 0)
    return Hit(
        pk=row.page_id,
        url=row.url,
        title=marked(row.title, match.stems),
        plain_title=row.title,
        excerpt=excerpt([row.question, row.answer], match.stems),
        kind=row.kind,
        kind_label=str(labels.KINDS[sop.Kind(row.kind)]),
        agency=agency.short_name if agency else "",
        category=category.short_name if category else "",
        village=village.name if village else "",
        answered_at=row.answered_at,
    )


def _facets(match: Match, query: str) -> list[Facet]:
    titles = {"agency": _("Agency"), "category": _("Category"), "year": _("Year")}
    return [
        {"name": name, "label": titles[name], "options": options}
        for name in FACETS
        if (options := _options(name, match, query))
    ]


def _options(name: str, match: Match, query: str) -> list[Option]:
    """The values of a facet, most frequent first; the link of the chosen one removes it."""
    chosen = match.filters
    column = "year" if name == "year" else f"{name}_id"
    counts = Counter(getattr(candidate, column) for _score, candidate in match.ranked[:MOST])
    options: list[Option] = []
    for value, number in counts.most_common():
        slug, text = _named(name, value, match.reference)
        if not slug:
            continue
        is_chosen = chosen.get(name) == slug
        rest = {key: kept for key, kept in chosen.items() if key != name}
        address = {"q": query, **rest} | ({} if is_chosen else {name: slug})
        options.append(
            {
                "label": text,
                "count": number,
                "url": f"?{urlencode(address)}",
                "current": "true" if is_chosen else "false",
            }
        )
    return options


def _named(name: str, value: int | None, reference: ReferenceData) -> tuple[str, str]:
    """(slug, label) of a facet's value; empty for an unknown one."""
    if name == "year":
        return str(value), str(value)
    label = reference.labels.get(name, {}).get(value) if value else None
    return (label.slug, label.name) if label else ("", "")


def _suggestions(match: Match, query: str) -> list[Suggestion]:
    """Other queries: spelled otherwise, and without quotation marks if no answer has the
    quoted words in that order."""
    offered = []
    if match.perhaps:
        offered.append((_("Did you mean:"), _respelled(match, query)))
    if (match.lacks_words or not match.ranked) and (text := unquoted(query)) != query:
        offered.append((_("Search without quotation marks:"), text))
    return [
        {"label": label, "text": text, "url": f"?{urlencode({'q': text, **match.filters})}"}
        for label, text in offered
    ]


def _respelled(match: Match, query: str) -> str:
    """The query with each rare word replaced by a similar common one."""
    text = query
    for wanted in reversed(match.groups):
        if wanted.word in match.perhaps:
            text = text[: wanted.start] + match.perhaps[wanted.word] + text[wanted.end :]
    return text
