"""Judges and cleans what citizens attach: the content decides, and only what is seen is kept."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from . import guard
from .opening import bounds
from .opening.sizes import Region
from .opening.verdict import Opened, Purpose, Reason, Refused

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MAX_FILES = 5
MAX_BYTES = 10 * 1024 * 1024
# Pixels of a photo's longest side, to which a browser may bring it before it travels.
LONGEST_SIDE = bounds.MAX_SIDE
# Of a file's name, in signs, where it is repeated.
LONGEST_NAME = 60
# For all files of one form, in seconds: a web server gives up on an answer after half a minute.
PATIENCE = 22
TYPES = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "pdf": "application/pdf",
}
TOO_LARGE = _("“%(name)s” is larger than 10 MB. Send a smaller photo or file.")
SURPLUS = _("“%(name)s” was left out: attach no more than 5 files.")
EMPTY = _("“%(name)s” is empty. Choose the file once more.")
NO_PICTURE = _("“%(name)s” is no picture (JPEG, PNG, WebP, GIF, HEIC, AVIF). Choose another file.")
NO_PHOTO = _("“%(name)s” is no photo (JPEG, PNG, WebP, HEIC, AVIF). Choose another file.")
# What is said of other files where a picture alone will do.
NO_SUCH: dict[Purpose, StrOrPromise] = {Purpose.PICTURE: NO_PICTURE, Purpose.ANSWER: NO_PHOTO}
# What is said for each reason, with the remedy.
SENTENCES: dict[Reason, StrOrPromise] = {
    Reason.UNKNOWN: _(
        "“%(name)s” is neither a photo (JPEG, PNG, WebP, HEIC, AVIF) nor a PDF. "
        "Attach a photo of it."
    ),
    Reason.NO_PHOTO: _("“%(name)s” is a damaged photo. Take it once more, or attach another."),
    Reason.CUT_OFF: _(
        "“%(name)s” is incomplete: part of the photo is missing. Send the whole photo."
    ),
    Reason.MANY_PIXELS: _("“%(name)s” has too many pixels. Send a smaller photo."),
    Reason.BROKEN_PDF: _(
        "“%(name)s” is damaged or incomplete. Save the PDF again and attach it again."
    ),
    Reason.LOCKED_PDF: _("“%(name)s” is locked with a password. Attach it without one."),
    Reason.MANY_PAGES: _(
        "“%(name)s” has more than %(pages)d pages. Attach the pages that matter, in a shorter PDF."
    ),
    Reason.ACTIVE_PDF: _(
        "“%(name)s” has programs or other files inside. Print it to a new PDF and attach that."
    ),
    Reason.COMPLICATED: _(
        "“%(name)s” is too complicated to open. Send a photo of it, or a smaller file."
    ),
    Reason.BUSY: _(
        "“%(name)s” could not be opened, because many files are coming in. "
        "Please send it again in a minute."
    ),
    Reason.FAULT: _(
        "“%(name)s” can't be opened here at the moment. Please try again later, or send without it."
    ),
}


@dataclass(frozen=True)
class CleanFile:
    """An attachment that has been checked and cleaned. What the citizen called it is for their
    own eyes, while the form is open, and is never stored."""

    content: bytes
    content_type: str
    suffix: str
    name: str = field(default="", repr=False)


def clean(upload: UploadedFile[bytes], until: float | None = None) -> CleanFile:
    """The upload as it may be stored; `until` is the last moment, on time.monotonic's clock.
    Raises ValidationError, whose message names the file and the remedy."""
    # Django always knows the size of an upload.
    if (upload.size or 0) > MAX_BYTES:
        raise ValidationError(TOO_LARGE % {"name": short(upload.name)}, "too_large")
    made = opened(upload, Purpose.ATTACHMENT, until)
    return CleanFile(made.content, TYPES[made.suffix], made.suffix, short(upload.name))


def short(name: object) -> str:
    """A file's name as it may be repeated to who sent it: 60 signs at most."""
    text = str(name)
    return text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 9]}…{text[-8:]}"


def one_too_many(name: str) -> ValidationError:
    """What is said about a file beyond MAX_FILES."""
    return ValidationError(SURPLUS % {"name": short(name)}, "surplus")


def clean_all(
    uploads: Sequence[UploadedFile[bytes]],
) -> tuple[list[CleanFile], list[ValidationError]]:
    """The uploads of one form: those that may be stored, and what is wrong with the others."""
    until = time.monotonic() + PATIENCE
    files: list[CleanFile] = []
    errors: list[ValidationError] = []
    for upload in uploads:
        try:
            files.append(clean(upload, until))
        except ValidationError as error:
            errors.append(error)
    return files, errors


def opened(
    upload: File[bytes],
    purpose: Purpose,
    until: float | None = None,
    regions: Sequence[Region] = (),
) -> Opened:
    """What the process that opens files makes of an upload, whose size the caller has checked.
    Raises ValidationError, whose message names the file and the remedy."""
    named = {"name": short(upload.name), "pages": bounds.MAX_PAGES}
    if not upload.size:
        raise ValidationError(EMPTY % named, "empty")
    upload.seek(0)
    try:
        return guard.open_file(upload.read(), purpose, until, regions)
    except Refused as refusal:
        reason = refusal.reason
        instead = NO_SUCH.get(purpose) if reason == Reason.UNKNOWN else None
        sentence = instead or SENTENCES[reason]
        raise ValidationError(sentence % named, reason.name.lower()) from refusal
