"""Finds the published answers for a query.

It reads the index alone, never the page tree, and ranks at most the newest 1,000 matches, so
that the time it takes doesn't grow with the archive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from ...procedure import Kind
from . import fulltext, indexing, reference_cache, vocabulary
from .indonesian import is_stop_word
from .models import Answer
from .query import Wanted, cleaned, counted, is_vague, parse, rarest, word_by_word
from .ranking import Candidate, Ranked, rank, worthwhile
from .reference_cache import ReferenceData

MOST = 1000  # matches that are ranked; one more shows that there are more
FEW = 10  # with fewer full matches than this, partial matches are shown too
# The score that a partial match needs, as a share of the best, and how many are shown.
WORTH, MOST_PARTIAL = 0.4, 100
MEANT = 2  # words that a misspelled one may stand for
RARE = 2  # answers; a word in no more of them may be a published typing error
FIELDS = (
    "id",
    "agency_id",
    "category_id",
    "year",
    "day",
    "title_stems",
    "body_stems",
    "about_stems",
)


@dataclass(frozen=True)
class Match:
    """The ranked matches of a query, and how it was understood."""

    ranked: Ranked
    groups: list[Wanted]
    meant: dict[str, str]  # an unknown word → the word that is searched instead
    perhaps: dict[str, str]  # a rare word → a similar one that is much more common
    filters: dict[str, str]  # the valid ones, which were applied
    reference: ReferenceData
    is_vague: bool = False  # the query holds nothing but stop words
    lacks_words: bool = False  # no answer holds the whole query; these hold most of it

    @property
    def stems(self) -> set[str]:
        """The stems to mark in a hit: all but the stop words inside a name."""
        return {
            stem
            for wanted in self.groups
            for stem in wanted.stems
            if wanted.is_quoted or not is_stop_word(stem)
        }

    @property
    def is_capped(self) -> bool:
        return len(self.ranked) > MOST


def find(text: str, filters: Mapping[str, str] | None = None) -> Match:
    """The published answers that match a query, best first.

    `filters` are slugs of `agency`, `category` and `village`, a `year` and a `kind`; unknown
    values are ignored. Without a query the newest come first. If few answers hold every word,
    those that hold most of them follow. Signs that are no words find nothing.
    """
    typed = cleaned(text)
    groups, reference, total = understand(typed)
    groups, meant, perhaps = _corrected(groups, reference)
    marks = {name: _mark(name, value, reference) for name, value in (filters or {}).items()}
    marks = {name: mark for name, mark in marks.items() if mark}
    used = {name: value for name, value in (filters or {}).items() if name in marks}
    if is_vague(groups):
        return Match([], groups, {}, {}, used, reference, is_vague=True)
    if typed and not groups:
        # An emoji, a dash, another script: nothing that the index holds, so no answer has it.
        return Match([], groups, {}, {}, used, reference)
    known = [wanted for wanted in groups if wanted.answers] or groups[:1]
    full, partial = _ranked(rarest(known), list(marks.values()), total)
    lacks_words = len(known) < len(groups) or not full
    ranked = [*full, *partial]
    return Match(
        ranked, groups, meant, perhaps, used, reference, lacks_words=bool(ranked) and lacks_words
    )


def _mark(name: str, value: str, reference: ReferenceData) -> str:
    """The mark by which answers are filtered; empty for an unknown value."""
    if name == "kind":
        return indexing.mark(name, value) if value in list(Kind) else ""
    if name == "year":
        is_year = value.isascii() and value.isdigit() and len(value) == 4
        return indexing.mark(name, value) if is_year else ""
    for label in reference.labels.get(name, {}).values():
        if label.slug == value:
            return indexing.mark(name, label.pk)
    return ""


def ranked_by(groups: list[Wanted], total: int) -> Ranked:
    """The answers that hold every group, best first."""
    whole = fulltext.expression(connection.vendor, [wanted.ways for wanted in groups])
    return rank(candidates(whole), groups, total) if groups else []


def understand(text: str) -> tuple[list[Wanted], ReferenceData, int]:
    """The groups of a text with the number of answers that have each, and of all answers."""
    reference = reference_cache.current()
    groups, stamp, known = _looked_up(text, reference)
    if not stamp or stamp != reference.stamp:
        reference = reference_cache.of(stamp)
        groups, stamp, known = _looked_up(text, reference)
    total = next((number for word, _stem, number in known if word == vocabulary.ALL), 0)
    return counted(groups, known), reference, total


def _looked_up(
    text: str, reference: ReferenceData
) -> tuple[list[Wanted], int, list[vocabulary.Known]]:
    groups = parse(text, reference.names)
    stems = {stem for wanted in groups for stem in wanted.all_stems}
    return groups, *vocabulary.look_up([], stems)


def _corrected(
    groups: list[Wanted], reference: ReferenceData
) -> tuple[list[Wanted], dict[str, str], dict[str, str]]:
    """The groups with misspelled words replaced; the replacements; what to suggest."""
    odd = [
        wanted.word
        for wanted in groups
        if wanted.is_lone and wanted.answers <= RARE and vocabulary.is_correctable(wanted.word)
    ]
    likely = vocabulary.likely(odd) if odd else {}
    corrected: list[Wanted] = []
    meant: dict[str, str] = {}
    perhaps: dict[str, str] = {}
    for wanted in groups:
        others = [row for row in likely.get(wanted.word, ()) if row[1] not in wanted.stems]
        if others and not wanted.answers:
            meant[wanted.word] = others[0][0]
            wanted = _replaced(wanted, others, reference)
        elif others and others[0][2] > 10 * wanted.answers:
            perhaps[wanted.word] = others[0][0]
        corrected.append(wanted)
    return corrected, meant, perhaps


def _replaced(wanted: Wanted, others: list[vocabulary.Known], reference: ReferenceData) -> Wanted:
    stems = list(dict.fromkeys(stem for _word, stem, _answers in others))[:MEANT]
    phrases = dict.fromkeys(phrase for stem in stems for phrase in reference.names.same((stem,)))
    answers = sum(number for _word, stem, number in others if stem in stems)
    return replace(wanted, phrases=tuple(phrases), answers=answers)


def _ranked(groups: list[Wanted], marks: list[str], total: int) -> tuple[Ranked, Ranked]:
    """The matches that hold every word; if these are few, also those that lack some."""
    if not groups and not marks:
        return [(0.0, each) for each in _newest_of_all()], []
    whole = fulltext.expression(connection.vendor, [each.ways for each in groups], marks)
    full = candidates(whole)
    ranked = rank(full, groups, total) if groups else [(0.0, each) for each in full]
    words = rarest(word_by_word(groups))
    if len(words) < 2 or len(full) >= FEW:
        return ranked, []
    rows = candidates(_partial(words, (len(words) + 1) // 2, marks))
    seen = {candidate.pk for candidate in full}
    more = rank([each for each in rows if each.pk not in seen], words, total)
    return ranked, worthwhile(more, WORTH, MOST_PARTIAL)


def _partial(groups: list[Wanted], enough: int, marks: list[str]) -> str:
    ways = [wanted.ways for wanted in groups]
    return fulltext.partial(connection.vendor, ways, enough, marks)


def candidates(expression: str) -> list[Candidate]:
    """The newest answers that match, newest first."""
    numbers = RawSQL(fulltext.newest(connection.vendor), (expression, MOST + 1))  # nosec B611
    return _read(Answer.objects.filter(pk__in=numbers))


def _newest_of_all() -> list[Candidate]:
    return _read(Answer.objects.all())


def _read(answers: QuerySet[Answer]) -> list[Candidate]:
    rows = answers.order_by("-pk").values_list(*FIELDS)[: MOST + 1]
    return [Candidate(*row) for row in rows]
