"""Stores attachments, all of them or none; privacy.attachments has cleaned them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.core.files.base import ContentFile

from ..models import Attachment, Complaint, ThreadEntry
from ..privacy import CleanFile


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
    """Store the files with the complaint, or with an entry of its thread."""
    for file in files:
        attachment = Attachment(
            complaint=complaint,
            entry=entry,
            content_type=file.content_type,
            size=len(file.content),
        )
        stored.append(attachment)
        attachment.file.save(f"file.{file.suffix}", ContentFile(file.content))
