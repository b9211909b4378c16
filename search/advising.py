"""What the complaint form asks the search: similar answers, and whose remit a text is.

The suggestion is a sum that anybody can follow. A word speaks for an agency by how much more
often it stands in what that agency answers than in what all answer (`learning` counts that).
The agency with the greatest sum is suggested where it leads clearly, and the words that made
it lead are the reason. What is typed is read and forgotten.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from pengaduan_app.advice import AgencySuggestion, SimilarAnswer
from pengaduan_app.models import Agency, Category
from pengaduan_app.redaction import mask_personal_data

from . import finding, memory
from .indexing import mark
from .indonesian import analyse, is_stop_word
from .learning import WHOLE
from .models import AgencyWord

MOST_WORDS = 60  # different words of a text that are looked up
# An agency is taken to have so many complaints of the city's average besides its own, so
# that few complaints don't make one sure.
AVERAGE = 8.0
# No single word decides for or against.
MOST_FOR, MOST_AGAINST = 2.5, -1.5
CALM = 2.0  # what sums are divided by before they are compared: words go together
SURE = 0.85  # how sure a suggestion must be: measured by `python -m bench.advice`
TELLING = 0.5  # by how much a word must speak for the agency to be named as a reason
MOST_REASONS = 2

Weights = dict[str, dict[int, float]]  # stem → agency → weight


def similar_answers(text: str, limit: int) -> list[SimilarAnswer]:
    """The plugin's hook: published answers like this text."""
    rows = finding.similar(text, limit)
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
    """The plugin's hook: the agency that this text is probably for, None when unsure."""
    # A stem that the citizen typed in several forms is named in the first.
    typed: dict[str, str] = {}
    masked = mask_personal_data(text)
    for term in analyse(masked):
        if not is_stop_word(term.word) and term.word.isalpha():
            typed.setdefault(term.stem, masked[term.start : term.end].lower())
    stems = list(typed)[:MOST_WORDS]
    best = likeliest(stems, mark("category", category.pk) if category else None)
    if best is None:
        return None
    number, confidence, reasons = best
    agency = Agency.objects.filter(pk=number, active=True).first()
    words = list(dict.fromkeys(typed[stem] for stem in stems if stem in reasons))
    return AgencySuggestion(agency, words, confidence) if agency else None


def likeliest(stems: Sequence[str], category: str | None) -> tuple[int, float, set[str]] | None:
    """(agency, how sure, the stems that say so), or None when that isn't sure enough."""
    weights = _look_up([*stems, *([category] if category else [])])
    wholes = weights.pop(WHOLE, {})
    if len(wholes) < 2 or not weights:
        return None
    parts = {stem: _parts(found, wholes) for stem, found in weights.items()}
    sums = {agency: sum(each[agency] for each in parts.values()) for agency in wholes}
    best, second = sorted(sums, key=lambda agency: (-sums[agency], agency))[:2]
    confidence = _share(sums, best)
    reasons = _reasons(parts, best, second, set(stems))
    if confidence < SURE or not reasons:
        return None
    return best, confidence, reasons


def _look_up(stems: Sequence[str]) -> Weights:
    weights: Weights = defaultdict(dict)
    rows = AgencyWord.objects.filter(stem__in=[WHOLE, *stems], agency__active=True)
    for stem, agency, weight in rows.values_list("stem", "agency_id", "weight"):
        weights[stem][agency] = weight
    return weights


def _parts(found: dict[int, float], wholes: dict[int, float]) -> dict[int, float]:
    """What one stem adds to each agency's sum: the logarithm of how many times more often
    the agency's texts have it than the city's on average."""
    usual = sum(found.get(agency, 0) / whole for agency, whole in wholes.items()) / len(wholes)
    parts = {}
    for agency, whole in wholes.items():
        share = (found.get(agency, 0) + AVERAGE * usual) / (whole + AVERAGE)
        parts[agency] = min(MOST_FOR, max(MOST_AGAINST, math.log(share / usual)))
    return parts


def _share(sums: dict[int, float], best: int) -> float:
    """How sure the best one is beside the others, from 0 to 1."""
    return 1 / sum(math.exp((value - sums[best]) / CALM) for value in sums.values())


def _reasons(parts: dict, best: int, second: int, typed: set[str]) -> set[str]:
    """The typed words that speak most for the best agency, and more than for the next."""
    telling = {
        stem: part[best] + part[best] - part[second]
        for stem, part in parts.items()
        if stem in typed and part[best] >= TELLING and part[best] > part[second]
    }
    return set(sorted(telling, key=lambda stem: (-telling[stem], stem))[:MOST_REASONS])
