"""The plugin's settings: all of them, each with its default."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings

DEFAULTS: dict[str, Any] = {
    # Fernet keys for the reporter vault, newest first; older ones still decrypt.
    "PENGADUAN_VAULT_KEYS": [],
    # Folder for attachments. Never below MEDIA_ROOT or STATIC_ROOT.
    "PENGADUAN_PRIVATE_ROOT": "var/private",
    # First letters of every ticket number.
    "PENGADUAN_TICKET_PREFIX": "P",
    # Complaints accepted from one address in an hour; many mobile users share one.
    "PENGADUAN_SUBMISSIONS_PER_HOUR": 30,
    # Wrong pairs of ticket and code accepted from one address in an hour.
    "PENGADUAN_TRACKING_TRIES_PER_HOUR": 20,
    # Reverse proxies in front of the site that append to X-Forwarded-For.
    "PENGADUAN_TRUSTED_PROXIES": 0,
    # Page that explains how personal data are handled.
    "PENGADUAN_PRIVACY_URL": "/privasi/",
    # The number to call when somebody is in danger; the default is Indonesia's for all emergencies.
    "PENGADUAN_EMERGENCY_PHONE": "112",
    # Folder for finished public pages, which a web server gives to visitors; "": none are written.
    "PENGADUAN_FILES_ROOT": "",
}


def get(name: str) -> Any:
    """The site's value of a plugin setting, or its default. Raises KeyError if there is no such
    setting. Each has a type of its own, hence Any."""
    return getattr(settings, name, DEFAULTS[name])


def private_root() -> Path:
    """The folder that holds attachments, as an absolute path."""
    return Path(settings.BASE_DIR, get("PENGADUAN_PRIVATE_ROOT"))


def files_root() -> Path | None:
    """The folder of the published files as an absolute path, or None while there are none."""
    folder = get("PENGADUAN_FILES_ROOT")
    return Path(settings.BASE_DIR, folder) if folder else None
