"""What a cell of an exported file must not be."""

from __future__ import annotations

# A cell that begins with one of these would be a formula in a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(value):
    """The value, or, where a spreadsheet would take it for a formula, its text marked as such."""
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else value
