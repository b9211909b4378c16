"""The usual words of Indonesian: what a person may be called, and a text may say of anything."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from Sastrawi.StopWordRemover.StopWordRemoverFactory import StopWordRemoverFactory

# Written together with a word, they change nothing about what it is: misal → misalnya.
_ENDINGS = ("nya", "lah", "kah", "pun", "ku", "mu")


@lru_cache(maxsize=1)
def _roots() -> frozenset[str]:
    """The root words of the dictionary that Sastrawi stems with, some 30,000."""
    listed = files("Sastrawi").joinpath("Stemmer", "data", "kata-dasar.txt")
    return frozenset(listed.read_text(encoding="utf-8").casefold().split())


@lru_cache(maxsize=1)
def _little_words() -> frozenset[str]:
    return frozenset(StopWordRemoverFactory().get_stop_words())


def is_little(word: str) -> bool:
    """True for the words that hold a sentence together: saya, yang, tidak."""
    return word.casefold() in _little_words()


def is_usual(word: str) -> bool:
    """True if the word stands in a dictionary, by itself or with an ending."""
    word = word.casefold().replace("'", "")
    bare = [word, *(word.removesuffix(end) for end in _ENDINGS if word.endswith(end))]
    return is_little(word) or any(form in _roots() for form in bare)
