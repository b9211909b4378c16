"""Stores a form's cleaned attachments while its citizen reads the step before sending, or mends
what was wrong in the form.

A browser doesn't send files a second time. Each form's files are stored for LIFE seconds in the
private folder, in a subfolder with a random name. The page in the citizen's browser holds the
only reference: a ticket with that name, the form's key and what the files are called, signed.
Sending removes the files at once, and `clear` removes what is left behind. A full store takes
nothing more; the complaint is then sent without the step.
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
from ..privacy import CleanFile, attachments

LIFE = 2 * 3600  # seconds
MOST_FORMS = 200
MOST_BYTES = 500 * 1024 * 1024
# The module's earlier name: tickets that were signed with it are still in citizens' browsers.
_SALT = "pengaduan_app.kept_files"


class UploadExpired(Exception):
    """The files were sent, are older than LIFE, or never belonged to this form."""


def store(files: Sequence[CleanFile], key: UUID) -> str | None:
    """Store a form's files; returns the ticket for them, or None when there is no room."""
    name = get_random_string(32)
    folder = _root() / name
    try:
        if not _has_room(sum(len(file.content) for file in files)):
            return None
        _root().mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700)
        for number, file in enumerate(files):
            path = folder / f"{number}.{file.suffix}"
            path.touch(mode=0o600)
            path.write_bytes(file.content)
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        return None
    return signing.dumps([name, str(key), [file.name for file in files]], salt=_SALT)


def load(ticket: str, key: UUID | None) -> list[CleanFile]:
    """The files of this form, in their order. Raises UploadExpired."""
    folder, called = _read(ticket, key)
    try:
        paths = sorted((_root() / folder).iterdir())
        if len(paths) != len(called):
            raise UploadExpired
        return [_file(path, name) for path, name in zip(paths, called, strict=True)]
    except OSError as error:
        raise UploadExpired from error


def names(ticket: str, key: UUID | None) -> list[str]:
    """What the files of a ticket are called; none if it isn't valid."""
    try:
        return _read(ticket, key)[1]
    except UploadExpired:
        return []


def discard(ticket: str, key: UUID | None) -> None:
    """Remove the stored files, which have been sent."""
    try:
        name, _called = _read(ticket, key)
    except UploadExpired:
        return
    shutil.rmtree(_root() / name, ignore_errors=True)


def clear() -> int:
    """Remove the files that are older than LIFE; returns how many forms they belonged to.

    Also those that are dated as far ahead, from before a clock was set back."""
    now = time.time()
    old = [folder for folder in _folders() if abs(now - _changed_at(folder)) > LIFE]
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


def _changed_at(folder: Path) -> float:
    """When the folder was filled, in seconds; now, if another process has just removed it."""
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


def _read(ticket: str, key: UUID | None) -> tuple[str, list[str]]:
    """The folder, and what its files are called. Raises UploadExpired."""
    try:
        name, owner, called = signing.loads(ticket, salt=_SALT, max_age=LIFE)
    except signing.BadSignature as error:
        raise UploadExpired from error
    if owner != str(key):
        raise UploadExpired
    # An earlier version's tickets, which are still in citizens' browsers, have their number alone.
    return name, called if isinstance(called, list) else [""] * called


def _file(path: Path, name: str) -> CleanFile:
    suffix = path.suffix.removeprefix(".")
    return CleanFile(path.read_bytes(), attachments.TYPES[suffix], suffix, name)
