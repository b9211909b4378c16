"""Keeps cells of exported files from being formulas."""

from __future__ import annotations

from decimal import Decimal

# A spreadsheet takes a cell that begins with one of these for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(value: object) -> object:
    """The value itself, or its text behind an apostrophe if it would be taken for a formula."""
    if isinstance(value, int | float | Decimal):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else value
