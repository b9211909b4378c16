"""Which signs of a text nobody sees, and what is blank to the eye."""

from __future__ import annotations

import re
import unicodedata

# Unicode's property Default_Ignorable_Code_Point, whole: signs that no font draws. Python's
# unicodedata doesn't know the property. Most of these places are reserved for it for good, so the
# list holds for signs that Unicode adds later.
_IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
# These count as letters or symbols, but fonts draw them empty: the blank pattern of braille, the
# null notehead of music, Khitan's filler, the place of an object that isn't there.
_EMPTY = "\u2800\U0001d159\U00016fe4\ufffc"
_UNSEEN = re.compile(f"[{_IGNORABLE}{_EMPTY}]")
_IGNORED = re.compile(f"[{_IGNORABLE}]")
# Separators, and what is no character: controls, surrogates, private and unassigned places. Marks
# need a letter to stand on.
_NOT_DRAWN_ALONE = frozenset("ZCM")


def without_invisible(text: str) -> str:
    """The text without the signs that no font draws, joiners and direction signs among them."""
    return _IGNORED.sub("", text)


def is_blank(text: str) -> bool:
    """True for a text in which a reader sees nothing: the one rule for all fields."""
    return all(unicodedata.category(sign)[0] in _NOT_DRAWN_ALONE for sign in _UNSEEN.sub("", text))


def visible_length(text: str) -> int:
    """How long the text looks: its signs and the spaces between them, without what nobody sees."""
    return 0 if is_blank(text) else len(_UNSEEN.sub("", text).strip())
