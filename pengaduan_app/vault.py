"""Encryption at rest for the reporter vault (UU PDP 27/2022)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.core.exceptions import ImproperlyConfigured
from django.db import models

from . import conf


@lru_cache(maxsize=4)
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    if not keys:
        raise ImproperlyConfigured(
            "PENGADUAN_VAULT_KEYS is empty. Make a key with "
            "'python -c \"from cryptography.fernet import Fernet; "
            "print(Fernet.generate_key().decode())\"' and set it."
        )
    return MultiFernet([Fernet(key) for key in keys])


def cipher() -> MultiFernet:
    """The cipher of the configured keys. Raises ImproperlyConfigured if there are none."""
    return _cipher(tuple(conf.get("PENGADUAN_VAULT_KEYS")))


class EncryptedTextField(models.TextField):
    """Text that the database stores only as a Fernet token; empty text stays empty.

    Queries can't filter or order by it, because equal texts give different tokens.
    """

    def get_prep_value(self, value: object) -> Any:
        text = super().get_prep_value(value)
        return cipher().encrypt(text.encode()).decode("ascii") if text else text

    def from_db_value(
        self, value: str | None, expression: object, connection: object
    ) -> str | None:
        if not value:
            return value
        try:
            return cipher().decrypt(value.encode("ascii")).decode()
        except InvalidToken as error:
            raise ImproperlyConfigured(
                "The vault holds data that none of PENGADUAN_VAULT_KEYS can read. "
                "Put the key that wrote it back into the list."
            ) from error

    def get_lookup(self, lookup_name: str) -> type[models.Lookup[Any]] | None:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None
