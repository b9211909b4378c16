"""The folder of published files.

    <root>/current        a link to the folder of today; visitors get what is below it
    <root>/<number>/      <host>/<path>/index.html, and index.html.gz beside it
    <root>/lock           held while a page is made and written, or taken away
    <root>/followed       until when the changes were followed

A file is written beside its place and renamed, so nobody ever reads half of one. Whoever takes
a file away holds the lock, and whoever writes one holds it from before it reads the database:
so no page is written from what was read before it was taken away.
"""

from __future__ import annotations

import fcntl
import gzip
import os
import re
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

# What an address may be to become a file.
ADDRESS = re.compile(r"/(?:[\w-][\w.-]*/)*(?:[\w-][\w.-]*\.\w+)?")
# Seconds. A page is made in a few milliseconds; who waits longer goes on without the lock, as the
# journal repairs what then goes wrong.
LONGEST_WAIT = 2.0
GZIP_LEVEL = 6


class NotGone(OSError):
    """A file is still there after it was taken away."""


class Store:
    """The published files of one host name below a folder of this machine."""

    def __init__(self, root: Path, host: str) -> None:
        self.root, self.host = root, host
        self.current = root / "current"

    @contextmanager
    def lock(self, patience: float = LONGEST_WAIT) -> Iterator[None]:
        """Alone with the folder, among all processes of this machine, or after `patience`
        seconds not alone."""
        self.root.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.root / "lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            until = time.monotonic() + patience
            while not _taken(handle) and time.monotonic() < until:
                time.sleep(0.005)
            yield
        finally:
            os.close(handle)

    def write(self, address: str, body: bytes) -> None:
        """Write a page and its compressed twin; one that is there already stays untouched."""
        path = self.path_of(address)
        if path.exists() and path.read_bytes() == body:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        twin = path.with_name(f"{path.name}.gz")
        _replace(twin, gzip.compress(body, GZIP_LEVEL, mtime=0))
        _replace(path, body)

    def remove(self, addresses: Iterable[str]) -> None:
        """Take these pages away. Raises NotGone, or another OSError, if one is still there."""
        for address in addresses:
            path = self.path_of(address)
            for file in (path.with_name(f"{path.name}.gz"), path):
                file.unlink(missing_ok=True)
                if os.path.lexists(file):
                    raise NotGone(str(file))

    def has(self, address: str) -> bool:
        return self.path_of(address).exists()

    def read(self, address: str) -> bytes | None:
        path = self.path_of(address)
        return path.read_bytes() if path.exists() else None

    def start_over(self) -> None:
        """From now on visitors get none of the files that were there. What stood in the old
        folder is deleted by `sweep`."""
        folder = self.root / str(time.time_ns())
        folder.mkdir(parents=True)
        link = self.root / f"{folder.name}.link"
        link.symlink_to(folder.name)
        link.replace(self.current)

    def sweep(self) -> None:
        """Delete the folders that visitors no longer get."""
        kept = self.current.resolve().name
        for folder in self.root.glob("[0-9]*"):
            if folder.is_dir() and not folder.is_symlink() and folder.name != kept:
                shutil.rmtree(folder, ignore_errors=True)

    def path_of(self, address: str) -> Path:
        """Where the page of an address lies. Raises ValueError for an address that can be none."""
        if not ADDRESS.fullmatch(address):
            raise ValueError("This address can't be a file.")
        name = f"{address}index.html" if address.endswith("/") else address
        return self.current / self.host / name.lstrip("/")


def _taken(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _replace(path: Path, body: bytes) -> None:
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_bytes(body)
    part.chmod(0o644)
    part.replace(path)
