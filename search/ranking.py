"""Which of the newest matches come first: BM25's idea, in Python, so that both databases
give the same order. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .query import Wanted

IN_TITLE, IN_BODY, IN_ABOUT = 3.0, 1.0, 0.6
SATURATION = 1.2  # BM25's k1: how soon a word more stops to count
LENGTH = 0.3  # BM25's b: how much long answers are held back
USUAL_LENGTH = 1200  # letters
# A phrase tells more than a word; who names a place wants that place.
LONGER, PLACE = 0.5, 1.5
# What an answer of today gains over one of long ago: enough to part equals.
RECENCY, YEAR = 0.05, 365


class Candidate(NamedTuple):
    """What ranking and counting read of an answer."""

    pk: int
    agency_id: int
    category_id: int | None
    year: int
    day: int
    title: str
    body: str
    about: str


def rank(candidates: Sequence[Candidate], groups: list[Wanted], total: int) -> list[tuple]:
    """(score, candidate), best first; equals by date. `total` is how many answers there are."""
    if not candidates:
        return []
    newest = max(candidate.day for candidate in candidates)
    # A phrase is looked for as it stands between spaces.
    wanted = [
        ([f" {' '.join(phrase)} " for phrase in group.phrases], _weight(group, total))
        for group in groups
    ]
    best = sum(weight for _phrases, weight in wanted) or 1.0
    scored = [(_score(each, wanted, best, newest), each) for each in candidates]
    return sorted(scored, key=lambda item: (-item[0], -item[1].day, -item[1].pk))


def _weight(group: Wanted, total: int) -> float:
    weight = rarity(group.answers, total) * (1 + LONGER * (group.length - 1))
    return weight * PLACE if group.is_place else weight


def rarity(answers: int, total: int) -> float:
    """BM25's idf: a word in few answers tells more."""
    answers = min(answers, total)
    return math.log(1 + (total - answers + 0.5) / (answers + 0.5))


def _score(candidate: Candidate, wanted: list, best: float, newest: int) -> float:
    _pk, _agency, _category, _year, day, title, body, about = candidate
    length = 1 - LENGTH + LENGTH * (len(title) + len(body)) / USUAL_LENGTH
    score = held = 0.0
    for phrases, weight in wanted:
        times = 0.0
        for phrase in phrases:
            times += IN_TITLE * (phrase in title) + IN_BODY * body.count(phrase)
            times += IN_ABOUT * (phrase in about)
        if times:
            held += weight
            score += weight * times / (times + SATURATION * length)
    # What an answer lacks weighs more than how often it says the rest.
    return score / best * (held / best) + RECENCY / (1 + (newest - day) / YEAR)


def worthwhile(ranked: Iterable[tuple], share: float, most: int) -> list[tuple]:
    """Of matches that lack a word, those not much worse than the best."""
    ranked = list(ranked)[:most]
    return [item for item in ranked if item[0] >= share * ranked[0][0]]
