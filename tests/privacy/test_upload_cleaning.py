"""What is kept of a photo: its pixels, whatever stands beside them."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from PIL import Image, PngImagePlugin

from pengaduan_app.privacy import attachments
from pengaduan_app.privacy.opening import bounds, photos
from pengaduan_app.privacy.opening.verdict import Reason, Refused
from tests.support.files import picture, scene, upload, written

KINDS = ("JPEG", "PNG", "WEBP")
TELEPHONE_KINDS = ("HEIF", "AVIF")
SUFFIXES = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "HEIF": "jpg", "AVIF": "jpg"}


def shown(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def refused(content: bytes) -> Reason:
    with pytest.raises(Refused) as refusal:
        photos.copy(content)
    return refusal.value.reason


def differs(made: bytes, source: Image.Image) -> float:
    """How far the pictures are apart, in brightness of 0 to 255, on the whole."""
    left, right = (image.convert("L").resize((24, 16)) for image in (shown(made), source))
    pairs = zip(left.tobytes(), right.tobytes(), strict=True)
    return sum(abs(one - other) for one, other in pairs) / (24 * 16)


@pytest.mark.parametrize("kind", [*KINDS, *TELEPHONE_KINDS])
def test_a_photo_is_what_its_content_says_whatever_it_is_called(kind):
    clean = attachments.clean(upload(written(scene(), kind), "surat.pdf"))
    assert (clean.suffix, clean.content_type) == (
        SUFFIXES[kind],
        attachments.TYPES[SUFFIXES[kind]],
    )
    assert shown(clean.content).format == {"jpg": "JPEG"}.get(clean.suffix, clean.suffix.upper())
    assert differs(clean.content, scene()) < 6


@pytest.mark.parametrize("kind", ["GIF", "TIFF", "BMP", "ICO", "PPM"])
def test_no_other_kind_of_picture_is_even_opened(kind):
    with pytest.raises(ValidationError) as refusal:
        attachments.clean(upload(picture(kind, size=(16, 16)), "foto.jpg"))
    assert refusal.value.code == "unknown"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("size", "kept"), [((3000, 30), (2560, 26)), ((30, 3000), (26, 2560))])
def test_every_kind_of_photo_is_brought_to_the_longest_side(kind, size, kept):
    assert shown(photos.copy(picture(kind, size)).content).size == kept


def test_a_small_photo_keeps_its_size_and_its_picture():
    image = shown(photos.copy(picture("PNG")).content).convert("RGB")
    assert (image.size, image.getpixel((30, 20))) == ((60, 40), (255, 0, 0))


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_its_bound_of_pixels(kind, monkeypatch):
    monkeypatch.setattr(bounds, "MAX_PIXELS", {})
    monkeypatch.setattr(bounds, "MAX_PIXELS_WHOLE", 60 * 40)
    assert photos.copy(picture(kind))
    assert refused(picture(kind, size=(61, 40))) == Reason.MANY_PIXELS


def test_too_many_pixels_is_said_and_not_that_it_is_no_photo():
    with pytest.raises(ValidationError) as refusal:
        attachments.clean(upload(picture("PNG", size=(20_000, 20_000), mode="1"), "besar.png"))
    assert refusal.value.code == "many_pixels"
    assert "besar.png" in refusal.value.message


def test_ten_megabytes_are_taken_and_a_byte_more_is_not(monkeypatch):
    content = picture("PNG")
    monkeypatch.setattr(attachments, "MAX_BYTES", len(content))
    assert attachments.clean(upload(content))
    with pytest.raises(ValidationError):
        attachments.clean(upload(content + b"\x00"))


class Endless:
    """An upload that says how large it is, and can't be read to its end."""

    name, size = "besar.jpg", attachments.MAX_BYTES + 1

    def read(self):
        raise AssertionError("it was read")


def test_what_is_too_large_is_refused_before_its_bytes_are_read():
    with pytest.raises(ValidationError) as refusal:
        attachments.clean(Endless())
    assert "besar.jpg" in refusal.value.message


# Colours.


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_of_any_kind_keeps_its_picture(mode):
    grey = mode in ("1", "L", "LA", "I;16")
    source = scene().convert("L").convert(mode) if grey else scene(mode=mode)
    if mode == "I;16":
        source = scene().convert("L").convert("I").point(lambda value: value * 257).convert("I;16")
    reference = scene().convert("L") if mode == "I;16" else source
    assert differs(photos.copy(written(source, "PNG")).content, reference) < 6


def test_what_is_see_through_stays_so():
    hole = Image.new("RGBA", (20, 20), (0, 200, 0, 255))
    hole.putpixel((5, 5), (0, 0, 0, 0))
    palette = hole.convert("RGB").convert("P")
    clear = written(palette, "PNG", transparency=palette.getpixel((0, 0)))
    for content, place in ((written(hole, "PNG"), (5, 5)), (clear, (0, 0))):
        assert shown(photos.copy(content).content).convert("RGBA").getpixel(place)[3] == 0


# What stands beside the pixels.


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def beside(content: bytes, *chunks: bytes) -> bytes:
    """A PNG with these chunks before its pixels."""
    start = 8 + 25
    return content[:start] + b"".join(chunks) + content[start:]


def segment(marker: int, data: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data


ODD_EXIF = {
    "no EXIF at all": b"Exif\x00\x00rusak",
    "an end too early": b"Exif\x00\x00II*\x00\x08\x00\x00\x00\x05\x00\x12\x01",
    "pointing outside": b"Exif\x00\x00MM\x00*\xff\xff\xff\xff",
    "pointing to itself": b"Exif\x00\x00II*\x00\x00\x00\x00\x00" + bytes(40),
    "turned in no known way": b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03"
    b"\x00\x00\x00\x01\x00\x63\x00\x00",
    "of the wrong type": b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x02"
    b"\x00\x00\x00\x01\x80\x00\x00\x00",
}


@pytest.mark.parametrize("case", ODD_EXIF)
@pytest.mark.parametrize("kind", KINDS)
def test_odd_notes_on_a_photo_never_refuse_it(kind, case):
    exif = ODD_EXIF[case]
    if kind == "JPEG":
        plain = written(scene(), "JPEG")
        odd = plain[:2] + segment(0xE1, exif) + plain[2:]
    elif kind == "PNG":
        odd = beside(written(scene(), "PNG"), chunk(b"eXIf", exif.removeprefix(b"Exif\0\0")))
    else:
        odd = written(scene(), "WEBP", exif=exif)
    made = photos.copy(odd).content
    assert differs(made, scene()) < 6
    assert b"Exif" not in made


ODD_CHUNKS = {
    "a text that unpacks to a hundred megabytes": chunk(
        b"zTXt", b"k\0\0" + zlib.compress(bytes(100_000_000), 9)
    ),
    "a broken profile": chunk(b"iCCP", b"x\0\0rusak"),
    "a sum that doesn't match": chunk(b"tEXt", b"a\0b")[:-4] + b"\0\0\0\0",
    "a size in no known unit": chunk(b"pHYs", b"\xff"),
    "an animation of no frames": chunk(b"acTL", bytes(8)),
}


@pytest.mark.parametrize("case", ODD_CHUNKS)
def test_whatever_stands_beside_the_pixels_of_a_png_is_left_out(case):
    made = photos.copy(beside(written(scene(), "PNG"), ODD_CHUNKS[case])).content
    assert differs(made, scene()) < 6
    assert not set(shown(made).info) - {"dpi", "gamma"}


ODD_SEGMENTS = {
    "a broken index of further pictures": segment(0xE2, b"MPF\0rusak"),
    "a broken profile": segment(0xE2, b"ICC_PROFILE\0\x09\x01x"),
    "notes of a photo editor": segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\xff\xff"),
    "a long comment": segment(0xFE, b"rahasia" * 9000),
    "filling": b"\xff\xff\xff",
}


@pytest.mark.parametrize("case", ODD_SEGMENTS)
def test_whatever_stands_beside_the_pixels_of_a_jpeg_is_left_out(case):
    plain = written(scene(), "JPEG")
    made = photos.copy(plain[:2] + ODD_SEGMENTS[case] + plain[2:]).content
    assert differs(made, scene()) < 6
    assert b"rahasia" not in made


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", [*KINDS, "AVIF"])
def test_a_photo_that_lies_on_its_side_is_turned_upright(kind, orientation):
    """As Pillow itself turns it."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    source = written(scene(), kind, exif=exif)
    expected = scene() if orientation == 1 else scene().transpose(photos.TURNS[orientation])
    made = photos.copy(source).content
    assert shown(made).size == expected.size
    assert differs(made, expected) < 6


def test_words_and_times_in_a_png_are_left_out():
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "rahasia", zip=True)
    words.add_itxt("XML:com.adobe.xmp", "rahasia")
    assert b"rahasia" not in photos.copy(written(scene(), "PNG", pnginfo=words)).content


# What was lost on the way.


@pytest.mark.parametrize("missing", [1, 2, 200])
@pytest.mark.parametrize("options", [{}, {"progressive": True}], ids=["plain", "progressive"])
def test_a_jpeg_whose_last_bytes_are_missing_is_taken(missing, options):
    whole = written(scene(), "JPEG", quality=92, **options)
    assert differs(photos.copy(whole[:-missing]).content, scene()) < 12


# AVIF apart: its decoder shows no picture whose end isn't as it was, and neither do browsers.
@pytest.mark.parametrize(
    ("kind", "options"),
    [("PNG", {}), ("WEBP", {}), ("WEBP", {"lossless": True}), ("HEIF", {})],
    ids=str,
)
@pytest.mark.parametrize("missing", [1, 12, 30, 200])
def test_so_are_the_other_kinds(kind, options, missing):
    whole = written(scene((960, 640)), kind, **options)
    assert differs(photos.copy(whole[:-missing]).content, scene((960, 640))) < 12


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF"])
def test_half_a_photo_is_none(kind):
    whole = written(scene(), kind)
    assert refused(whole[: len(whole) // 2]) in (Reason.CUT_OFF, Reason.NO_PHOTO)
