"""Judges and cleans what citizens attach: type by content, metadata stripped."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from pikepdf import PasswordError, Pdf
from PIL import Image, ImageOps

MAX_FILES = 5
MAX_BYTES = 10 * 1024 * 1024
# A small file can unpack to very many pixels (a "bomb"). A JPEG is decoded at a fraction
# of its size, so there any phone's camera fits; the others are decoded whole.
MAX_PIXELS = {"JPEG": 120_000_000, "PNG": 25_000_000, "WEBP": 25_000_000}
# Longest side after cleaning: enough to read a street sign, small enough to send.
MAX_SIDE = 2560
IMAGE_TYPES = {
    "JPEG": ("image/jpeg", "jpg"),
    "PNG": ("image/png", "png"),
    "WEBP": ("image/webp", "webp"),
}


@dataclass(frozen=True)
class CleanFile:
    """An attachment that has been judged and cleaned."""

    content: bytes
    content_type: str
    suffix: str


def clean(upload) -> CleanFile:
    """The upload as it may be stored. Raises ValidationError with the remedy."""
    if upload.size > MAX_BYTES:
        raise ValidationError(
            _("“%(name)s” is larger than 10 MB. Send a smaller photo or file.")
            % {"name": upload.name}
        )
    content = upload.read()
    if content.startswith(b"%PDF-"):
        return _clean_pdf(content, upload.name)
    return _clean_image(content, upload.name)


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
            _("“%(name)s” is damaged or incomplete. Save the PDF again and attach it anew.")
            % {"name": name}
        ) from error
    return CleanFile(output.getvalue(), "application/pdf", "pdf")


def _strip_pdf(pdf: Pdf) -> None:
    """Leave the pages; take out who made it and whatever could run or hide in it."""
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
            # Our own limit on pixels decides, not Pillow's warning.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return _reencode(content, name)
    except ValidationError:
        raise
    except Exception as error:  # noqa: BLE001  Pillow raises many kinds for broken files
        raise ValidationError(
            _("“%(name)s” is not a photo (JPEG, PNG, WebP) or a PDF that can be opened.")
            % {"name": name}
        ) from error


def _reencode(content: bytes, name: str) -> CleanFile:
    """Draw the picture anew: EXIF, GPS and anything hidden behind it stay out."""
    with Image.open(io.BytesIO(content), formats=tuple(IMAGE_TYPES)) as image:
        # MPO: a JPEG with a preview or a gain map behind it, as many phones make them.
        kind = "JPEG" if image.format == "MPO" else image.format
        content_type, suffix = IMAGE_TYPES[kind]
        if image.width * image.height > MAX_PIXELS[kind]:
            raise ValidationError(
                _("“%(name)s” has too many pixels. Send a smaller photo.") % {"name": name}
            )
        image.draft("RGB", (MAX_SIDE, MAX_SIDE))
        image = ImageOps.exif_transpose(image)
        if kind == "JPEG":
            image = image.convert("RGB")
        image.thumbnail((MAX_SIDE, MAX_SIDE))
        bare = Image.new(image.mode, image.size)
        if image.mode == "P":
            bare.putpalette(image.getpalette())
        bare.paste(image)
        output = io.BytesIO()
        bare.save(output, kind, quality=85)
    return CleanFile(output.getvalue(), content_type, suffix)
