"""How often staff may be wrong in an hour. The counts are exact and lie in a table."""

from __future__ import annotations

from django.http import HttpRequest

from pengaduan_app import throttle

# Wrong passwords: from one address, and for one account from anywhere.
WRONG_PASSWORDS = 30
WRONG_FOR_ACCOUNT = 15
# Wrong codes of an app or recovery codes. Of a million codes three are right at any moment: ten
# guesses an hour, by somebody who has the password too, find one in two and a half years.
WRONG_CODES = 30
WRONG_CODES_FOR_ACCOUNT = 10
# Mails with a link for a new password: asked from one address, and to one account.
RESETS = 10
RESETS_OF_ACCOUNT = 3


# Ways begun to the provider or to a passkey, from one address: each costs a question or a row.
WAYS_BEGUN = 120


def too_many_ways(request: HttpRequest) -> bool:
    """True once this address has begun too many log-ins; counts this one."""
    throttle.count(request, "login-way")
    return throttle.is_over(request, "login-way", WAYS_BEGUN + 1)


def too_many_passwords(request: HttpRequest, account: str) -> bool:
    """True once this address, or whoever tried this account, was wrong too often."""
    return throttle.is_over(request, "login", WRONG_PASSWORDS) or throttle.is_over(
        request, "login-account", WRONG_FOR_ACCOUNT, account
    )


def count_wrong_password(request: HttpRequest, account: str) -> None:
    throttle.count(request, "login")
    throttle.count(request, "login-account", account)


def too_many_codes(request: HttpRequest, account: str) -> bool:
    """The same for the second factor's codes."""
    return throttle.is_over(request, "factor", WRONG_CODES) or throttle.is_over(
        request, "factor-account", WRONG_CODES_FOR_ACCOUNT, account
    )


def count_wrong_code(request: HttpRequest, account: str) -> None:
    throttle.count(request, "factor")
    throttle.count(request, "factor-account", account)
