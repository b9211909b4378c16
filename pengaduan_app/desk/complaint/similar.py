"""Complaints that may be about the same thing as one that the operator is about to join.

It reads the agency's own complaints, and of them only those that `actions.duplicate` would
accept: never the vault, and no other agency's. The search of published answers can't serve here,
for an open complaint is in no index.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import timedelta

from django.db.models.functions import Left
from django.utils.translation import gettext as _

from ...models import Complaint
from ...privacy import is_little, root_of
from ...procedure import sop

# How many are read, the newest first: of the open ones, and of those with a published answer.
MOST_OPEN, MOST_ANSWERED = 200, 100
MOST_SHOWN = 5
# The letters of each text that are read and shown.
LETTERS = 1200
SHORTEST_WORD = 3
# A shorter root stands in too many other words: it must be a word of its own.
SHORTEST_INSIDE = 5
# The words of a complaint that are compared, those of its subject first.
MOST_WORDS = 60
# What counts besides the words, which count 1 if all are shared.
SAME_VILLAGE, SAME_CATEGORY, SAME_TIME = 0.15, 0.1, 0.05
NEAR_IN_TIME = timedelta(days=14)
# Texts that an agency with few complaints is thought to have besides, and how many of these have
# a word: or else ten reports of one lamp would make “lamp” a word that says nothing.
OTHERS, THEIR_SHARE = 50, 5
# Less than this is no likeness.
LEAST_WORDS = 0.2


@dataclass(frozen=True)
class Likeness:
    """A complaint that is like another one, how much, and in what besides its words."""

    complaint: Complaint
    score: float = 0
    shared: str = ""


def similar_to(complaint: Complaint) -> list[Likeness]:
    """Up to MOST_SHOWN complaints that are most like this one, most alike first.

    Two queries, whatever the agency has; often none is found.
    """
    joinable = Complaint.objects.joinable_with(complaint).annotate(beginning=Left("body", LETTERS))
    rows = joinable.select_related("village", "category").defer("body").order_by("-created_at")
    found = [
        *rows.filter(state__in=sop.OPEN_STATES)[:MOST_OPEN],
        *rows.filter(state__in=sop.PUBLIC_STATES)[:MOST_ANSWERED],
    ]
    roots, texts = _roots_of(complaint), [_spaced(row) for row in found]
    weights = {root: _rarity(root, texts) for root in roots}
    everything = sum(weights.values()) or 1
    likenesses = []
    for row, text in zip(found, texts, strict=True):
        words = sum(weight for root, weight in weights.items() if _stands_in(root, text))
        if words / everything >= LEAST_WORDS:
            likenesses.append(_likeness(complaint, row, words / everything))
    return sorted(likenesses, key=lambda like: -like.score)[:MOST_SHOWN]


def _likeness(complaint: Complaint, row: Complaint, words: float) -> Likeness:
    shared, score = [], words
    if complaint.village_id and complaint.village_id == row.village_id:
        score += SAME_VILLAGE
        shared.append(_("same village"))
    if complaint.category_id and complaint.category_id == row.category_id:
        score += SAME_CATEGORY
        shared.append(_("same category"))
    if abs(complaint.created_at - row.created_at) <= NEAR_IN_TIME:
        score += SAME_TIME
        shared.append(_("sent within two weeks of each other"))
    return Likeness(row, score, ", ".join(shared))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def _roots_of(complaint: Complaint) -> list[str]:
    """The roots of the words that say what the complaint is about, each once."""
    words = _words(f"{complaint.subject} {complaint.place} {complaint.body[:LETTERS]}")
    telling = [word for word in words if len(word) >= SHORTEST_WORD and not is_little(word)]
    return list(dict.fromkeys(map(root_of, dict.fromkeys(telling))))[:MOST_WORDS]


def _spaced(row: Complaint) -> str:
    """The words of a complaint with a space around each, as they are compared."""
    beginning = getattr(row, "beginning", "")
    return f" {' '.join(_words(f'{row.subject} {row.place} {beginning}'))} "


def _stands_in(root: str, text: str) -> bool:
    """True if the text has the word: lubang stands in berlubang, too."""
    return (root if len(root) >= SHORTEST_INSIDE else f" {root} ") in text


def _rarity(root: str, texts: list[str]) -> float:
    """What sharing this word says: much for a rare one, little for one that every text has. A
    word that no text has says something as well: how much of this complaint is its own."""
    having = sum(_stands_in(root, text) for text in texts)
    return math.log((len(texts) + OTHERS) / (having + THEIR_SHARE))
