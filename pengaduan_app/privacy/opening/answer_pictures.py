"""Makes the files of an answer's picture; what is to be hidden is burnt in before anything else.

Of a hidden place a few averages of its colours are left, rounded: no program gets a face or a
number back from these. A blur or a fine mosaic could be undone, above all of letters and digits.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from functools import partial

from PIL import Image, ImageDraw

from . import photos
from .sizes import PARTS, USUAL_WIDTH, WIDTHS, Region, SizedPicture, pack
from .verdict import Opened

# A hidden place is at most so many averages across and down, however large it is,
CELLS = 4
# and each of them stands for at least this share of the photo's longest side.
LEAST_CELL = 1 / 40
# Colours are rounded to steps of this size.
STEP = 32
QUALITY = {"webp": 80, "jpg": 82}
FORMATS = {"webp": "WEBP", "jpg": "JPEG"}

# Left, top, right and bottom, in pixels.
Box = tuple[int, int, int, int]


def make(content: bytes, regions: Sequence[Region] = ()) -> Opened:
    """The picture's files, packed. Raises Refused."""
    return photos.drawn(content, partial(_made, regions))


def _made(regions: Sequence[Region], _kind: str, photo: Image.Image) -> Opened:
    image = _flat(photo)
    hide(image, regions)
    widths = [width for width in WIDTHS if width < image.width]
    widths.append(min(image.width, WIDTHS[-1]))
    files = [_file(image, width, "webp") for width in dict.fromkeys(widths)]
    files.append(_file(image, min(image.width, USUAL_WIDTH), "jpg"))
    return Opened(pack(files), "set")


def _flat(photo: Image.Image) -> Image.Image:
    """The pixels alone, in colour. What is see-through becomes white: a picture could otherwise
    hold below it what nobody sees."""
    if photo.has_transparency_data:
        photo = photo.convert("RGBA")
        white = Image.new("RGBA", photo.size, "white")
        photo = Image.alpha_composite(white, photo)
    bare = Image.new("RGB", photo.size)
    bare.paste(photos.even(photo).convert("RGB"))
    return bare


def hide(image: Image.Image, regions: Sequence[Region]) -> None:
    """Burn the regions in. Those that touch are one place, so that many small squares over a face
    leave no more of it than one large one."""
    for place in _places([_box(region, image.size) for region in regions]):
        left, top = min(box[0] for box in place), min(box[1] for box in place)
        right, bottom = max(box[2] for box in place), max(box[3] for box in place)
        hull = image.crop((left, top, right, bottom))
        mask = Image.new("1", hull.size)
        draw = ImageDraw.Draw(mask)
        for box in place:
            # The last pixel of Pillow's rectangles is one of them.
            shifted = (box[0] - left, box[1] - top, box[2] - left - 1, box[3] - top - 1)
            draw.rectangle(shifted, fill=1)
        image.paste(_averages(hull, max(image.size)), (left, top), mask)


def _averages(hull: Image.Image, longest: int) -> Image.Image:
    cell = max(max(hull.size) / CELLS, longest * LEAST_CELL)
    across, down = (max(1, round(side / cell)) for side in hull.size)
    few = hull.resize((across, down), Image.Resampling.BOX)
    rounded = few.point(lambda value: value // STEP * STEP + STEP // 2)
    return rounded.resize(hull.size, Image.Resampling.BILINEAR)


def _box(region: Region, size: tuple[int, int]) -> Box:
    """The region in pixels, never smaller than it was drawn."""
    left, top, width, height = region
    return (
        left * size[0] // PARTS,
        top * size[1] // PARTS,
        min(size[0], -(-(left + width) * size[0] // PARTS)),
        min(size[1], -(-(top + height) * size[1] // PARTS)),
    )


def _places(boxes: list[Box]) -> Iterator[list[Box]]:
    """The boxes in groups that touch each other."""
    left = list(boxes)
    while left:
        place, unseen = [left.pop()], 0
        while unseen < len(place):
            near = [box for box in left if _touch(box, place[unseen])]
            left = [box for box in left if box not in near]
            place += near
            unseen += 1
        yield place


def _touch(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _file(image: Image.Image, width: int, suffix: str) -> SizedPicture:
    height = max(1, round(image.height * width / image.width))
    small = image.resize((width, height), Image.Resampling.LANCZOS)
    output = io.BytesIO()
    small.save(output, FORMATS[suffix], quality=QUALITY[suffix])
    return SizedPicture(width, height, suffix, output.getvalue())
