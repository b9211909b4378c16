"""What a file begins with, and the parts of photos: what pixels need, what may be wrong beside.

A photo is judged by its pixels. So what stands beside them is left out before a decoder sees it
(it could only stumble over it), and a file whose last bytes were lost on the way is filled up.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

JPEG = b"\xff\xd8\xff"
PNG = b"\x89PNG\r\n\x1a\n"
GIF = (b"GIF87a", b"GIF89a")
# The brands of the ISO container that mean a still picture in HEVC or AV1.
BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"}
# Readers look for the mark of a PDF in this many first bytes.
PDF_HEAD = 1024
# Of a PNG, what the pixels need; text, times, profiles and later frames are left out.
PNG_NEEDED = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
# Of a JPEG's segments before the pixels, what they need of the "application" ones: JFIF, Adobe.
JPEG_NEEDED = {0xE0, 0xEE}
# A turning note longer than this is none.
LONGEST_EXIF = 1024 * 1024
ORIENTATION, SHORT = 0x0112, 3
# Bytes beyond the missing ones: a WebP's decoder must not come to the end before its picture does.
SPARE = 65_536
# How much of a file may be missing at its end where a decoder can't tell what it never got.
FORGIVEN = 0.05


def kind_of(content: bytes) -> str | None:
    """The format that the first bytes announce, as Pillow calls it; None if it is none of ours."""
    if content.startswith(JPEG):
        return "JPEG"
    if content.startswith(PNG):
        return "PNG"
    if content.startswith(GIF):
        return "GIF"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WEBP"
    if content[4:8] == b"ftyp" and content[8:12] in BRANDS:
        return "HEIF"
    return None


def is_pdf(content: bytes) -> bool:
    """Whether a reader takes it for a PDF: a few bytes may stand before the mark."""
    return b"%PDF-" in content[:PDF_HEAD]


def bare(kind: str, content: bytes) -> tuple[bytes, bytes]:
    """The file with what its pixels need alone, and the EXIF data that were beside them."""
    if kind == "JPEG":
        return _bare_jpeg(content)
    if kind == "PNG":
        return _bare_png(content)
    if kind == "WEBP":
        return _filled_webp(content), b""
    if kind == "HEIF":
        return _filled(content, _iso_length(content)), b""
    return content, b""


def orientation(exif: bytes) -> int:
    """How the photo is turned, 1 to 8, by EXIF; 1 (upright) if it doesn't say so legibly."""
    tiff = exif.removeprefix(b"Exif\x00\x00")
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) > LONGEST_EXIF:
        return 1
    try:
        (start,) = struct.unpack_from(f"{order}I", tiff, 4)
        (number,) = struct.unpack_from(f"{order}H", tiff, start)
        for entry in range(start + 2, start + 2 + 12 * number, 12):
            tag, kind, _count, turned = struct.unpack_from(f"{order}HHIH", tiff, entry)
            if (tag, kind) == (ORIENTATION, SHORT):
                return turned if 1 <= turned <= 8 else 1
    except struct.error:
        pass
    return 1


def _bare_jpeg(content: bytes) -> tuple[bytes, bytes]:
    kept, exif, place = [content[:2]], b"", 2
    while content[place : place + 1] == b"\xff" and place + 4 <= len(content):
        marker = content[place + 1]
        if marker == 0xFF:  # a filling byte
            place += 1
            continue
        (length,) = struct.unpack_from(">H", content, place + 2)
        segment = content[place : place + 2 + length]
        if marker == 0xDA or length < 2:  # the pixels begin
            break
        if marker == 0xE1 and segment[4:10] == b"Exif\x00\x00":
            exif = exif or segment[4:]
        beside = (0xE0 <= marker <= 0xEF and marker not in JPEG_NEEDED) or marker == 0xFE
        if not beside:
            kept.append(segment)
        place += 2 + length
    return b"".join([*kept, content[place:]]), exif


def _bare_png(content: bytes) -> tuple[bytes, bytes]:
    kept, exif = [PNG], b""
    for name, data in _png_chunks(content):
        if name in PNG_NEEDED:
            head = struct.pack(">I", len(data)) + name
            kept += [head, data, struct.pack(">I", zlib.crc32(name + data))]
        elif name == b"eXIf":
            exif = exif or data
    return b"".join(kept), exif


def _png_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each chunk's name and data; of one that is cut off, what is there."""
    place = len(PNG)
    while place + 8 <= len(content):
        (length,) = struct.unpack_from(">I", content, place)
        name = content[place + 4 : place + 8]
        yield name, content[place + 8 : place + 8 + length]
        if name == b"IEND":
            return
        place += 12 + length
    yield b"IEND", b""


def _iso_length(content: bytes) -> int:
    """The length of the file by its own boxes, in bytes."""
    place = 0
    while place + 16 <= len(content):
        (size,) = struct.unpack_from(">I", content, place)
        if size == 1:  # a long size follows
            (size,) = struct.unpack_from(">Q", content, place + 8)
        if size < 8:  # to the end of the file, or no size at all
            break
        place += size
    return max(place, len(content))


def _filled_webp(content: bytes) -> bytes:
    """The file with its last chunk made longer by what is missing, and by SPARE; as it is if
    nothing is missing, or much."""
    (length,) = struct.unpack_from("<I", content, 4)
    missing = 8 + length - len(content)
    if not 0 < missing <= len(content) * FORGIVEN:
        return content
    place = 12
    while place + 8 <= len(content):
        (size,) = struct.unpack_from("<I", content, place + 4)
        if place + 8 + size >= len(content):
            break
        place += 8 + size + size % 2
    head = content[:4] + struct.pack("<I", length + SPARE) + content[8 : place + 4]
    return head + struct.pack("<I", size + SPARE) + content[place + 8 :] + bytes(missing + SPARE)


def _filled(content: bytes, length: int) -> bytes:
    """The file filled up with zeros to its own length, if little is missing."""
    missing = length - len(content)
    return content + bytes(missing) if 0 < missing <= len(content) * FORGIVEN else content
