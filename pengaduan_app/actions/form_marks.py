"""Tells a form that comes again from another one, by keyed hashes from which nobody gets its key.

A form has a key, which its page carries. The key counts in the browser that it was given to,
and together with the words: a copy of it in another browser is another form, and other words are
another sending, so that no text is lost in silence.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.crypto import salted_hmac

# No letters or digits that are mistaken for each other on paper or by telephone.
TICKET_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, repr=False)
class FormMarks:
    """What is stored of a complaint's form, and the code that follows from it."""

    form: str  # of the form in its browser, whatever was written
    sending: str  # of the form with these words
    code: str  # the reporter's secret code: 10 signs, about 49 bits; of the words, too


def marks_of(key: UUID, browser: str, words: Sequence[object]) -> FormMarks:
    """The marks of a form with this key, in the browser with this secret, with these words.

    All three follow from SECRET_KEY, each by a hash of its own: none leads to another one, or back
    to the key. So a form that comes again can be shown its code, which isn't stored.
    """
    said = [" ".join(str(word).split()) for word in words]
    sending = [str(key), browser, *said]
    return FormMarks(form_mark(key, browser), _hash("sending", sending).hex(), _code(sending))


def form_mark(key: UUID, browser: str = "") -> str:
    """The stored mark of a form, whatever was written in it."""
    return _hash("form", [str(key), browser]).hex()


def entry_mark(key: UUID, complaint_id: int, words: Sequence[object]) -> UUID:
    """The stored mark of a form of the tracking page, sent for this complaint with these words."""
    said = [" ".join(str(word).split()) for word in words]
    return UUID(bytes=_hash("entry", [str(key), str(complaint_id), *said])[:16], version=4)


def _code(sending: list[str]) -> str:
    signs = "".join(
        TICKET_ALPHABET[byte % len(TICKET_ALPHABET)] for byte in _hash("code", sending)[:10]
    )
    return f"{signs[:5]}-{signs[5:]}"


def _hash(purpose: str, parts: list[str]) -> bytes:
    text = json.dumps(parts)
    return salted_hmac(f"pengaduan_app.{purpose}", text, algorithm="sha256").digest()
