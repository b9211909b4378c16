"""Pictures that are in the library and can't be shown: a grey one stands for them.

The library's forms let none in. But one may have come before, by an import or with a broken disk,
and Wagtail draws the list of all pictures in one go. So what Willow, its picture library, makes of
a file is registered here once more, with its own registry, so that it never fails.
"""

from __future__ import annotations

import logging
import warnings

import filetype
from PIL import Image, ImageDraw
from willow import image as files
from willow.plugins.pillow import PillowImage
from willow.registry import registry

logger = logging.getLogger(__name__)

# Larger ones are not opened in the web worker; what the library's forms make is far smaller.
MAX_PIXELS = 64_000_000
READABLE = (
    files.JPEGImageFile,
    files.PNGImageFile,
    files.GIFImageFile,
    files.BMPImageFile,
    files.TIFFImageFile,
    files.WebPImageFile,
    files.HeicImageFile,
    files.AvifImageFile,
    files.IcoImageFile,
)


def register() -> None:
    """Called once, when the app is ready."""
    for kind in READABLE:
        registry.register_converter(kind, PillowImage, open_or_grey)
    registry.register_operation(PillowImage, "auto_orient", turn_upright)
    # What Willow knows no class for would raise before anything is converted.
    for suffix in (None, *(kind.extension for kind in filetype.TYPES)):
        files.INITIAL_IMAGE_CLASSES.setdefault(suffix, files.PNGImageFile)
    files.INITIAL_IMAGE_CLASSES["svg"] = drawing_or_unknown


def open_or_grey(image_file: files.ImageFile) -> PillowImage:
    """The picture with its pixels, or a grey one."""
    try:
        image_file.f.seek(0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(image_file.f)
            if image.width * image.height > MAX_PIXELS:
                raise ValueError("It has too many pixels.")
            image.load()
    except Exception as error:  # noqa: BLE001  broken files raise many kinds
        logger.warning("A stored picture can't be shown: %s", type(error).__name__)
        return PillowImage(_grey())
    return PillowImage(image)


def turn_upright(picture: PillowImage) -> PillowImage:
    """Turned by the note in its EXIF data, if that is legible."""
    try:
        return PillowImage.auto_orient(picture)
    except Exception:  # noqa: BLE001  broken notes raise many kinds
        return picture


def drawing_or_unknown(file: object) -> files.ImageFile:
    """An SVG; a file that only begins like one is of no known kind."""
    try:
        return files.SvgImageFile(file)
    except Exception:  # noqa: BLE001  broken drawings raise many kinds
        return files.PNGImageFile(file)


def _grey() -> Image.Image:
    image = Image.new("RGB", (400, 300), (200, 200, 200))
    draw = ImageDraw.Draw(image)
    draw.line((0, 0, 400, 300), fill=(150, 150, 150), width=4)
    draw.line((0, 300, 400, 0), fill=(150, 150, 150), width=4)
    return image
