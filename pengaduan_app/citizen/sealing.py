"""Seals what the session keeps for this browser alone: the database can't read it, nor can
whoever holds the database and every key of the server."""

from __future__ import annotations

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.crypto import salted_hmac


def browser_of(request: HttpRequest) -> str:
    """A secret that this browser brings with every form, and that no other one has.

    It is the one behind the token against forged requests: there before the first form is sent,
    so that both halves of a double click have it, and new after "Leave this page" and a log-in.
    """
    get_token(request)
    secret: str = request.META["CSRF_COOKIE"]
    return secret


def seal(request: HttpRequest, text: str) -> str:
    """The text as only this browser gets it back."""
    return _seal_of(request).encrypt(text.encode()).decode("ascii")


def unseal(request: HttpRequest, sealed: str, seconds: int) -> str | None:
    """The text, if this browser sealed it and no more than so many seconds ago."""
    try:
        return _seal_of(request).decrypt(sealed, ttl=seconds).decode()
    except InvalidToken:
        return None


def _seal_of(request: HttpRequest) -> Fernet:
    key = salted_hmac(f"{__name__}.seal", browser_of(request), algorithm="sha256").digest()
    return Fernet(urlsafe_b64encode(key))
