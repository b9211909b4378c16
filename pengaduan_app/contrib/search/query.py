"""What somebody typed, as the groups of phrases that an answer should hold. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from .fulltext import Apart, Group, Phrase
from .indonesian import analyse, is_stop_word
from .indonesian.text import Term

LONGEST_QUERY = 200  # letters
MOST_GROUPS = 8  # the rarest are kept
_QUOTED = re.compile(r'["“”„«»]([^"“”„«»]*)(?:["“”„«»]|$)')


@dataclass(frozen=True)
class Wanted:
    """One thing that is asked for: any of these phrases will do."""

    phrases: tuple[Phrase, ...]
    word: str  # as it is spelled properly
    start: int  # where its letters stand in what was typed
    end: int
    is_quoted: bool = False
    answers: int = 0  # in about how many answers it stands
    is_lone: bool = False  # one word without synonyms
    is_place: bool = False  # the name of a kelurahan
    words: tuple[Wanted, ...] = ()  # of a name, each for itself

    @property
    def length(self) -> int:
        """How many words were typed for it."""
        return self.word.count(" ") + 1

    @property
    def stems(self) -> set[str]:
        return {stem for phrase in self.phrases for stem in phrase}

    @property
    def all_stems(self) -> set[str]:
        """With those of its words, should the name not be found."""
        return self.stems.union(*(word.stems for word in self.words))

    @property
    def apart(self) -> Phrase:
        """The words of a name that was typed, which an answer may say at some distance:
        a name must not find less than its words. Synonyms count as they stand."""
        typed = self.phrases[0]
        return () if len(typed) < 2 or self.is_quoted or self.is_place else typed

    @property
    def ways(self) -> Group:
        """All that an answer may say for it to match."""
        return (*self.phrases, Apart(self.apart)) if self.apart else self.phrases


def cleaned(text: str, longest: int = LONGEST_QUERY) -> str:
    """What was typed, without what can't be typed, and not longer than a query is."""
    return text.replace("\x00", " ").strip()[:longest]


@dataclass(frozen=True)
class Names:
    """What is read as one thing: phrases with all that mean the same, and places."""

    synonyms: Mapping[Phrase, tuple[Phrase, ...]] = field(default_factory=dict)
    places: frozenset[Phrase] = frozenset()

    @cached_property
    def longest(self) -> int:
        """Stems in the longest name."""
        return max(map(len, [*self.synonyms, *self.places]), default=1)

    def same(self, phrase: Phrase) -> tuple[Phrase, ...]:
        """All that mean the same as this phrase, itself first."""
        return self.synonyms.get(phrase, (phrase,))

    def has(self, phrase: Phrase) -> bool:
        return phrase in self.synonyms or phrase in self.places


def parse(text: str, names: Names) -> list[Wanted]:
    """The groups of a query. Words that stand everywhere are left out, unless there are
    no others; what is in quotation marks is one phrase, word for word."""
    found, at = [], 0
    for quoted in _QUOTED.finditer(text):
        found += _plain(list(_terms(text, at, quoted.start())), names)
        found += _phrase(list(_terms(text, quoted.start(1), quoted.end(1))))
        at = quoted.end()
    found += _plain(list(_terms(text, at, len(text))), names)
    useful = [wanted for wanted in found if wanted.is_quoted or not is_stop_word(wanted.word)]
    return _once(useful or found)


def unquoted(text: str) -> str:
    """The same words, each for itself."""
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
    telling = [term for term in terms if not is_stop_word(term.word)]
    return Wanted(
        names.same(name),
        " ".join(term.word for term in terms),
        terms[0].start,
        terms[-1].end,
        is_lone=len(terms) == 1 and not names.has(name),
        is_place=name in names.places,
        words=tuple(_name([term], names) for term in telling) if len(terms) > 1 else (),
    )


def _longest_name(terms: list[Term], names: Names) -> int:
    for size in range(len(terms), 1, -1):
        if names.has(tuple(term.stem for term in terms[:size])):
            return size
    return 1


def _once(groups: list[Wanted]) -> list[Wanted]:
    """Each thing once, however it was called."""
    by_phrases = {frozenset(wanted.phrases): wanted for wanted in reversed(groups)}
    return sorted(by_phrases.values(), key=lambda wanted: wanted.start)


def counted(groups: list[Wanted], known: Iterable[tuple[str, str, int]]) -> list[Wanted]:
    """The same groups with how common each is; a phrase is as common as its rarest stem."""
    answers: dict[str, int] = {}
    for _word, stem, number in known:
        answers[stem] = answers.get(stem, 0) + number
    return [_counted(wanted, answers) for wanted in groups]


def _counted(wanted: Wanted, answers: Mapping[str, int]) -> Wanted:
    return replace(
        wanted,
        # Those that mean the same often stand in the same answers.
        answers=max(min(answers.get(stem, 0) for stem in phrase) for phrase in wanted.phrases),
        words=tuple(_counted(word, answers) for word in wanted.words),
    )


def word_by_word(groups: list[Wanted]) -> list[Wanted]:
    """The groups with each name as its words; a place stays one thing."""
    single = [
        word
        for wanted in groups
        for word in (wanted.words if wanted.words and not wanted.is_place else (wanted,))
    ]
    return _once([wanted for wanted in single if wanted.answers])


def is_vague(groups: list[Wanted]) -> bool:
    """True for words alone that stand in every text."""
    return bool(groups) and all(
        is_stop_word(wanted.word) and not wanted.is_quoted for wanted in groups
    )


def rarest(groups: list[Wanted], most: int = MOST_GROUPS) -> list[Wanted]:
    """Those that tell most, rarest first."""
    return sorted(groups, key=lambda wanted: (wanted.answers, wanted.start))[:most]
