"""A page of search results: hits with their marks, what to narrow by, what else to ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from pengaduan_app import labels, sop

from . import memory
from .finding import MOST, Match, find
from .highlighting import excerpt, marked
from .models import Answer
from .query import cleaned, unquoted

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
    answered_at: object


@dataclass(frozen=True)
class Results:
    query: str
    match: Match
    page: Page
    hits: list[Hit]
    facets: list[dict]
    suggestions: list[dict]

    @property
    def total(self) -> int:
        return min(len(self.match.ranked), MOST)

    @property
    def is_capped(self) -> bool:
        return self.match.is_capped


def search(params: Mapping[str, str]) -> Results:
    """What `/cari/` shows for these parameters. Filters that nobody knows are ignored."""
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
    """These answers, in this order, ready to be drawn."""
    rows = Answer.objects.defer(*UNREAD).in_bulk(numbers)
    return [_hit(rows[pk], match) for pk in numbers if pk in rows]


def _hit(row: Answer, match: Match) -> Hit:
    names = {
        name: label
        for name in ("agency", "category", "village")
        if (label := match.memory.labels.get(name, {}).get(getattr(row, f"{name}_id")))
    }
    return Hit(
        row.page_id,
        row.url,
        marked(row.title, match.stems),
        row.title,
        excerpt([row.question, row.answer], match.stems),
        row.kind,
        labels.KINDS[sop.Kind(row.kind)],
        *(names[name].short_name if name in names else "" for name in FACETS[:2]),
        names["village"].name if "village" in names else "",
        row.answered_at,
    )


def _facets(match: Match, query: str) -> list[dict]:
    titles = {"agency": _("Agency"), "category": _("Category"), "year": _("Year")}
    return [
        {"name": name, "label": titles[name], "options": options}
        for name in FACETS
        if (options := _options(name, match, query))
    ]


def _options(name: str, match: Match, query: str) -> list[dict]:
    """What the matches can be narrowed to, most first; the chosen one can be taken back."""
    chosen = match.filters
    column = "year" if name == "year" else f"{name}_id"
    counts = Counter(getattr(candidate, column) for _score, candidate in match.ranked[:MOST])
    options = []
    for value, number in counts.most_common():
        slug, text = _named(name, value, match.memory)
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


def _named(name: str, value, remembered: memory.Memory) -> tuple[str, str]:
    if name == "year":
        return str(value), str(value)
    label = remembered.labels.get(name, {}).get(value)
    return (label.slug, label.name) if label else ("", "")


def _suggestions(match: Match, query: str) -> list[dict]:
    """What else to search for, in one press: spelled otherwise, and word by word what no
    answer has as it was quoted."""
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
    """The query with a rare word replaced by a common one like it."""
    text = query
    for wanted in reversed(match.groups):
        if wanted.word in match.perhaps:
            text = text[: wanted.start] + match.perhaps[wanted.word] + text[wanted.end :]
    return text
