"""Where attachments are stored: a folder that no web server serves."""

from __future__ import annotations

import os
from pathlib import Path, PurePath
from typing import Any

from django.core.files.storage import FileSystemStorage
from django.utils.crypto import get_random_string

from .. import conf


class PrivateStorage(FileSystemStorage):
    """A folder that no web server serves; the files in it have no address.

    What `save` returns is on the disk: it survives a power cut, as the database's own rows do.
    """

    base_url = None  # type: ignore[assignment]  # Django's way to say that files have no address

    @property
    def location(self) -> str:
        return str(conf.private_root().resolve())

    base_location = location

    def _save(self, name: str, content: Any) -> str:
        # A name that nobody else can have been given meanwhile: what lies there is this file.
        path = PurePath(name)
        name = str(path.with_name(f"{path.stem}-{get_random_string(12)}{path.suffix}"))
        try:
            stored: str = super()._save(name, content)  # type: ignore[misc]  # its stubs leave it out
        except OSError:
            # Half a file on a full disk would take the room that the next one needs.
            Path(self.path(name)).unlink(missing_ok=True)
            raise
        _flush(Path(self.path(stored)), Path(self.location))
        return stored


def _flush(path: Path, root: Path) -> None:
    """Wait until the disk holds the file, and the folders down to it that name it."""
    for flushed in (path, *path.parents):
        descriptor = os.open(flushed, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if flushed == root:
            break
