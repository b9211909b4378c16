"""Makes the files of an answer's picture from an agency's photo, or from a citizen's with places
hidden in it. The photo itself is left as it is."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.files.base import File

from . import attachments
from .opening.sizes import Region, SizedPicture, unpack
from .opening.verdict import Purpose


def made(photo: File[bytes], regions: Sequence[Region] = ()) -> list[SizedPicture]:
    """The picture's files: WebP in growing widths, and one JPEG. Nothing of the photo is in them
    but its pixels, and of the regions only averages. Raises ValidationError, whose message names
    the photo and the remedy."""
    if (photo.size or 0) > attachments.MAX_BYTES:
        raise ValidationError(
            attachments.TOO_LARGE % {"name": attachments.short(photo.name)}, "too_large"
        )
    return unpack(attachments.opened(photo, Purpose.ANSWER, regions=regions).content)
