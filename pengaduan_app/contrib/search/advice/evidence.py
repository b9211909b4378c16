"""What of a text speaks for an agency, and how much it should be heard. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from .fulltext import Phrase
from .indonesian import is_circumstance, is_stop_word
from .query import Wanted
from .telling import telling

# How much is heard of words that tell where, when and who; of those after a word of place
# (“di pasar”); and of those in the subject, where people name the matter.
CIRCUMSTANCE, PLACE, SUBJECT = 0.1, 0.5, 1.5
NAME = 0.5  # of a name as a whole, beside its words
_PLACED = re.compile(r"\b(?:di|ke|dari|dekat|depan|belakang|sekitar)\s+$", re.IGNORECASE)


class Evidence(NamedTuple):
    """Phrases that mean the same, the one that was typed first."""

    phrases: Sequence[Phrase]
    hearing: float
    typed: str  # the citizen's own words
    is_name: bool = False


def evidence_in(text: str, groups: Sequence[Wanted]) -> list[Evidence]:
    """All that can speak, each thing once. The subject is the text's first line."""
    said = [each for each in groups if _speaks(each)]
    told = {each.start for each in telling(text, said)}
    found: dict[Phrase, Evidence] = {}
    for wanted in said:
        hearing = _hearing(text, wanted, wanted.start in told)
        typed = text[wanted.start : wanted.end].lower()
        for each in _of(wanted, hearing, typed):
            found.setdefault(each.phrases[0], each)
    return list(found.values())


def _speaks(wanted: Wanted) -> bool:
    return any(map(str.isalpha, wanted.word)) and not is_stop_word(wanted.word)


def _hearing(text: str, wanted: Wanted, is_told: bool) -> float:
    hearing = 1.0 if is_told else CIRCUMSTANCE
    if wanted.end <= text.find("\n"):
        hearing *= SUBJECT
    return hearing * PLACE if _PLACED.search(text, 0, wanted.start) else hearing


def _of(wanted: Wanted, hearing: float, typed: str) -> list[Evidence]:
    stems = wanted.phrases[0]
    if len(stems) == 1:
        return [Evidence(wanted.phrases, hearing, typed)]
    found = [Evidence(wanted.phrases, hearing * NAME, typed, is_name=True)]
    for stem in stems:
        heard = hearing * (CIRCUMSTANCE if is_circumstance(stem, stem) else 1)
        found.append(Evidence([(stem,)], heard, typed))
    return found
