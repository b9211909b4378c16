"""The files of an answer's picture, one a width, and how they leave the process together."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

# Pixels across: a telephone, a screen, a sharp screen. A smaller photo has fewer files.
WIDTHS = (480, 960, 1600)
# The one that every program reads, as a JPEG: also what other sites show of a link.
USUAL_WIDTH = 960
# What a region is measured in: thousandths of the photo's width and height.
PARTS = 1000
# A photo full of people has dozens of strokes; each is a few squares.
MOST_REGIONS = 600

# Left, top, width and height, in PARTS.
Region = tuple[int, int, int, int]


@dataclass(frozen=True)
class SizedPicture:
    """One file of a picture."""

    width: int
    height: int
    suffix: str
    content: bytes


def pack(files: Sequence[SizedPicture]) -> bytes:
    """All files as one: a line that lists them, then their bytes."""
    listed = [(file.width, file.height, file.suffix, len(file.content)) for file in files]
    return json.dumps(listed).encode() + b"\n" + b"".join(file.content for file in files)


def unpack(content: bytes) -> list[SizedPicture]:
    """The files that `pack` put together."""
    head, _line, body = content.partition(b"\n")
    files, place = [], 0
    for width, height, suffix, length in json.loads(head):
        files.append(SizedPicture(width, height, suffix, body[place : place + length]))
        place += length
    return files
