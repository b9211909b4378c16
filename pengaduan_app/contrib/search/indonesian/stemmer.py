"""One stemmer out of two, with a list of exceptions before them.

Snowball cuts affixes by rule and doesn't know whether a word is left (*pengiriman* → *irim*).
Sastrawi asks a dictionary and takes the first word that it finds there (*kerusakan* →
*rusa*). So both are asked, the letter that a prefix swallowed is put back, and the longest
result that is a word wins.
"""

from __future__ import annotations

import threading
from functools import lru_cache

import snowballstemmer
from Sastrawi.Dictionary.ArrayDictionary import ArrayDictionary
from Sastrawi.Stemmer.Stemmer import Stemmer
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

from .exceptions import STEMS

SHORTEST = 4  # letters; a shorter word has no affix
LONGEST = 30  # letters; anything longer is no word
KEPT = 50_000  # words; a city's whole vocabulary
PARTICLES = ("lah", "kah", "tah", "pun", "nya", "ku", "mu")
SUFFIXES = ("kan", "an", "i")
# The first letter of a root that me- and pe- swallow: menumpuk ← tumpuk.
MELTED = "kpst"
# Spoken forms of me-, and the first letter of the root that each swallows.
SPOKEN = (("nge", ""), ("ng", ""), ("ng", "k"), ("ny", "s"), ("n", "t"), ("m", "p"))

_snowball = snowballstemmer.stemmer("indonesian")
# Neither stemmer claims to be thread-safe.
_lock = threading.Lock()


@lru_cache(maxsize=1)
def _sastrawi() -> tuple[Stemmer, frozenset[str]]:
    words = frozenset(StemmerFactory().get_words())
    return Stemmer(ArrayDictionary(list(words))), words


@lru_cache(maxsize=KEPT)
def stem(word: str) -> str:
    """The stem of a word in lower case: *kerusakan*, *merusak* and *rusaknya* → *rusak*."""
    if word in STEMS:
        return STEMS[word]
    if not SHORTEST <= len(word) <= LONGEST or not word.isalpha():
        return word
    if (bare := _without_particle(word)) != word:
        return stem(bare)
    with _lock:
        return _combined(word)


def _without_particle(word: str) -> str:
    """*lampunya* → *lampu*; only if a known word is left."""
    known = _sastrawi()[1]
    if word in known:
        return word
    for particle in PARTICLES:
        rest = word.removesuffix(particle)
        if rest != word and (rest in STEMS or rest in known) and len(rest) >= SHORTEST - 1:
            return rest
    return word


def _combined(word: str) -> str:
    stemmer, known = _sastrawi()
    by_rule = _snowball.stemWord(word)
    answers = [by_rule, stemmer.stem_singular_word(word), *_without_suffix(word)]
    if by_rule not in known:
        answers += [letter + by_rule for letter in MELTED]
    words = [answer for answer in answers if answer in known]
    words = words or [answer for answer in _colloquial(word) if answer in known][:1]
    found = max(words, key=len) if words else by_rule
    return STEMS.get(found, found)


def _without_suffix(word: str) -> list[str]:
    """*bersihkan* → *bersih*, where both stemmers see the prefix ber-."""
    return [word.removesuffix(suffix) for suffix in SUFFIXES if word.endswith(suffix)]


def _colloquial(word: str) -> list[str]:
    """*ngurus*, *nunggu*, *nyapu*, *ngecat*, *bersihin*: spoken forms outside the grammar."""
    bare = word.removesuffix("in")
    roots = [bare]
    for prefix, first in SPOKEN:
        if word.startswith(prefix):
            roots += [first + word.removeprefix(prefix), first + bare.removeprefix(prefix)]
    return roots
