"""Stores attachments, all of them or none, and removes those that belong to nothing."""

from __future__ import annotations

import logging
import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from django.core.files.base import ContentFile
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from .. import conf
from ..models import Attachment, Complaint, ThreadEntry
from ..privacy import CleanFile
from .core import ActionRefused

logger = logging.getLogger(__name__)

# Seconds that a file may be without a row: far longer than any transaction.
GRACE = 24 * 3600
# More files without a row than these, and more than there are with one, look like the wrong
# database: they are left alone.
MANY = 20


class NotStored(ActionRefused):
    """The disk takes no files at the moment."""


@contextmanager
def none_left_behind() -> Iterator[list[Attachment]]:
    """Around a transaction: if it is rolled back, the files it stored are deleted."""
    stored: list[Attachment] = []
    try:
        yield stored
    except BaseException:
        for attachment in stored:
            if attachment.file.name:
                attachment.file.storage.delete(attachment.file.name)
        raise


def attach(
    complaint: Complaint,
    files: Sequence[CleanFile],
    stored: list[Attachment],
    entry: ThreadEntry | None = None,
) -> None:
    """Store the files with the complaint, or with an entry of its thread. Raises NotStored if
    the disk is full or out of order."""
    for file in files:
        attachment = Attachment(
            complaint=complaint,
            entry=entry,
            content_type=file.content_type,
            size=len(file.content),
        )
        stored.append(attachment)
        try:
            attachment.file.save(f"file.{file.suffix}", ContentFile(file.content))
        except OSError as error:
            logger.error("An attachment could not be stored: %s", os.strerror(error.errno or 0))
            raise NotStored(not_stored()) from error


def brings_others(files: Sequence[CleanFile], known: QuerySet[Attachment]) -> bool:
    """Whether a form that comes again has files that did not come with it the first time. What
    is compared is their number and size: the same photo is cleaned to the same size."""
    sizes = Counter(len(file.content) for file in files)
    return bool(sizes - Counter(known.values_list("size", flat=True)))


def not_stored() -> str:
    """What is said to somebody whose files can't be stored."""
    return _(
        "Files can't be stored here at the moment. Send it without files: you can add them later "
        "on the page where you track your complaint."
    )


def remove_strays() -> int:
    """Remove stored files that no row names, left behind by a process that was killed or by a
    complaint that was deleted; returns how many."""
    root = conf.private_root()
    found = list((root / "attachments").rglob("*.*"))
    old = [path for path in found if _is_old(path)]
    named = set(Attachment.objects.values_list("file", flat=True))
    strays = [path for path in old if path.relative_to(root).as_posix() not in named]
    if len(strays) > max(MANY, len(found) - len(strays)):
        logger.error(
            "%d of %d stored files belong to nothing; left alone.", len(strays), len(found)
        )
        return 0
    for path in strays:
        path.unlink(missing_ok=True)
        _remove_if_empty(path.parent)
    return len(strays)


def _is_old(path: Path) -> bool:
    try:
        return path.stat().st_mtime < time.time() - GRACE
    except FileNotFoundError:
        return False


def _remove_if_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()
