"""Parses a query into the groups of phrases that an answer should hold. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from ...text import is_blank
from .fulltext import Apart, Group, Phrase
from .indonesian import analyse, is_stop_word
from .indonesian.text import Term

LONGEST_QUERY = 200  # letters
MOST_GROUPS = 8  # the rarest are kept
_QUOTED = re.compile(r'["“”„«»]([^"“”„«»]*)(?:["“”„«»]|$)')


@dataclass(frozen=True)
class Wanted:
    """One thing that a query asks for: any of these phrases will do."""

    phrases: tuple[Phrase, ...]
    word: str  # as it is spelled properly
    start: int  # its position in the typed text
    end: int
    is_quoted: bool = False
    answers: int = 0  # about how many answers have it
    is_lone: bool = False  # one word without synonyms
    is_place: bool = False  # the name of a kelurahan
    words: tuple[Wanted, ...] = ()  # the single words of a name

    @property
    def length(self) -> int:
        """The number of words that were typed for it."""
        return self.word.count(" ") + 1

    @property
    def stems(self) -> set[str]:
        return {stem for phrase in self.phrases for stem in phrase}

    @property
    def all_stems(self) -> set[str]:
        """Its stems and those of its words, in case no answer has the name."""
        return self.stems.union(*(word.stems for word in self.words))

    @property
    def apart(self) -> Phrase:
        """The words of a typed name, which an answer may hold at some distance from each
        other: a name must not find less than its words. Synonyms match as they are."""
        typed = self.phrases[0]
        return () if len(typed) < 2 or self.is_quoted or self.is_place else typed

    @property
    def ways(self) -> Group:
        """All phrases by which an answer may match."""
        return (*self.phrases, Apart(self.apart)) if self.apart else self.phrases


def cleaned(text: str, longest: int = LONGEST_QUERY) -> str:
    """The typed text without null bytes, cut to the length of a query; empty if nobody sees it."""
    return "" if is_blank(text) else text.replace("\x00", " ").strip()[:longest]


@dataclass(frozen=True)
class Names:
    """Phrases that are read as one thing: synonyms and places."""

    synonyms: Mapping[Phrase, tuple[Phrase, ...]] = field(default_factory=dict)
    places: frozenset[Phrase] = frozenset()

    @cached_property
    def longest(self) -> int:
        """The number of stems in the longest name."""
        return max(map(len, [*self.synonyms, *self.places]), default=1)

    def same(self, phrase: Phrase) -> tuple[Phrase, ...]:
        """All phrases with this meaning, the given one first."""
        return self.synonyms.get(phrase, (phrase,))

    def has(self, phrase: Phrase) -> bool:
        return phrase in self.synonyms or phrase in self.places


def parse(text: str, names: Names) -> list[Wanted]:
    """The groups of a query. Stop words are left out, unless there is nothing else; text in
    quotation marks is one phrase, word for word."""
    found: list[Wanted] = []
    at = 0
    for quoted in _QUOTED.finditer(text):
        found += _plain(list(_terms(text, at, quoted.start())), names)
        found += _phrase(list(_terms(text, quoted.start(1), quoted.end(1))))
        at = quoted.end()
    found += _plain(list(_terms(text, at, len(text))), names)
    useful = [wanted for wanted in found if wanted.is_quoted or not is_stop_word(wanted.word)]
    return _once(useful or found)


def unquoted(text: str) -> str:
    """The same words without quotation marks."""
    return " ".join(_QUOTED.sub(r" \1 ", text).split())


def _terms(text: str, start: int, end: int) -> Iterable[Term]:
    for term in analyse(text[start:end]):
        yield term._replace(start=term.start + start, end=term.end + start)


def _phrase(terms: list[Term]) -> list[Wanted]:
    if not terms:
        return []
    phrase = tuple(term.stem for term in terms)
    words = " ".join(term.word for term in terms)
    return [Wanted((phrase,), words, terms[0].start, terms[-1].end, is_quoted=True)]


def _plain(terms: list[Term], names: Names) -> list[Wanted]:
    found, at = [], 0
    while at < len(terms):
        size = _longest_name(terms[at : at + names.longest], names)
        found.append(_name(terms[at : at + size], names))
        at += size
    return found


def _name(terms: list[Term], names: Names) -> Wanted:
    name = tuple(term.stem for term in terms)
    content = [term for term in terms if not is_stop_word(term.word)]
    return Wanted(
        names.same(name),
        " ".join(term.word for term in terms),
        terms[0].start,
        terms[-1].end,
        is_lone=len(terms) == 1 and not names.has(name),
        is_place=name in names.places,
        words=tuple(_name([term], names) for term in content) if len(terms) > 1 else (),
    )


def _longest_name(terms: list[Term], names: Names) -> int:
    for size in range(len(terms), 1, -1):
        if names.has(tuple(term.stem for term in terms[:size])):
            return size
    return 1


def _once(groups: list[Wanted]) -> list[Wanted]:
    """Removes groups that mean the same as an earlier one."""
    by_phrases = {frozenset(wanted.phrases): wanted for wanted in reversed(groups)}
    return sorted(by_phrases.values(), key=lambda wanted: wanted.start)


def counted(groups: list[Wanted], known: Iterable[tuple[str, str, int]]) -> list[Wanted]:
    """The groups with the number of answers that have each. A phrase counts as its rarest stem."""
    answers: dict[str, int] = {}
    for _word, stem, number in known:
        answers[stem] = answers.get(stem, 0) + number
    return [_counted(wanted, answers) for wanted in groups]


def _counted(wanted: Wanted, answers: Mapping[str, int]) -> Wanted:
    return replace(
        wanted,
        # The largest and not the sum: synonyms often occur in the same answers.
        answers=max(min(answers.get(stem, 0) for stem in phrase) for phrase in wanted.phrases),
        words=tuple(_counted(word, answers) for word in wanted.words),
    )


def word_by_word(groups: list[Wanted]) -> list[Wanted]:
    """The groups with each name split into its words; a place stays whole."""
    single = [
        word
        for wanted in groups
        for word in (wanted.words if wanted.words and not wanted.is_place else (wanted,))
    ]
    return _once([wanted for wanted in single if wanted.answers])


def is_vague(groups: list[Wanted]) -> bool:
    """True if the query holds nothing but stop words."""
    return bool(groups) and all(
        is_stop_word(wanted.word) and not wanted.is_quoted for wanted in groups
    )


def rarest(groups: list[Wanted], most: int = MOST_GROUPS) -> list[Wanted]:
    """The most specific groups, rarest first."""
    return sorted(groups, key=lambda wanted: (wanted.answers, wanted.start))[:most]
