"""What production must not start with, each with its remedy."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

# Shorter than `manage.py check --deploy` asks for, and long enough not to be guessed.
LEAST_KEY, LEAST_DIFFERENT = 32, 8
MAKE_KEY = 'python -c "import secrets; print(secrets.token_urlsafe(48))"'
MAKE_VAULT_KEY = (
    'python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"'
)
# These send nothing to anybody.
SILENT_MAILERS = ("console", "dummy", "locmem", "filebased")


def is_vault_key(text: str) -> bool:
    """True for what Fernet takes: 32 random bytes in base64."""
    try:
        return len(base64.urlsafe_b64decode(text.encode())) == 32
    except (binascii.Error, ValueError):
        return False


def weaknesses(
    settings: Mapping[str, Any], known_keys: Iterable[str], *, sqlite_is_meant: bool
) -> Iterator[str]:
    """Sentences on what is weak or missing in these settings; none if production may start.

    `known_keys` are development's, which everybody can read. `sqlite_is_meant` says that the
    environment asks for SQLite in so many words.
    """
    known = set(known_keys)
    secret = settings["SECRET_KEY"]
    if secret in known or len(secret) < LEAST_KEY or len(set(secret)) < LEAST_DIFFERENT:
        yield f"SECRET_KEY must be {LEAST_KEY} random characters or more: {MAKE_KEY}"
    vault = settings["PENGADUAN_VAULT_KEYS"]
    if not vault or known & set(vault) or not all(map(is_vault_key, vault)):
        yield f"VAULT_KEYS must be keys of your own, separated by commas: {MAKE_VAULT_KEY}"
    hosts = settings["ALLOWED_HOSTS"]
    if not hosts or any(host.strip() in ("", "*") for host in hosts):
        yield "ALLOWED_HOSTS must name the site's host names; “*” lets anybody forge links."
    address = urlsplit(settings["BASE_URL"])
    if address.scheme not in ("http", "https") or not address.hostname:
        yield "BASE_URL must be the site's address, as https://pengaduan.contoh.go.id."
    if not settings["DEFAULT_FROM_EMAIL"] or settings["DEFAULT_FROM_EMAIL"].endswith("@localhost"):
        yield "DEFAULT_FROM_EMAIL must be the address that the city's mails come from."
    if any(f".{name}." in settings["EMAIL_BACKEND"] for name in SILENT_MAILERS):
        yield "EMAIL_URL must name a mail server: this one sends nothing to anybody."
    if not settings["STAFF_OIDC"].get("server_url", "https://").startswith("https://"):
        yield "OIDC_SERVER_URL must begin with https://; its answers let people in."
    engine = settings["DATABASES"]["default"]["ENGINE"]
    if engine.endswith("sqlite3") and not sqlite_is_meant:
        yield (
            "DATABASE_URL must name a PostgreSQL server. For a small site SQLite can do: say so "
            "with SQLITE_IN_PRODUCTION=true."
        )
