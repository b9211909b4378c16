"""Stores attachments, all of them or none, and removes those that belong to nothing."""

from __future__ import annotations

import logging
import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import TypeAlias

from django.core.files.base import ContentFile
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import conf
from ..models import Attachment, Complaint, Picture, PictureFile, ThreadEntry
from ..privacy import CleanFile
from .core import ActionRefused

logger = logging.getLogger(__name__)

# Seconds that a file may be without a row: far longer than any transaction.
GRACE = 24 * 3600
# More files without a row than these, and more than there are with one, look like the wrong
# database: they are left alone.
MANY = 20


# Where the files of each lie.
FOLDERS = (("attachments", Attachment), ("pictures", PictureFile))
Stored: TypeAlias = Attachment | PictureFile


class NotStored(ActionRefused):
    """The disk takes no files at the moment."""


@contextmanager
def none_left_behind() -> Iterator[list[Stored]]:
    """Around a transaction: if it is rolled back, the files it stored are deleted."""
    stored: list[Stored] = []
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
    stored: list[Stored],
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
        store(attachment, file.suffix, file.content, stored)


def store(row: Stored, suffix: str, content: bytes, stored: list[Stored]) -> None:
    """Store the row with its file. Raises NotStored if the disk is full or out of order."""
    stored.append(row)
    try:
        row.file.save(f"file.{suffix}", ContentFile(content))
    except OSError as error:
        logger.error("A file could not be stored: %s", os.strerror(error.errno or 0))
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
    complaint that was deleted, and pictures that no answer shows; returns how many files."""
    _remove_unshown_pictures()
    return sum(_remove_from(folder, model) for folder, model in FOLDERS)


def _remove_unshown_pictures() -> None:
    """Delete the rows of pictures that stand neither on a page nor in its latest draft. An older
    draft is shown without them; nobody can bring one back (models/picture_panel.py)."""
    old = timezone.now() - timedelta(seconds=GRACE)
    unshown = Picture.objects.filter(shown_in=None, made_at__lt=old)
    for picture in unshown.select_related("complaint__page__latest_revision").iterator():
        page = getattr(picture.complaint, "page", None)
        draft = page and page.get_latest_revision()
        drafted = draft.content.get("pictures", []) if draft else []
        if picture.pk not in {child["picture"] for child in drafted}:
            picture.delete()


def _remove_from(folder: str, model: type[Stored]) -> int:
    root = conf.private_root()
    found = list((root / folder).rglob("*.*"))
    old = [path for path in found if _is_old(path)]
    named = set(model._default_manager.values_list("file", flat=True))
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
