"""Primary keys as a browser sends them: text that may hold anything."""

from __future__ import annotations

# 18 digits always fit into a database's 64-bit integer; 19 may not.
MAX_DIGITS = 18


def read_key(text: str) -> int | None:
    """The primary key in a query string or form; None if the text is not one.

    Stricter than `int`, which also takes signs, spaces, underscores and the digits of other
    scripts: each key has one spelling apart from leading zeros.
    """
    if text.isascii() and text.isdecimal() and len(text) <= MAX_DIGITS:
        return int(text)
    return None
