"""The usual words of Indonesian: what a person may be called, and a text may say of anything."""

from __future__ import annotations

import threading
from functools import lru_cache

from Sastrawi.Dictionary.ArrayDictionary import ArrayDictionary
from Sastrawi.Stemmer.Stemmer import Stemmer
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory
from Sastrawi.StopWordRemover.StopWordRemoverFactory import StopWordRemoverFactory

# Shorter words are roots or none (Toni is no "ton" with an ending), longer ones no words at all.
SHORTEST_DERIVED, LONGEST_WORD = 6, 30
# Sastrawi doesn't claim to be thread-safe.
_lock = threading.Lock()


@lru_cache(maxsize=1)
def _roots() -> frozenset[str]:
    """The root words of Sastrawi's dictionary, some 30,000."""
    return frozenset(StemmerFactory().get_words())


@lru_cache(maxsize=1)
def _little_words() -> frozenset[str]:
    return frozenset(StopWordRemoverFactory().get_stop_words())


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer:
    """Without Sastrawi's cache: the names of reporters are no business of a process's memory."""
    return Stemmer(ArrayDictionary(_roots()))


def is_little(word: str) -> bool:
    """True for the words that hold a sentence together: saya, yang, tidak."""
    return word.casefold() in _little_words()


def root_of(word: str) -> str:
    """The root of an Indonesian word (berlubang: lubang); the word itself where it has none."""
    word = word.casefold()
    if not SHORTEST_DERIVED <= len(word) <= LONGEST_WORD:
        return word
    with _lock:
        return _stemmer().stem(word) or word


def is_usual(word: str) -> bool:
    """True if the word stands in a dictionary, or comes of one that does: harap, harapan."""
    word = word.casefold().replace("'", "")
    if is_little(word) or word in _roots():
        return True
    if not SHORTEST_DERIVED <= len(word) <= LONGEST_WORD:
        return False
    with _lock:
        return _stemmer().stem(word) in _roots()
