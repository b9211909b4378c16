"""Encryption at rest for the reporter vault (UU PDP 27/2022)."""

from __future__ import annotations

from functools import lru_cache

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
    """The cipher of the configured keys. Raises ImproperlyConfigured when there is none."""
    return _cipher(tuple(conf.get("PENGADUAN_VAULT_KEYS")))


class EncryptedTextField(models.TextField):
    """Text that the database holds only as a Fernet token; empty text stays empty.

    It can't be filtered or ordered by: equal texts give different tokens.
    """

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return cipher().encrypt(value.encode()).decode("ascii") if value else value

    def from_db_value(self, value, expression, connection):
        if not value:
            return value
        try:
            return cipher().decrypt(value.encode("ascii")).decode()
        except InvalidToken as error:
            raise ImproperlyConfigured(
                "The vault holds data that none of PENGADUAN_VAULT_KEYS can read. "
                "Put the key that wrote it back into the list."
            ) from error

    def get_lookup(self, lookup_name):
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None
