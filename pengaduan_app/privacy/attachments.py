"""Checks and cleans what citizens attach: the content decides the type; metadata are removed."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from pikepdf import PasswordError, Pdf
from PIL import Image, ImageOps

MAX_FILES = 5
MAX_BYTES = 10 * 1024 * 1024
# A small file can unpack to very many pixels (a "bomb"). A JPEG is decoded at a fraction of its
# size, so its limit fits any phone's camera; the other formats are decoded whole.
MAX_PIXELS = {"JPEG": 120_000_000, "PNG": 25_000_000, "WEBP": 25_000_000}
# Pixels of the longest side after cleaning: a street sign stays readable, the file small.
MAX_SIDE = 2560
IMAGE_TYPES = {
    "JPEG": ("image/jpeg", "jpg"),
    "PNG": ("image/png", "png"),
    "WEBP": ("image/webp", "webp"),
}


@dataclass(frozen=True)
class CleanFile:
    """An attachment that has been checked and cleaned."""

    content: bytes
    content_type: str
    suffix: str


def clean(upload: UploadedFile[bytes]) -> CleanFile:
    """The upload as it may be stored. Raises ValidationError, whose message names the remedy."""
    name = str(upload.name)
    # Django always knows the size of an upload.
    if (upload.size or 0) > MAX_BYTES:
        raise ValidationError(
            _("“%(name)s” is larger than 10 MB. Send a smaller photo or file.") % {"name": name}
        )
    content = upload.read()
    if content.startswith(b"%PDF-"):
        return _clean_pdf(content, name)
    return _clean_image(content, name)


def _clean_pdf(content: bytes, name: str) -> CleanFile:
    try:
        with Pdf.open(io.BytesIO(content)) as pdf:
            _strip_pdf(pdf)
            output = io.BytesIO()
            pdf.save(output)
    except PasswordError as error:
        raise ValidationError(
            _("“%(name)s” is locked with a password. Attach it without one.") % {"name": name}
        ) from error
    except Exception as error:  # noqa: BLE001  broken files break in many ways
        raise ValidationError(
            _("“%(name)s” is damaged or incomplete. Save the PDF again and attach it again.")
            % {"name": name}
        ) from error
    return CleanFile(output.getvalue(), "application/pdf", "pdf")


def _strip_pdf(pdf: Pdf) -> None:
    """Keeps the pages; removes who made it and everything that could run or hide in it."""
    if not len(pdf.pages):
        raise ValueError("A PDF without pages.")
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    for key in ("/Metadata", "/OpenAction", "/AA", "/Names", "/AcroForm", "/PieceInfo"):
        if key in pdf.Root:
            del pdf.Root[key]
    for page in pdf.pages:
        for key in ("/Metadata", "/AA", "/PieceInfo", "/Annots"):
            if key in page:
                del page[key]


def _clean_image(content: bytes, name: str) -> CleanFile:
    try:
        with warnings.catch_warnings():
            # MAX_PIXELS decides, not Pillow's warning.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return _reencode(content, name)
    except ValidationError:
        raise
    except Exception as error:  # noqa: BLE001  broken files raise many kinds
        raise ValidationError(
            _("“%(name)s” is not a photo (JPEG, PNG, WebP) or a PDF that can be opened.")
            % {"name": name}
        ) from error


def _reencode(content: bytes, name: str) -> CleanFile:
    """Copies the pixels alone into a new file: EXIF, GPS and data after the image are lost."""
    with Image.open(io.BytesIO(content), formats=tuple(IMAGE_TYPES)) as image:
        # MPO: a JPEG followed by a preview or a gain map, as many phones make them.
        kind = "JPEG" if image.format == "MPO" else str(image.format)
        content_type, suffix = IMAGE_TYPES[kind]
        if image.width * image.height > MAX_PIXELS[kind]:
            raise ValidationError(
                _("“%(name)s” has too many pixels. Send a smaller photo.") % {"name": name}
            )
        image.draft("RGB", (MAX_SIDE, MAX_SIDE))
        upright = ImageOps.exif_transpose(image)
        if kind == "JPEG":
            upright = upright.convert("RGB")
        upright.thumbnail((MAX_SIDE, MAX_SIDE))
        bare = Image.new(upright.mode, upright.size)
        if palette := upright.getpalette():
            bare.putpalette(palette)
        bare.paste(upright)
        output = io.BytesIO()
        bare.save(output, kind, quality=85)
    return CleanFile(output.getvalue(), content_type, suffix)
