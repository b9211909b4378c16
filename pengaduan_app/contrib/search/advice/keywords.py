"""Which words of a citizen's text say what it is about. Pure."""

from __future__ import annotations

from .indonesian import is_circumstance
from .query import Wanted

ROADS = ("jalan", "gang")


def telling(text: str, groups: list[Wanted]) -> list[Wanted]:
    """The groups of this text without its where, when and who."""
    addresses = _addresses(text, groups)
    return [each for each in groups if each not in addresses and _tells(each)]


def _tells(wanted: Wanted) -> bool:
    if wanted.is_place or wanted.word.isdigit():
        return False
    return not (len(wanted.phrases[0]) == 1 and is_circumstance(wanted.word, *wanted.phrases[0]))


def _addresses(text: str, groups: list[Wanted]) -> list[Wanted]:
    """What is written with a capital after a road, and what goes on so: Jalan Hayam Wuruk.
    Who writes all in capitals says nothing by them."""
    if text.isupper():
        return []
    found, end = [], None
    for wanted in groups:
        follows = end is not None and text[end : wanted.start].strip(" .") == ""
        if follows and text[wanted.start].isupper():
            found.append(wanted)
            end = wanted.end
        else:
            end = wanted.end if wanted.word in ROADS else None
    return found
