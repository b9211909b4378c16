"""Suggestions while somebody types: agencies, and questions that were answered."""

from __future__ import annotations

from dataclasses import replace

from django.db import connection
from django.urls import reverse

from . import finding
from .indonesian import analyse, normalise
from .models import Answer, Word
from .query import Wanted, cleaned
from .reference_cache import Label, ReferenceData

SHORTEST = 2  # letters
MOST = 8
MOST_AGENCIES = 3
BEGINNINGS = 6  # words that an unfinished one is completed to


def suggest(text: str) -> list[dict[str, str]]:
    """At most eight of {kind, text, url}; `text` is plain. The last word may be unfinished."""
    typed = cleaned(text)
    if len(typed) < SHORTEST:
        return []
    groups, reference, total = finding.understand(typed)
    groups = [_begun(typed, wanted) for wanted in groups[-1:]] + groups[:-1]
    found = _agencies(typed, reference)[:MOST_AGENCIES]
    return found + _questions(groups, total, MOST - len(found))


def _begun(typed: str, last: Wanted) -> Wanted:
    """The last word, or any word that begins with it."""
    if last.is_quoted or last.end < len(typed):
        return last
    words = Word.objects.filter(**_begins_with(last.word)).order_by("-answers", "word")
    rows = list(words.values_list("stem", "answers")[:BEGINNINGS])
    if not rows:
        return last
    phrases = dict.fromkeys([*last.phrases, *((stem,) for stem, _answers in rows)])
    return replace(
        last, phrases=tuple(phrases), answers=max(last.answers, *(row[1] for row in rows))
    )


def _begins_with(word: str) -> dict[str, str]:
    """A condition that uses the index of either database: SQLite's LIKE doesn't, and what
    sorts after `z` depends on PostgreSQL's collation."""
    if connection.vendor == "sqlite":
        return {"word__gte": word, "word__lt": f"{word}{{"}
    return {"word__startswith": word}


def _agencies(typed: str, reference: ReferenceData) -> list[dict[str, str]]:
    """The agencies whose name holds every typed word; the last word may be unfinished."""
    words = [normalise(term.word) for term in analyse(typed)]
    return [
        {"kind": "agency", "text": label.name, "url": _section(label)}
        for label in reference.labels.get("agency", {}).values()
        if words and _names(label, words)
    ]


def _section(agency: Label) -> str:
    return reverse("pengaduan:agency", args=[agency.slug])


def _names(label: Label, words: list[str]) -> bool:
    names = [term.word for term in analyse(f"{label.name} {label.short_name}")]
    whole = all(word in names for word in words[:-1])
    return whole and any(name.startswith(words[-1]) for name in names)


def _questions(groups: list[Wanted], total: int, most: int) -> list[dict[str, str]]:
    """The best titles that hold every typed word, each title once."""
    ranked = [each for _score, each in finding.ranked_by(groups, total)]
    numbers = [each.pk for each in ranked if _holds(each.title, groups)][: 3 * most]
    rows = Answer.objects.only("title", "url").in_bulk(numbers)
    by_title = {rows[pk].title.casefold(): rows[pk] for pk in reversed(numbers) if pk in rows}
    best = list(by_title.values())[::-1][:most]
    return [{"kind": "answer", "text": row.title, "url": row.url} for row in best]


def _holds(title: str, groups: list[Wanted]) -> bool:
    return all(
        any(f" {' '.join(phrase)} " in title for phrase in wanted.phrases) for wanted in groups
    )
