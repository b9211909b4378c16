"""How a text is stored: as it was typed, in one form of Unicode."""

from __future__ import annotations

import re
import unicodedata

from .signs import is_blank

# A browser sends a line break as two signs and counts it as one; Word and telephones have others.
_LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Controls, halves of surrogate pairs, and places that Unicode keeps free for good. Databases,
# XML, spreadsheets and printers refuse the one or the other of them.
_UNSTORABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)


def kept(text: str) -> str:
    """The text as it is stored: NFC, a line break counted once, nothing that can't be stored.

    Otherwise as it was typed: "10²" stays. What is blank to the eye becomes the empty text.
    """
    text = unicodedata.normalize("NFC", _UNSTORABLE.sub("", _LINE_BREAK.sub("\n", text)))
    return "" if is_blank(text) else text


def one_line(text: str) -> str:
    """The same for a text of one line, such as a title or a name: a break becomes a space."""
    # Not by one pattern with spaces around the break: a long run of spaces would be tried from
    # each of its places.
    pieces = (piece.strip() for piece in re.split(r"[\n\t]+", kept(text)))
    return " ".join(piece for piece in pieces if piece)


def shortened(text: str, longest: int) -> str:
    """The text, with an ellipsis at its end if it has more than `longest` signs."""
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    # A mark belongs to the letter before it, and half an emoji is another one.
    while cut and (unicodedata.combining(text[len(cut)]) or text[len(cut)] in "\u200d\ufe0f"):
        cut = cut[:-1]
    return cut.rstrip() + "…"
