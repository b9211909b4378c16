"""Telephone numbers and e-mail addresses as people type them: what is kept, and what is wrong."""

from __future__ import annotations

import re
from enum import StrEnum

from django.utils.encoding import punycode

from .seeking import sought
from .signs import is_blank, without_invisible

SHORTEST_NUMBER, LONGEST_NUMBER = 8, 15
# The beginning of a second number: "0812… / 0813…", "0812… atau 0813…", one after another.
_SECOND = re.compile(r"(?:[/,;|&\n]|\b(?:atau|dan|or)\b|\s)\s*(?:\+|0|62|8)[\d\s.()\-]{6,}\d")
_FIRST_DIGITS = re.compile(r"^\D*(?:0062|62|0)")


class PhoneFault(StrEnum):
    """What is wrong with a telephone number."""

    NO_DIGITS = "no_digits"
    SEVERAL = "several"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    NO_NUMBER = "no_number"
    NO_BEGINNING = "no_beginning"


def digits_of(phone: str) -> str:
    """The ASCII digits of a number, whatever stands between them."""
    return re.sub(r"\D", "", sought(phone))


def phone_fault(phone: str) -> PhoneFault | None:
    """What is wrong with a number, or None. Words beside it are allowed: "WA 0812… (istri)"."""
    digits = digits_of(phone)
    if not digits:
        return PhoneFault.NO_DIGITS
    if len(digits) >= 2 * SHORTEST_NUMBER - 1 and _has_two(sought(phone)):
        return PhoneFault.SEVERAL
    if len(digits) < SHORTEST_NUMBER:
        return PhoneFault.TOO_SHORT
    if len(digits) > LONGEST_NUMBER:
        return PhoneFault.TOO_LONG
    if len(set(digits)) == 1 or _FIRST_DIGITS.sub("", digits).startswith("0"):
        return PhoneFault.NO_NUMBER
    begins_well = digits.startswith(("0", "62", "8")) or "+" in phone
    return None if begins_well else PhoneFault.NO_BEGINNING


def _has_two(phone: str) -> bool:
    """True if another whole number follows a whole first one."""
    return any(
        len(digits_of(phone[: second.start()])) >= SHORTEST_NUMBER - 1
        for second in _SECOND.finditer(phone)
    )


def email_address(text: str) -> str:
    """The address without the invisible signs that copying leaves in it."""
    return "" if is_blank(text) else without_invisible(text).strip()


def is_deliverable(address: str) -> bool:
    """False for an address that no mail can be sent to, though it looks like one."""
    local, _at, domain = address.rpartition("@")
    try:
        written = punycode(domain)
    except UnicodeError:
        return False
    labels = written.split(".")
    return local.isascii() and len(written) <= 253 and all(0 < len(part) <= 63 for part in labels)
