"""How a text is searched, with the way back to the places in the text as it is stored."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from .signs import without_invisible

# A letter with the marks upon it: what NFKC may join, without looking at the rest of the text.
_CLUSTER = re.compile(r"[\s\S][\u0300-\u036f\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f]*")
_SAME_APOSTROPHE = str.maketrans("’‘ʼʻ`´′＇", "''''''''")


@dataclass(frozen=True)
class Sought:
    """A text in the form that patterns are written for: NFKC, so that look-alikes are alike,
    nothing invisible, ASCII digits. Only for finding; never stored, never shown."""

    original: str
    text: str
    # For each sign of `text` where its origin begins and ends in `original`.
    begins: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, original: str) -> Sought:
        signs: list[str] = []
        begins: list[int] = []
        ends: list[int] = []
        for cluster in _CLUSTER.finditer(original):
            plain = sought(cluster.group())
            signs.append(plain)
            begins += [cluster.start()] * len(plain)
            ends += [cluster.end()] * len(plain)
        return cls(original, "".join(signs), tuple(begins), tuple(ends))

    def place(self, begin: int, end: int) -> tuple[int, int]:
        """Where the signs from `begin` to `end` of `text` stand in the original."""
        return self.begins[begin], self.ends[end - 1]

    def replaced(self, found: Iterable[tuple[int, int]], mask: str) -> str:
        """The original with these places of `text` replaced; places that overlap become one."""
        result, at = [], 0
        for begin, end in _joined(self.place(*span) for span in found):
            result += [self.original[at:begin], mask]
            at = end
        return "".join([*result, self.original[at:]])


def sought(text: str) -> str:
    """A short text in the form that `Sought` searches."""
    plain = without_invisible(unicodedata.normalize("NFKC", text)).translate(_SAME_APOSTROPHE)
    return re.sub(r"\d", lambda digit: str(unicodedata.decimal(digit.group())), plain)


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, those that overlap as one."""
    joined: list[tuple[int, int]] = []
    for begin, end in sorted(spans):
        if joined and begin < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((begin, end))
    return joined
