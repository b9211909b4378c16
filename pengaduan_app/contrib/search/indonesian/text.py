"""Turns what people type into the terms that are indexed and searched."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from .spelling import SPELLED_OUT
from .stemmer import KEPT, PARTICLES, stem

# Letters and digits, and the signs that join them into one word: lampu-lampu, jum'at.
_TOKEN = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_LETTERS_OR_DIGITS = re.compile(r"[a-z]+|[0-9]+")
# lubang2, anak2nya: the word is doubled.
_TWICE = re.compile(r"([a-z]{3,})2(nya|an)?$")
LONGEST = 40  # letters; longer runs are no words, and indexes reject some of them


class Term(NamedTuple):
    """A word of a text: its position, its proper spelling, and the stem that is searched."""

    start: int
    end: int
    word: str
    stem: str


def normalise(text: str) -> str:
    """One form for each letter: without compatibility forms, accents and case."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'"))
    letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign)).lower()
    return re.sub(r"\d", lambda digit: str(unicodedata.decimal(digit.group())), letters)


def analyse(text: str) -> Iterator[Term]:
    """The terms of a text, in order."""
    for match in _TOKEN.finditer(text):
        for word, root in terms_of(match.group()):
            yield Term(match.start(), match.end(), word, root)


def stems_in(text: str) -> Iterator[tuple[int, int, frozenset[str]]]:
    """(start, end, stems) of each token: a cheaper `analyse` for highlighting many texts."""
    for match in _TOKEN.finditer(text):
        yield *match.span(), _stems_of(match.group()[:LONGEST])


def terms_of(token: str) -> tuple[tuple[str, str], ...]:
    """(word, stem) of each word in a token without spaces; most tokens are one word."""
    # Cut before the cache: strangers choose the length of what they type.
    return _terms_of(token[:LONGEST])


@lru_cache(maxsize=KEPT)
def _stems_of(token: str) -> frozenset[str]:
    return frozenset(root for _word, root in _terms_of(token))


@lru_cache(maxsize=KEPT)
def _terms_of(token: str) -> tuple[tuple[str, str], ...]:
    # Cut again: one sign can stand for several letters (ﬃ), and the column holds 40.
    letters = normalise(token).replace("'", "")[:LONGEST]
    return tuple((word, stem(word)) for word in _words_of(letters))


def _words_of(token: str) -> list[str]:
    if twice := _TWICE.match(token):
        token = twice.group(1)
    parts = [part for part in token.split("-") if part and part not in PARTICLES]
    if len(parts) == 2 and _is_twice(*parts):
        parts = parts[:1]
    return [word for part in parts for word in _spelled_out(part)]


def _is_twice(one: str, other: str) -> bool:
    """lampu-lampu, and with an affix: lubang-lubangnya, berkali-kali, sayur-sayuran. Also if
    the word means something else than its root: berjalan-jalan."""
    return one.endswith(other) or stem(one) == stem(other)


def _spelled_out(part: str) -> list[str]:
    if part in SPELLED_OUT:
        return SPELLED_OUT[part].split()
    words: list[str] = []
    for piece in _LETTERS_OR_DIGITS.findall(part):
        if piece.isdigit():
            words.append(piece.lstrip("0") or "0")
        else:
            words += SPELLED_OUT.get(piece, piece).split()
    return words
