"""Keeps a form's cleaned attachments while its citizen reads the step before sending.

A browser doesn't send files a second time. They lie in the private folder, each form's in a
folder with a random name, which only the page in the citizen's browser knows: signed,
together with the form's key, for LIFE. Sending takes them away at once; what is left behind
goes by `clear`. A store that is full keeps nothing, and then there is no step in between.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from django.core import signing
from django.utils.crypto import get_random_string

from .. import conf
from ..actions import CleanFile

LIFE = 2 * 3600  # seconds
MOST_FORMS = 200
MOST_BYTES = 500 * 1024 * 1024
TYPES = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "pdf": "application/pdf",
}
_SALT = "pengaduan_app.citizen.upload_store"


class Gone(Exception):
    """They were sent, have outlived their time, or never were this form's."""


def keep(files: Sequence[CleanFile], key: UUID) -> str | None:
    """Store a form's files; returns the ticket for them, or None when there is no room."""
    if not _has_room(sum(len(file.content) for file in files)):
        return None
    name = get_random_string(32)
    folder = _root() / name
    _root().mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.mkdir(mode=0o700)
    for number, file in enumerate(files):
        path = folder / f"{number}.{file.suffix}"
        path.touch(mode=0o600)
        path.write_bytes(file.content)
    return signing.dumps([name, str(key), len(files)], salt=_SALT)


def load(ticket: str, key: UUID | None) -> list[CleanFile]:
    """The files of this form, in their order. Raises Gone."""
    name, number = _read(ticket, key)
    try:
        paths = sorted((_root() / name).iterdir())
        files = [_file(path) for path in paths]
    except OSError as error:
        raise Gone from error
    if len(files) != number:
        raise Gone
    return files


def count(ticket: str, key: UUID | None) -> int:
    """How many files a ticket stands for; none for a ticket that isn't good."""
    try:
        return _read(ticket, key)[1]
    except Gone:
        return 0


def discard(ticket: str, key: UUID | None) -> None:
    """The files were sent, so the copies go."""
    try:
        name, _number = _read(ticket, key)
    except Gone:
        return
    shutil.rmtree(_root() / name, ignore_errors=True)


def clear() -> int:
    """Remove what has outlived its time; returns how many forms that were."""
    oldest = time.time() - LIFE
    old = [folder for folder in _folders() if _age_of(folder) < oldest]
    for folder in old:
        shutil.rmtree(folder, ignore_errors=True)
    return len(old)


def _root() -> Path:
    return conf.private_root() / "kept"


def _folders() -> list[Path]:
    try:
        return list(_root().iterdir())
    except FileNotFoundError:
        return []


def _age_of(folder: Path) -> float:
    """When it was made; now, where somebody has just taken it away."""
    try:
        return folder.stat().st_mtime
    except FileNotFoundError:
        return time.time()


def _has_room(size: int) -> bool:
    folders = _folders()
    if len(folders) >= MOST_FORMS:
        return False
    return size + sum(map(_size_of, folders)) <= MOST_BYTES


def _size_of(folder: Path) -> int:
    try:
        return sum(path.stat().st_size for path in folder.iterdir())
    except FileNotFoundError:
        return 0


def _read(ticket: str, key: UUID | None) -> tuple[str, int]:
    try:
        name, owner, number = signing.loads(ticket, salt=_SALT, max_age=LIFE)
    except signing.BadSignature as error:
        raise Gone from error
    if owner != str(key):
        raise Gone
    return name, number


def _file(path: Path) -> CleanFile:
    suffix = path.suffix.removeprefix(".")
    return CleanFile(path.read_bytes(), TYPES[suffix], suffix)
