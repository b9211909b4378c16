"""What in a text speaks for an agency, and how much each piece weighs. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..fulltext import Phrase
from ..indonesian import is_circumstance, is_stop_word
from ..query import Wanted
from .keywords import keywords_of

# The weight of words for place, time and people; of words after a preposition of place
# (“di pasar”); and of words in the subject line, where people name the matter.
CIRCUMSTANCE, PLACE, SUBJECT = 0.1, 0.5, 1.5
NAME = 0.5  # of a name as a whole, beside its words
_PLACED = re.compile(r"\b(?:di|ke|dari|dekat|depan|belakang|sekitar)\s+$", re.IGNORECASE)


class Evidence(NamedTuple):
    """Phrases with the same meaning, the typed one first."""

    phrases: Sequence[Phrase]
    weight: float
    typed: str  # the citizen's own words
    is_name: bool = False


def evidence_in(text: str, groups: Sequence[Wanted]) -> list[Evidence]:
    """All evidence in a text, each piece once. The first line of the text is its subject."""
    content = [each for each in groups if _is_content(each)]
    keywords = {each.start for each in keywords_of(text, content)}
    found: dict[Phrase, Evidence] = {}
    for wanted in content:
        weight = _weight(text, wanted, wanted.start in keywords)
        typed = text[wanted.start : wanted.end].lower()
        for each in _pieces(wanted, weight, typed):
            found.setdefault(each.phrases[0], each)
    return list(found.values())


def _is_content(wanted: Wanted) -> bool:
    return any(map(str.isalpha, wanted.word)) and not is_stop_word(wanted.word)


def _weight(text: str, wanted: Wanted, is_keyword: bool) -> float:
    weight = 1.0 if is_keyword else CIRCUMSTANCE
    if wanted.end <= text.find("\n"):
        weight *= SUBJECT
    return weight * PLACE if _PLACED.search(text, 0, wanted.start) else weight


def _pieces(wanted: Wanted, weight: float, typed: str) -> list[Evidence]:
    """A name of several words counts as a whole, and each of its words counts too."""
    stems = wanted.phrases[0]
    if len(stems) == 1:
        return [Evidence(wanted.phrases, weight, typed)]
    found = [Evidence(wanted.phrases, weight * NAME, typed, is_name=True)]
    for stem in stems:
        own = weight * (CIRCUMSTANCE if is_circumstance(stem, stem) else 1)
        found.append(Evidence([(stem,)], own, typed))
    return found
