"""Finds and masks personal data in text that is on its way to the public (SOP B1)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from bs4 import BeautifulSoup

from ..text import SHORTEST_NUMBER, Sought
from .names import ReporterName


class Found(StrEnum):
    PHONE = "phone"
    EMAIL = "email"
    ID_NUMBER = "id_number"
    NAME = "name"


@dataclass(frozen=True)
class Finding:
    """A piece of personal data: its kind, and its words as they stand in the text."""

    kind: Found
    text: str


# What people type between digits: 0812-3456 7890, 0812.3456, 0812 – 3456, 0812*3456.
_BETWEEN = r"(?:[^\w]|_){0,3}"
_SEPARATED = rf"(?:{_BETWEEN}\d)"
_CLOCK = r"(?:[01]?\d|2[0-4])[.:][0-5]\d"
# Dates, times of day and sums look like telephone numbers, so they are matched first.
_HARMLESS = "|".join(
    rf"(?<!\d)(?:{pattern})(?![.\-/:]?\d)"
    for pattern in (
        r"[0-3]?\d([-/.])[01]?\d\1(?:19|20)\d\d",
        rf"{_CLOCK}(?:\s?[-–]\s?{_CLOCK})?",
        r"[1-9]\d{0,2}(?:\.\d{3}){2,6}(?:,\d{1,4})?",
    )
)
_OPEN, _CLOSE = r"\s{0,2}[\[({<*]\s?", r"\s?[\])}>*]\s{0,2}"
_AT = rf"(?:\s?@\s?|{_OPEN}(?:at|et|@){_CLOSE})"
_DOT = rf"(?:\.|{_OPEN}(?:dot|titik|\.){_CLOSE})"
_LOCAL = r"(?<![\w.+\-])[\w.+\-]{1,64}"
# Without brackets the words count only before the end of a domain: "di titik lampu" is none.
_SAID = rf"(?:{_DOT}|\s(?:dot|titik)\s)"
_END = r"(?:com|net|org|id|co|go|ac|or|sch|web|my|biz|info|xyz|me|io|desa|example)"
_EMAIL = (
    rf"{_LOCAL}{_AT}[\w\-]{{1,63}}(?:{_DOT}[\w\-]{{1,63}}){{1,5}}"
    rf"|{_LOCAL}(?:{_AT}|\s(?:at|et)\s)[\w\-]{{1,63}}(?:{_SAID}[\w\-]{{1,63}}){{0,3}}{_SAID}{_END}(?!\w)"
)
_ID_NUMBER = rf"(?<!\d)\d{_SEPARATED}{{15}}(?!\d)"
# +62, 0062 or 0, then an area code or mobile prefix: 8 to 15 digits in all; or a mobile number
# without its leading 0.
_PHONE = (
    rf"(?<!\d)(?<!\d[.,])(?:(?:\+\s?62|62|0){_SEPARATED}{{7,14}}|8[1-9]{_SEPARATED}{{8,10}})(?!\d)"
)
_PATTERN = re.compile(
    rf"(?:{_HARMLESS})|(?P<{Found.EMAIL}>{_EMAIL})|(?P<{Found.ID_NUMBER}>{_ID_NUMBER})"
    rf"|(?P<{Found.PHONE}>{_PHONE})",
    re.IGNORECASE,
)
MASK = "[…]"
# Stands for what has been found already, so that nothing is found in it again.
_BLOT = "\x00"


def plain(html: str) -> str:
    """Rich text as a reader sees it: without tags.

    The addresses of links are appended, so that mailto: and tel: links are found too. The
    parser accepts any broken HTML, so this never fails on what a browser sends.
    """
    soup = BeautifulSoup(html, "html.parser")
    # The end of a block ends a word; other tags can stand in the middle of a number.
    for block in soup.find_all(["p", "li", "h2", "h3", "h4", "ul", "ol", "div", "br"]):
        block.append("\n")
    links = [str(tag["href"]) for tag in soup.find_all(href=True)]
    return "\n".join([soup.get_text(), *links])


def contacts_in(texts: Iterable[str]) -> frozenset[str]:
    """An office's own contacts, to be told apart from people's: e-mail addresses, and telephone
    numbers as digits without the leading 0 or 62."""
    found: set[str] = set()
    for text in (Sought.of(text).text for text in texts):
        found |= {address.casefold() for address in re.findall(_EMAIL, text)}
        # "0321-12345 / 0321-54321" may be meant as two numbers or as one, so both are taken.
        numbers = [re.sub(r"\D", "", part) for part in (text, *re.split(r"[^\d\s.()+-]", text))]
        found |= {re.sub(r"^(?:0062|62|0)", "", n) for n in numbers if len(n) >= SHORTEST_NUMBER}
    return frozenset(found)


def _pattern_of(contacts: frozenset[str]) -> str:
    """These contacts, however they are written."""
    numbers = (_BETWEEN.join(contact) for contact in contacts if contact.isdecimal())
    addresses = (re.escape(contact) for contact in contacts if not contact.isdecimal())
    return "|".join(
        [
            # Not if digits follow: then it is the beginning of another number.
            *(rf"(?<![\d.,])(?:(?:\+\s?|00)?62|0){_BETWEEN}{n}(?![ \-.]?\d)" for n in numbers),
            *(rf"(?<![\w.+\-]){address}(?![\w\-@]|\.\w)" for address in addresses),
        ]
    )


@dataclass(frozen=True)
class _Judged:
    """What a text holds: numbers and addresses, the name, and what may be the name."""

    sought: Sought
    contacts: list[tuple[Found, int, int]]
    names: list[tuple[int, int]]
    perhaps: list[tuple[int, int]]

    def words(self, begin: int, end: int) -> str:
        first, last = self.sought.place(begin, end)
        return self.sought.original[first:last].strip()


def _judge(
    text: str,
    reporter_name: str,
    known: Collection[str],
    allowed: frozenset[str] = frozenset(),
) -> _Judged:
    sought = Sought.of(text)
    rest = sought.text
    if allowed:
        rest = re.sub(_pattern_of(allowed), _blotted, rest, flags=re.IGNORECASE)
    contacts = [
        (Found(match.lastgroup), match.start(), match.end())
        for match in _PATTERN.finditer(rest)
        if match.lastgroup
    ]
    for _kind, begin, end in contacts:
        rest = rest[:begin] + _BLOT * (end - begin) + rest[end:]
    mentions = list(ReporterName(reporter_name, known).mentions(rest))
    names = [(mention.begin, mention.end) for mention in mentions if mention.is_certain]
    perhaps = _outermost({(mention.begin, mention.end) for mention in mentions}, names)
    return _Judged(sought, contacts, names, perhaps)


def _outermost(places: set[tuple[int, int]], taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The places that touch none of those taken and lie in no other one, in order."""
    free = sorted(
        (begin, -end) for begin, end in places if not any(begin < e and b < end for b, e in taken)
    )
    found: list[tuple[int, int]] = []
    for begin, minus_end in free:
        if not found or -minus_end > found[-1][1]:
            found.append((begin, -minus_end))
    return found


def _blotted(match: re.Match[str]) -> str:
    """As many signs as the match has, none of them a letter or a digit: all places stay."""
    return _BLOT * len(match.group())


def find_personal_data(
    text: str,
    reporter_name: str = "",
    allowed: frozenset[str] = frozenset(),
    known: Collection[str] = (),
) -> list[Finding]:
    """Phone numbers, e-mail addresses, 16-digit numbers and the reporter's name in `text`.

    `text` is plain text; pass rich text through `plain` first. `allowed` are the contacts of
    offices (see `contacts_in`), which aren't personal; `known` the names of places and agencies
    (see `names`). An empty list means that nothing was found, not that nothing is there: people
    write about each other in ways that no pattern matches.
    """
    judged = _judge(text, reporter_name, known, allowed)
    findings = [Finding(kind, judged.words(*place)) for kind, *place in judged.contacts]
    if judged.names:
        # The name itself is not repeated: the finding may be shown to people.
        findings.append(Finding(Found.NAME, ""))
    return findings


def possible_names(text: str, reporter_name: str, known: Collection[str] = ()) -> list[str]:
    """Words that are of the reporter's name, and may mean something else: as they stand in the
    text, each once. They stop nothing: an editor judges."""
    judged = _judge(text, reporter_name, known)
    words = (judged.words(*place) for place in judged.perhaps)
    return list({word.casefold(): word for word in words}.values())


def mask_personal_data(text: str, reporter_name: str = "", known: Collection[str] = ()) -> str:
    """The plain text with every finding replaced by MASK, for the first draft of a page; the
    rest of it exactly as it was written."""
    judged = _judge(text, reporter_name, known)
    places = [(begin, end) for _kind, begin, end in judged.contacts]
    return judged.sought.replaced([*places, *judged.names], MASK)
