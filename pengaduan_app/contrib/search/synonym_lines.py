"""The words and phrases of a line of synonyms. Pure."""

from __future__ import annotations

from .indonesian import analyse

LONGEST_LINE = 500

Name = tuple[str, ...]  # the stems of one word or phrase


def names_of(line: str) -> list[Name]:
    """The words and phrases of a line, each as its stems, without repeats."""
    names = (tuple(term.stem for term in analyse(part)) for part in line.split(","))
    return list(dict.fromkeys(name for name in names if name))
