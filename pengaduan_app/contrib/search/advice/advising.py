"""Answers the plugin's hooks: similar answers, and which agency or agencies a text is for.

The suggestion is a sum that anybody can check. A word speaks for an agency by how much more
often it occurs in that agency's texts than in those of all agencies (`learning` counts), times
the weight that `evidence` gives it; a word that was never learned speaks through its synonyms.
The agency with the greatest sum is suggested if it leads clearly, and the words that made it
lead are the reason. The text is read and not stored.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

from ....citizen import AgencySuggestion, SimilarAnswer
from ....models import Agency, Category
from ....privacy import mask_personal_data
from .. import reference_cache
from ..fulltext import Phrase
from ..indexing import mark
from ..models import AgencyWord
from ..query import parse
from .evidence import Evidence, evidence_in
from .learning import WHOLE
from .similar import similar

MOST_WORDS = 60  # different words of a text that are looked up
# Added to each agency's own complaints: so many of the city's average, so that a few
# complaints don't make a suggestion sure.
AVERAGE = 8.0
# No single word decides for or against.
MOST_FOR, MOST_AGAINST = 2.5, -1.5
# Sums are divided by this before they are compared. Words occur together, so each of many
# tells less than one alone: CALM_ONE applies to one word, CALM to MANY.
CALM_ONE, CALM, MANY = 0.5, 2.0, 7.0
STRONG = 1.0  # by how much a word must speak for some agency to count among these
SURE = 0.85  # the confidence that a suggestion needs: measured by `python -m bench.advice`
REASON = 0.5  # by how much a word must speak for the agency to be named as a reason
MOST_REASONS = 2
# The confidence from which an agency is proposed to the administrator, who reads the text too.
LIKELY = 0.1

Learned = dict[str, dict[int, float]]  # stem → agency → weight
Parts = dict[int, float]  # agency → what one piece of evidence adds


class Ranked(NamedTuple):
    """An agency, how sure that is (0 to 1), and the typed words that are the reason."""

    agency: int
    confidence: float
    words: list[str]


def similar_answers(text: str, limit: int) -> list[SimilarAnswer]:
    """The plugin's hook: published answers about the same thing as this text."""
    rows = similar(text, limit)
    agencies = reference_cache.current().labels.get("agency", {})
    return [
        SimilarAnswer(
            row.title,
            row.url,
            agencies[row.agency_id].short_name if row.agency_id in agencies else "",
            row.answered_at,
            row.page_id,
        )
        for row in rows
    ]


def suggest_agency(text: str, category: Category | None) -> AgencySuggestion | None:
    """The plugin's hook: the agency that this text is probably for, None when unsure.
    The first line of the text is its subject."""
    ranking = ranked(_evidence_of(text), _mark_of(category))
    if not ranking or ranking[0].confidence < SURE:
        return None
    found = _suggestions(ranking[:1])
    return found[0] if found else None


def likely_agencies(
    text: str, category: Category | None, limit: int, without: Collection[int] = ()
) -> list[AgencySuggestion]:
    """The plugin's hook: up to `limit` agencies that the text may be for, likeliest first, and
    never one of those whose keys are in `without`."""
    ranking = ranked(_evidence_of(text), _mark_of(category), without)
    return _suggestions([each for each in ranking if each.confidence >= LIKELY][:limit])


def _evidence_of(text: str) -> list[Evidence]:
    masked = mask_personal_data(text)
    groups = parse(masked, reference_cache.latest().names)
    return evidence_in(masked, groups)[:MOST_WORDS]


def _mark_of(category: Category | None) -> str | None:
    return mark("category", category.pk) if category else None


def _suggestions(ranking: Sequence[Ranked]) -> list[AgencySuggestion]:
    """The agencies themselves, as far as they take complaints; one query."""
    keys = [each.agency for each in ranking]
    there = Agency.objects.filter(pk__in=keys, active=True).in_bulk() if keys else {}
    return [
        AgencySuggestion(there[each.agency], each.words, each.confidence)
        for each in ranking
        if each.agency in there
    ]


def ranked(
    evidence: Sequence[Evidence], category: str | None, without: Collection[int] = ()
) -> list[Ranked]:
    """The agencies that something in the text speaks for, likeliest first."""
    learned = _look_up(evidence, category)
    wholes = learned.pop(WHOLE, {})
    if len(wholes) < 2:
        return []
    added = [(each, parts) for each in evidence if (parts := _parts_of(each, learned, wholes))]
    every = [parts for _each, parts in added]
    if category in learned:
        every.append(_parts(learned[category], wholes))
    sums = {
        agency: sum(parts[agency] for parts in every)
        for agency in wholes
        if every and agency not in without
    }
    strong = sum(max(parts.values()) >= STRONG for parts in every)
    order = sorted(sums, key=lambda agency: (-sums[agency], agency))
    found = []
    for place, agency in enumerate(order):
        # The best is compared with the second, and every other one with the best.
        other = order[0] if place else order[1] if order[1:] else None
        if words := _reasons(added, agency, other):
            found.append(Ranked(agency, _confidence(sums, agency, strong), words))
        elif not place:
            # What leads without a reason leaves nothing to be said for those behind it.
            return []
    return found


def _look_up(evidence: Sequence[Evidence], category: str | None) -> Learned:
    stems = {stem for each in evidence for phrase in each.phrases for stem in phrase}
    learned: Learned = defaultdict(dict)
    wanted = [WHOLE, *sorted(stems), *([category] if category else [])]
    rows = AgencyWord.objects.filter(stem__in=wanted, agency__active=True)
    for stem, agency, weight in rows.values_list("stem", "agency_id", "weight"):
        learned[stem][agency] = weight
    return learned


def _parts_of(each: Evidence, learned: Learned, wholes: dict[int, float]) -> Parts | None:
    """What one piece of evidence adds to each agency's sum; None if it was never learned."""
    known = [found for phrase in each.phrases if (found := _together(phrase, learned))]
    if not known:
        return None
    own = _together(each.phrases[0], learned)
    if each.is_name:
        # A remit seldom uses the same name for what has several.
        parts = max((_parts(found, wholes) for found in known), key=_lead)
    else:
        parts = _parts(own or _average(known), wholes)
    return {agency: each.weight * part for agency, part in parts.items()}


def _together(phrase: Phrase, learned: Learned) -> dict[int, float]:
    """A phrase is as common as its rarest word."""
    rows = [learned.get(stem, {}) for stem in phrase]
    agencies = set(rows[0]).intersection(*rows[1:])
    return {agency: min(row[agency] for row in rows) for agency in agencies}


def _average(known: list[dict[int, float]]) -> dict[int, float]:
    agencies = {agency for found in known for agency in found}
    return {a: sum(found.get(a, 0) for found in known) / len(known) for a in agencies}


def _lead(parts: Parts) -> float:
    first, second = sorted(parts.values(), reverse=True)[:2]
    return first - second


def _parts(found: dict[int, float], wholes: dict[int, float]) -> Parts:
    """The logarithm of how much more common this is in each agency's texts than on average."""
    usual = sum(found.get(agency, 0) / whole for agency, whole in wholes.items()) / len(wholes)
    parts = {}
    for agency, whole in wholes.items():
        share = (found.get(agency, 0) + AVERAGE * usual) / (whole + AVERAGE)
        parts[agency] = min(MOST_FOR, max(MOST_AGAINST, math.log(share / usual)))
    return parts


def _confidence(sums: dict[int, float], agency: int, strong: int) -> float:
    """How sure the agency is beside the others, from 0 to 1."""
    many = min(1.0, max(0, strong - 1) / (MANY - 1))
    calm = CALM_ONE + (CALM - CALM_ONE) * many
    return 1 / sum(math.exp((value - sums[agency]) / calm) for value in sums.values())


def _reasons(added: list[tuple[Evidence, Parts]], agency: int, other: int | None) -> list[str]:
    """The typed words that speak most for the agency, and more than for the other one."""
    scores: dict[str, float] = {}
    for each, parts in added:
        against = 0.0 if other is None else parts[other]
        if parts[agency] >= REASON and parts[agency] > against:
            score = 2 * parts[agency] - against
            scores[each.typed] = max(score, scores.get(each.typed, 0))
    most: list[str] = []
    for word in sorted(scores, key=lambda word: (-scores[word], word)):
        # A word that is part of a longer name isn't repeated.
        if not any(word in other or other in word for other in most):
            most.append(word)
    return most[:MOST_REASONS]
