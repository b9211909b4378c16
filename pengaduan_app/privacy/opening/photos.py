"""Copies the pixels of a photo into a new file, in which nothing else of the old one is left."""

from __future__ import annotations

import io
from collections.abc import Callable

from PIL import Image, ImageChops, ImageFile

from . import bounds, containers
from .verdict import Opened, Reason, Refused

# The format of the new file. HEIC, AVIF and GIF become what every browser shows.
MADE = {"JPEG": "JPEG", "PNG": "PNG", "WEBP": "WEBP", "HEIF": "JPEG", "GIF": "PNG"}
SUFFIXES = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
MODES = {"JPEG": ("L", "RGB"), "PNG": ("1", "L", "LA", "P", "RGB", "RGBA"), "WEBP": ("RGB", "RGBA")}
QUALITY = 85
# How a photo is turned upright, by EXIF's numbers.
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# The share of a photo's height that may be missing at its end, and what stands there instead.
MISSING_ROWS = 0.2
FILLED_WITH = {"JPEG": 128, "PNG": 0}


def copy(content: bytes) -> Opened:
    """A new file with the photo's pixels, upright, at most bounds.MAX_SIDE wide and high. Raises
    Refused, and MemoryError where the process's limit is reached."""
    return drawn(content, lambda kind, image: _encoded(MADE[kind], image))


def drawn(content: bytes, work: Callable[[str, Image.Image], Opened]) -> Opened:
    """What `work` makes of the photo's kind and pixels, upright and small enough. Raises as `copy`
    does."""
    kind = containers.kind_of(content)
    assert kind is not None
    # bounds.MAX_PIXELS decides, by the kind of file.
    Image.MAX_IMAGE_PIXELS = None
    try:
        needed, exif = containers.bare(kind, content)
        image, exif = _decoded(kind, needed, exif)
        return work(kind, _upright(image, containers.orientation(exif)))
    except (Refused, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001  broken files raise many kinds
        raise Refused(Reason.NO_PHOTO) from error


def _decoded(kind: str, needed: bytes, exif: bytes) -> tuple[Image.Image, bytes]:
    """The photo, made small enough, and its EXIF data."""
    if kind == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
    try:
        image = _opened(kind, needed)
        image.load()
    except OSError as error:
        if "truncated" not in str(error) or kind not in FILLED_WITH:
            raise
        image = _filled_up(kind, needed)
    exif = exif or image.info.get("exif") or b""
    image.thumbnail((bounds.MAX_SIDE, bounds.MAX_SIDE))
    return image, exif


def _opened(kind: str, content: bytes) -> ImageFile.ImageFile:
    """The photo before its pixels are decoded; a JPEG at a fraction of its size."""
    formats = ("AVIF", "HEIF") if kind == "HEIF" else (kind,)
    image = Image.open(io.BytesIO(content), formats=formats)
    if image.width * image.height > bounds.MAX_PIXELS.get(kind, bounds.MAX_PIXELS_WHOLE):
        raise Refused(Reason.MANY_PIXELS)
    if kind == "JPEG":
        if image.info.get("progressive") and _coefficients(image) > bounds.MAX_COEFFICIENTS:
            raise Refused(Reason.COMPLICATED)
        image.draft("RGB", (bounds.MAX_SIDE, bounds.MAX_SIDE))
    return image


def _coefficients(image: ImageFile.ImageFile) -> int:
    """What a progressive JPEG takes until its last byte is read: two bytes for each sample."""
    samples: list[int] = [across * down for _id, across, down, _table in image.layer]  # type: ignore[attr-defined]
    return image.width * image.height * 2 * sum(samples) // max(samples)


def _filled_up(kind: str, content: bytes) -> ImageFile.ImageFile:
    """A photo whose end is missing. Raises Refused if that is more than a narrow strip."""
    # A JPEG's own mark of its end: the decoder shows what came before it.
    image = _opened(kind, content + b"\xff\xd9" if kind == "JPEG" else content)
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        image.load()
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False
    shown = image.convert("RGB")
    shown.thumbnail((256, 256), Image.Resampling.NEAREST)
    filled = Image.new("RGB", shown.size, (FILLED_WITH[kind],) * 3)
    box = ImageChops.difference(shown, filled).point(lambda value: value > 3).getbbox()
    if box is None or box[3] < shown.height * (1 - MISSING_ROWS):
        raise Refused(Reason.CUT_OFF)
    return image


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    return image.transpose(TURNS[orientation]) if orientation in TURNS else image


def _encoded(kind: str, image: Image.Image) -> Opened:
    """The pixels alone in a new file: what stood beside them, or behind them, stays behind."""
    if image.mode not in MODES[kind]:
        see_through = image.has_transparency_data and "RGBA" in MODES[kind]
        image = even(image).convert("RGBA" if see_through else "RGB")
    bare = Image.new(image.mode, image.size)
    if image.mode == "P" and (palette := image.getpalette()):
        bare.putpalette(palette)
    bare.paste(image)
    output = io.BytesIO()
    options = {"quality": QUALITY} if kind != "PNG" else {}
    if image.mode == "P" and "transparency" in image.info:
        options["transparency"] = image.info["transparency"]
    bare.save(output, kind, **options)
    return Opened(output.getvalue(), SUFFIXES[kind])


def even(image: Image.Image) -> Image.Image:
    """Sixteen bits a pixel brought down to eight, as screens show them."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value / 256).convert("L")
    return image
