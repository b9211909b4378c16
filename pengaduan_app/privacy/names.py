"""Where a text names its reporter: for certain, or perhaps.

A name's parts can be words (Indah), places (Meri) or agencies. Such a part alone says nothing:
taking it out would spoil the text, and refusing it would leave no way on. It is certain only as
the whole name, or where the text speaks of a person (Bu Indah).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from ..text import Sought
from .usual_words import is_little, is_usual

# After one of these, a single part of a name counts as the name.
_HONORIFIC = (
    r"(?:bapak|bpk\.?|pak|ibu|bu|sdr\.?|sdri\.?|saudara|saudari|tuan|tn\.?|nyonya|ny\.?|mas|mbak"
    r"|cak|kak|nama saya|atas nama|a[./]?n\.?)"
)
_TITLES = re.compile(
    r"bapak|bpk|pak|ibu|bu|sdri?|saudar[ai]|tuan|tn|nyonya|ny|mas|mbak|cak|kak|hj?|haj[ia]h?"
    r"|ir|dr[sa]?|prof|kh|spd|skom|s[het]|mpd|msi|mm",
    re.IGNORECASE,
)
_DEGREE = re.compile(
    r",?\s*\b[SMA]\.\s?(?:Pd|Kom|Si|Sos|Ag|Ak|Kes|Kep|Keb|Farm|Hum|Psi|Ked|Tr|IP|TP|[HETPMI])\b\.?",
    re.IGNORECASE,
)
# Somebody who signs as "Warga RT 3" gives no name, and answers must be able to use the word.
_PSEUDONYMS = frozenset(
    [
        "anonim",
        "anonymous",
        "guru",
        "hamba",
        "ketua",
        "mahasiswa",
        "masyarakat",
        "nn",
        "orang",
        "pedagang",
        "pelanggan",
        "pelapor",
        "pembeli",
        "pemuda",
        "penduduk",
        "pengendara",
        "pengguna",
        "penghuni",
        "petani",
        "rahasia",
        "rakyat",
        "rumah",
        "seorang",
        "siswa",
        "sopir",
        "tukang",
        "wali",
        "warga",
    ]
)
# No part of a name: RT 3.
_CODE = re.compile(r"r[tw]|.*\d.*", re.IGNORECASE)
# What is called after people: Jalan Jenderal Sudirman, Jembatan Gajah Mada.
_CALLED_AFTER = re.compile(
    r"(?<!\w)(?:jalan|jl|jln|gang|gg|lorong|kelurahan|kel|kecamatan|kec|kabupaten|desa|dusun"
    r"|perumahan|perum|simpang|jembatan|terminal|stasiun|bandara|stadion|gor|gedung|museum|monumen"
    r"|masjid|musala|gereja|s[dm][pak]?n?|rs|rsud|rumah sakit|puskesmas)\.?\s{1,3}"
    r"(?:(?:jenderal|jend|letjen|mayjen|brigjen|kolonel|kapten|mayor|raden|r\.?a|kh|kyai|kiai|prof"
    r"|dr|sultan|pangeran|pahlawan)\.?\s{1,3}){0,2}$",
    re.IGNORECASE,
)
_LONGEST_PLACE_WORDS = 48
# Longer names are searched in the order given and turned round, not in every order.
_MOST_ORDERED = 4
_MOST_PARTS = 8
_SHORTEST_ALONE, _SHORTEST_NAME = 3, 2


class Mention(NamedTuple):
    """Where a text has the name, or what may be it."""

    begin: int
    end: int
    is_certain: bool


class ReporterName:
    """One reporter's name, ready to be looked for in texts in `Sought` form.

    `known` are the names of the city's places and agencies, and their words, casefolded.
    """

    def __init__(self, name: str, known: Collection[str] = ()) -> None:
        words = re.findall(r"[^\W_]+(?:'[^\W_]+)*", _DEGREE.sub(" ", Sought.of(name).text))
        named = [word for word in words if not _TITLES.fullmatch(word)][:_MOST_PARTS]
        if named and named[0].casefold() in _PSEUDONYMS:
            named = []
        self.parts = named
        self._usual = {
            part: len(part) == 1
            or bool(_CODE.fullmatch(part))
            or part.casefold() in known
            or is_usual(part)
            for part in named
        }
        self._is_phrase = self._is_said_of_others(known)

    def _is_said_of_others(self, known: Collection[str]) -> bool:
        """True if even the whole name may mean somebody or something else."""
        if " ".join(self.parts).casefold() in known:
            return True
        if not self.parts or not all(self._usual.values()):
            return False
        # "Saya Sendiri", "Tidak Mau Disebut", "RT 3": words, and nobody's name.
        return (
            len(self.parts) == 1
            or is_little(self.parts[0])
            or any(map(_CODE.fullmatch, self.parts))
        )

    def mentions(self, text: str) -> Iterator[Mention]:
        """Each place of the text that has the name or a part of it; places may overlap."""
        for pattern in self._after_an_honorific():
            for match in pattern.finditer(text):
                yield Mention(match.start(), match.end(), True)
        places: list[tuple[int, int]] = []
        for match, is_certain in self._parts_in(text):
            begin, end = match.span()
            # A part of "Jalan Ahmad Yani" is as little the person as the whole of it.
            is_place = any(first <= begin and end <= last for first, last in places)
            if not is_place and _is_called_after(text, begin):
                places.append((begin, end))
                is_place = True
            yield Mention(begin, end, is_certain and not is_place)

    def _parts_in(self, text: str) -> Iterator[tuple[re.Match[str], bool]]:
        """The name, pairs of its parts and single parts, and whether each is the name for
        certain; the longest first."""
        if len("".join(self.parts)) < _SHORTEST_NAME:
            return
        for match in self._whole().finditer(text):
            yield match, self._is_certain(match, self.parts)
        for first, second in itertools.permutations(self.parts, 2):
            for match in _in_row([first, second]).finditer(text):
                yield match, self._is_certain(match, [first, second])
        for part in self.parts:
            if len(part) >= _SHORTEST_ALONE:
                for match in _in_row([part]).finditer(text):
                    yield match, not self._usual[part]

    def _after_an_honorific(self) -> list[re.Pattern[str]]:
        return [
            re.compile(rf"(?<![\w\-]){_HONORIFIC}\s+{_written(part)}(?!\w)", re.IGNORECASE)
            for part in self.parts
            if len(part) >= _SHORTEST_ALONE and not is_little(part)
        ]

    def _whole(self) -> re.Pattern[str]:
        if len(self.parts) <= _MOST_ORDERED:
            orders = [list(order) for order in itertools.permutations(self.parts)]
        else:
            orders = [self.parts, self.parts[::-1], [self.parts[-1], *self.parts[:-1]]]
        return re.compile("|".join(_in_row(order).pattern for order in orders), re.IGNORECASE)

    def _is_certain(self, match: re.Match[str], parts: list[str]) -> bool:
        """Several parts of the name in a row give it away, unless they are words and written as
        words: a pair without capitals, or the whole name as an enumeration."""
        if self._is_phrase:
            return False
        words = re.findall(r"[^\W_]+", match.group())
        if all(word[0].isupper() for word in words) or not all(self._usual[p] for p in parts):
            return True
        return len(parts) == len(self.parts) and not re.search(r"[^\w\s'\-]", match.group())


def _is_called_after(text: str, begin: int) -> bool:
    """True if the words before this place say that a street or a building follows."""
    return bool(_CALLED_AFTER.search(text[max(0, begin - _LONGEST_PLACE_WORDS) : begin]))


def _written(part: str) -> str:
    """The part as a pattern: people leave its apostrophe out."""
    return "'?".join(re.escape(piece) for piece in part.split("'"))


def _in_row(parts: list[str]) -> re.Pattern[str]:
    between = r"[\W_]+"
    row = between.join(_written(part) for part in parts)
    return re.compile(rf"(?<!\w){row}(?!\w)", re.IGNORECASE)
