"""Finds and masks personal data in text that is on its way to the public (SOP B1)."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bs4 import BeautifulSoup


class Found(StrEnum):
    PHONE = "phone"
    EMAIL = "email"
    ID_NUMBER = "id_number"
    NAME = "name"


@dataclass(frozen=True)
class Finding:
    """A piece of personal data: its kind, and its words in the normalised text."""

    kind: Found
    text: str


# What people type between digits: 0812-3456 7890, 0812.3456, 0812 – 3456.
_BETWEEN = r"[\s.,\-()/_|•·\u2010-\u2015]{0,3}"
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
_AT = r"\s?(?:@|[\[(]\s?at\s?[\])])\s?"
_DOT = r"(?:\.|\s?[\[(]\s?dot\s?[\])]\s?)"
_EMAIL = rf"(?<![\w.+\-])[\w.+\-]{{1,64}}{_AT}[\w\-]{{1,63}}(?:{_DOT}[\w\-]{{1,63}}){{1,5}}"
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
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# After one of these, a single part of a name counts as the name.
_HONORIFIC = (
    r"(?:bapak|bpk\.?|pak|ibu|bu|sdr\.?|sdri\.?|saudara|saudari|mas|mbak|nama saya|atas nama"
    r"|a[./]?n\.?)"
)
# Somebody who signs as "Warga RT 3" gives no name, and answers must be able to use the word.
_PSEUDONYMS = frozenset({"anonim", "masyarakat", "pelapor", "penduduk", "rakyat", "warga"})
MASK = "[…]"
# The pattern above doesn't take shorter ones for telephone numbers either.
SHORTEST_NUMBER = 8


def plain(html: str) -> str:
    """Rich text as a reader sees it: without tags, invisible or look-alike characters.

    The addresses of links are appended, so that mailto: and tel: links are found too. The
    parser accepts any broken HTML, so this never fails on what a browser sends.
    """
    soup = BeautifulSoup(html, "html.parser")
    # The end of a block ends a word; other tags can stand in the middle of a number.
    for block in soup.find_all(["p", "li", "h2", "h3", "h4", "ul", "ol", "div", "br"]):
        block.append("\n")
    links = [str(tag["href"]) for tag in soup.find_all(href=True)]
    return _normalise("\n".join([soup.get_text(), *links]))


def _normalise(text: str) -> str:
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    # Digits of other scripts become ASCII.
    return re.sub(r"\d", lambda digit: str(unicodedata.decimal(digit.group())), text)


def _name_patterns(name: str) -> list[re.Pattern[str]]:
    parts = [part for part in _normalise(name).split() if re.search(r"\w", part)]
    if not parts or parts[0].casefold() in _PSEUDONYMS:
        return []
    whole = r"\W+".join(re.escape(part) for part in parts)
    patterns = [rf"(?<!\w){whole}(?!\w)"]
    patterns += [rf"(?<!\w){_HONORIFIC}\s+{re.escape(p)}(?!\w)" for p in parts if len(p) > 2]
    # Any two parts of a longer name give it away as well, adjacent in it or not.
    pairs = itertools.combinations(parts, 2)
    patterns += [rf"(?<!\w){re.escape(a)}\W+{re.escape(b)}(?!\w)" for a, b in pairs]
    return [re.compile(pattern, re.IGNORECASE) for pattern in patterns]


def contacts_in(texts: Iterable[str]) -> frozenset[str]:
    """An office's own contacts, to be told apart from people's: e-mail addresses, and telephone
    numbers as digits without the leading 0 or 62."""
    found: set[str] = set()
    for text in map(_normalise, texts):
        found |= {address.casefold() for address in re.findall(_EMAIL, text)}
        # "0321-12345 / 0321-54321" may be meant as two numbers or as one, so both are taken.
        numbers = [re.sub(r"\D", "", part) for part in (text, *re.split(r"[^\d\s.()+-]", text))]
        found |= {re.sub(r"^(?:0062|62|0)", "", n) for n in numbers if len(n) >= SHORTEST_NUMBER}
    return frozenset(found)


def _without(contacts: frozenset[str], text: str) -> str:
    """The text with these contacts masked, however they are written in it."""
    if not contacts:
        return text
    numbers = (_BETWEEN.join(contact) for contact in contacts if contact.isdecimal())
    addresses = (re.escape(contact) for contact in contacts if not contact.isdecimal())
    pattern = "|".join(
        [
            # Not if digits follow: then it is the beginning of another number.
            *(rf"(?<![\d.,])(?:(?:\+\s?|00)?62|0){_BETWEEN}{n}(?![ \-.]?\d)" for n in numbers),
            *(rf"(?<![\w.+\-]){address}(?![\w\-@]|\.\w)" for address in addresses),
        ]
    )
    return re.sub(pattern, MASK, text, flags=re.IGNORECASE)


def find_personal_data(
    text: str, reporter_name: str = "", allowed: frozenset[str] = frozenset()
) -> list[Finding]:
    """Phone numbers, e-mail addresses, 16-digit numbers and the reporter's name in `text`.

    `text` is plain text; pass rich text through `plain` first. `allowed` are the contacts of
    offices (see `contacts_in`), which aren't personal. An empty list means that nothing was
    found, not that nothing is there: people write about each other in ways that no pattern
    matches.
    """
    rest = _without(allowed, _normalise(text))
    findings = [
        Finding(Found(match.lastgroup), match.group().strip())
        for match in _PATTERN.finditer(rest)
        if match.lastgroup
    ]
    rest = _PATTERN.sub(_mask, rest)
    if any(pattern.search(rest) for pattern in _name_patterns(reporter_name)):
        # The name itself is not repeated: the finding may be shown to people.
        findings.append(Finding(Found.NAME, ""))
    return findings


def mask_personal_data(text: str, reporter_name: str = "") -> str:
    """The plain text with every finding replaced by MASK, for the first draft of a page."""
    masked = _PATTERN.sub(_mask, _normalise(text))
    for pattern in _name_patterns(reporter_name):
        masked = pattern.sub(MASK, masked)
    return masked


def _mask(match: re.Match[str]) -> str:
    """MASK for personal data; a harmless match as it was."""
    return MASK if match.lastgroup else match.group()
