"""Ranks the newest matches after BM25, in Python, so that both databases give the same
order. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .query import Wanted

IN_TITLE, IN_BODY, IN_ABOUT = 3.0, 1.0, 0.6
SATURATION = 1.2  # BM25's k1: how soon further occurrences stop counting
LENGTH = 0.3  # BM25's b: how much long answers are penalised
USUAL_LENGTH = 1200  # letters
# A phrase is more specific than a word; a query that names a place wants that place.
LONGER, PLACE = 0.5, 1.5
# A name whose words occur apart counts as half held, and as fewer occurrences.
APART_HELD, APART, APART_TITLE = 0.5, 0.3, 1.0
# Whether an answer has a word weighs more than how often and where: an answer with common
# words only, even in its title, comes after one with a rare word. Two words weigh more than one.
HELD, EACH = 3.0, 1.0
# What today's answer gains over one of long ago: enough to break a tie.
RECENCY, YEAR = 0.05, 365


class Candidate(NamedTuple):
    """The columns of an answer that ranking and counting read."""

    pk: int
    agency_id: int
    category_id: int | None
    year: int
    day: int
    title: str
    body: str
    about: str


Ranked = list[tuple[float, Candidate]]  # with scores
# A group's phrases, the words of its name apart, and its weight.
Term = tuple[list[str], list[str], float]


def rank(candidates: Sequence[Candidate], groups: list[Wanted], total: int) -> Ranked:
    """Best first; ties by date. `total` is the number of all answers."""
    if not candidates:
        return []
    newest = max(candidate.day for candidate in candidates)
    # A phrase is matched with the spaces around it.
    wanted = [
        ([spaced(phrase) for phrase in group.phrases], _apart(group), weight_of(group, total))
        for group in groups
    ]
    scored = [(_score(each, wanted, newest), each) for each in candidates]
    return sorted(scored, key=lambda item: (-item[0], -item[1].day, -item[1].pk))


def spaced(phrase: Iterable[str]) -> str:
    return f" {' '.join(phrase)} "


def _apart(group: Wanted) -> list[str]:
    return [spaced((stem,)) for stem in group.apart]


def weight_of(group: Wanted, total: int) -> float:
    weight = rarity(group.answers, total) * (1 + LONGER * (group.length - 1))
    return weight * PLACE if group.is_place else weight


def rarity(answers: int, total: int) -> float:
    """BM25's idf: the fewer answers have a word, the more it tells."""
    answers = min(answers, total)
    return math.log(1 + (total - answers + 0.5) / (answers + 0.5))


def _score(candidate: Candidate, wanted: list[Term], newest: int) -> float:
    _pk, _agency, _category, _year, day, title, body, about = candidate
    length = 1 - LENGTH + LENGTH * (len(title) + len(body)) / USUAL_LENGTH
    said = held = best = 0.0
    for phrases, apart, weight in wanted:
        times, part = 0.0, 1.0
        for phrase in phrases:
            times += IN_TITLE * (phrase in title) + IN_BODY * body.count(phrase)
            times += IN_ABOUT * (phrase in about)
        if not times and apart:
            times, part = _times_apart(candidate, apart), APART_HELD
        best += weight
        if times:
            held += (weight + EACH) * part
            said += weight * times / (times + SATURATION * length)
    held, said = held / (best + EACH * len(wanted)), said / best
    return HELD * held + said + RECENCY / (1 + (newest - day) / YEAR)


def _times_apart(candidate: Candidate, stems: list[str]) -> float:
    if all(stem in candidate.title for stem in stems):
        return APART_TITLE
    texts = (candidate.title, candidate.body, candidate.about)
    return APART * all(any(stem in text for text in texts) for stem in stems)


def worthwhile(ranked: Ranked, share: float, most: int) -> Ranked:
    """The matches whose score is at least this share of the best one's."""
    return [item for item in ranked[:most] if item[0] >= share * ranked[0][0]]
