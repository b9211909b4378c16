"""Which words of a citizen's text say what it is about. Pure."""

from __future__ import annotations

from ..indonesian import is_circumstance
from ..query import Wanted

ROADS = ("jalan", "gang")


def keywords_of(text: str, groups: list[Wanted]) -> list[Wanted]:
    """The terms that carry the subject, without place, time and people."""
    addresses = _addresses(text, groups)
    return [each for each in groups if each not in addresses and _is_subject(each)]


def _is_subject(wanted: Wanted) -> bool:
    if wanted.is_place or wanted.word.isdigit():
        return False
    return not (len(wanted.phrases[0]) == 1 and is_circumstance(wanted.word, *wanted.phrases[0]))


def _addresses(text: str, groups: list[Wanted]) -> list[Wanted]:
    """Capitalised words that follow a road: Jalan Hayam Wuruk. In a text that is all
    capitals they mean nothing."""
    if text.isupper():
        return []
    found: list[Wanted] = []
    end: int | None = None
    for wanted in groups:
        follows = end is not None and text[end : wanted.start].strip(" .") == ""
        if follows and text[wanted.start].isupper():
            found.append(wanted)
            end = wanted.end
        else:
            end = wanted.end if wanted.word in ROADS else None
    return found
