"""What the complaint form asks the search: similar answers, and whose remit a text is.

The suggestion is a sum that anybody can follow. A word speaks for an agency by how much more
often it stands in what that agency answers than in what all answer (`learning` counts that),
and is heard as `evidence` says; a word that nobody has learnt speaks by its synonyms. The
agency with the greatest sum is suggested where it leads clearly, and the words that made it
lead are the reason. What is typed is read and forgotten.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from pengaduan_app.advice import AgencySuggestion, SimilarAnswer
from pengaduan_app.models import Agency, Category
from pengaduan_app.redaction import mask_personal_data

from . import alike, memory
from .evidence import Evidence, evidence_in
from .fulltext import Phrase
from .indexing import mark
from .learning import WHOLE
from .models import AgencyWord
from .query import parse

MOST_WORDS = 60  # different words of a text that are looked up
# An agency is taken to have so many complaints of the city's average besides its own, so
# that few complaints don't make one sure.
AVERAGE = 8.0
# No single word decides for or against.
MOST_FOR, MOST_AGAINST = 2.5, -1.5
# What sums are divided by before they are compared: words go together, so many of them tell
# less than each for itself. One word has CALM_ONE, with MANY of them it is CALM.
CALM_ONE, CALM, MANY = 0.5, 2.0, 7.0
STRONG = 1.0  # by how much a word must speak for some agency to count as one of these
SURE = 0.85  # how sure a suggestion must be: measured by `python -m bench.advice`
TELLING = 0.5  # by how much a word must speak for the agency to be named as a reason
MOST_REASONS = 2

Weights = dict[str, dict[int, float]]  # stem → agency → weight
Parts = dict[int, float]  # agency → what one piece of evidence adds


def similar_answers(text: str, limit: int) -> list[SimilarAnswer]:
    """The plugin's hook: published answers like this text."""
    rows = alike.similar(text, limit)
    agencies = memory.current().labels.get("agency", {})
    return [
        SimilarAnswer(
            row.title,
            row.url,
            agencies[row.agency_id].short_name if row.agency_id in agencies else "",
            row.answered_at,
        )
        for row in rows
    ]


def suggest_agency(text: str, category: Category | None) -> AgencySuggestion | None:
    """The plugin's hook: the agency that this text is probably for, None when unsure.
    The first line of the text is its subject."""
    masked = mask_personal_data(text)
    groups = parse(masked, memory.latest().names)
    evidence = evidence_in(masked, groups)[:MOST_WORDS]
    best = likeliest(evidence, mark("category", category.pk) if category else None)
    if best is None:
        return None
    number, confidence, words = best
    agency = Agency.objects.filter(pk=number, active=True).first()
    return AgencySuggestion(agency, words, confidence) if agency else None


def likeliest(
    evidence: Sequence[Evidence], category: str | None
) -> tuple[int, float, list[str]] | None:
    """(agency, how sure, the words that say so), or None when that isn't sure enough."""
    weights = _look_up(evidence, category)
    wholes = weights.pop(WHOLE, {})
    if len(wholes) < 2:
        return None
    heard = [(each, _heard(each, weights, wholes)) for each in evidence]
    heard = [(each, parts) for each, parts in heard if parts]
    every = [parts for _each, parts in heard]
    if category in weights:
        every.append(_parts(weights[category], wholes))
    if not every:
        return None
    sums = {agency: sum(parts[agency] for parts in every) for agency in wholes}
    best, second = sorted(sums, key=lambda agency: (-sums[agency], agency))[:2]
    confidence = _share(sums, best, sum(max(parts.values()) >= STRONG for parts in every))
    words = _reasons(heard, best, second)
    if confidence < SURE or not words:
        return None
    return best, confidence, words


def _look_up(evidence: Sequence[Evidence], category: str | None) -> Weights:
    stems = {stem for each in evidence for phrase in each.phrases for stem in phrase}
    weights: Weights = defaultdict(dict)
    wanted = [WHOLE, *sorted(stems), *([category] if category else [])]
    rows = AgencyWord.objects.filter(stem__in=wanted, agency__active=True)
    for stem, agency, weight in rows.values_list("stem", "agency_id", "weight"):
        weights[stem][agency] = weight
    return weights


def _heard(each: Evidence, weights: Weights, wholes: dict[int, float]) -> Parts | None:
    """What one piece of evidence adds to each agency's sum; None where nobody learnt it."""
    learnt = [found for phrase in each.phrases if (found := _together(phrase, weights))]
    if not learnt:
        return None
    own = _together(each.phrases[0], weights)
    if each.is_name:
        # What is called by several words is rarely called the same in a remit.
        parts = max((_parts(found, wholes) for found in learnt), key=_lead)
    else:
        parts = _parts(own or _average(learnt), wholes)
    return {agency: each.hearing * part for agency, part in parts.items()}


def _together(phrase: Phrase, weights: Weights) -> dict[int, float]:
    """A phrase is as common as its rarest word."""
    rows = [weights.get(stem, {}) for stem in phrase]
    agencies = set(rows[0]).intersection(*rows[1:])
    return {agency: min(row[agency] for row in rows) for agency in agencies}


def _average(learnt: list[dict[int, float]]) -> dict[int, float]:
    agencies = {agency for found in learnt for agency in found}
    return {a: sum(found.get(a, 0) for found in learnt) / len(learnt) for a in agencies}


def _lead(parts: Parts) -> float:
    first, second = sorted(parts.values(), reverse=True)[:2]
    return first - second


def _parts(found: dict[int, float], wholes: dict[int, float]) -> Parts:
    """The logarithm of how many times more often the agency's texts have it than the city's
    on average."""
    usual = sum(found.get(agency, 0) / whole for agency, whole in wholes.items()) / len(wholes)
    parts = {}
    for agency, whole in wholes.items():
        share = (found.get(agency, 0) + AVERAGE * usual) / (whole + AVERAGE)
        parts[agency] = min(MOST_FOR, max(MOST_AGAINST, math.log(share / usual)))
    return parts


def _share(sums: dict[int, float], best: int, strong: int) -> float:
    """How sure the best one is beside the others, from 0 to 1."""
    many = min(1.0, max(0, strong - 1) / (MANY - 1))
    calm = CALM_ONE + (CALM - CALM_ONE) * many
    return 1 / sum(math.exp((value - sums[best]) / calm) for value in sums.values())


def _reasons(heard: list[tuple[Evidence, Parts]], best: int, second: int) -> list[str]:
    """The typed words that speak most for the best agency, and more than for the next."""
    telling: dict[str, float] = {}
    for each, parts in heard:
        if parts[best] >= TELLING and parts[best] > parts[second]:
            speaks = 2 * parts[best] - parts[second]
            telling[each.typed] = max(speaks, telling.get(each.typed, 0))
    most: list[str] = []
    for word in sorted(telling, key=lambda word: (-telling[word], word)):
        # What a longer name says already isn't said again.
        if not any(word in other or other in word for other in most):
            most.append(word)
    return most[:MOST_REASONS]
