"""Small pictures that stand for citizens' photos, generated so that no file is needed."""

from __future__ import annotations

import io
from random import Random
from typing import TypeAlias

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFilter

from pengaduan_app.actions import CleanFile
from pengaduan_app.privacy import attachments

Point: TypeAlias = tuple[float, float]
Colour: TypeAlias = tuple[int, int, int]

SIZE = WIDTH, HEIGHT = 960, 720
HORIZON = 380
ASPHALT, DARK, WATER = (104, 104, 108), (44, 42, 42), (126, 138, 146)
WALLS = ((214, 196, 168), (190, 204, 196), (222, 210, 190), (200, 176, 160))


def photo(scene: str, rng: Random) -> CleanFile:
    """A street with the subject of the complaint, cleaned like any citizen's upload."""
    image = Image.new("RGB", SIZE)
    draw = ImageDraw.Draw(image)
    _street(draw, rng)
    SCENES[scene](draw, rng)
    # A phone's camera is neither sharp nor free of grain.
    image = image.filter(ImageFilter.GaussianBlur(1.4))
    grain = Image.effect_noise(SIZE, 60).convert("RGB")
    output = io.BytesIO()
    Image.blend(image, grain, 0.08).save(output, "JPEG", quality=80)
    return attachments.clean(SimpleUploadedFile("foto.jpg", output.getvalue()))


def _street(draw: ImageDraw.ImageDraw, rng: Random) -> None:
    for y in range(HORIZON):
        shade = y / HORIZON
        draw.line((0, y, WIDTH, y), fill=(int(150 + 70 * shade), int(184 + 40 * shade), 226))
    draw.rectangle((0, HORIZON, WIDTH, HEIGHT), fill=(132, 138, 104))
    x = -40
    while x < WIDTH:
        _house(draw, x, rng)
        x += rng.randint(150, 210)
    draw.polygon([(420, HORIZON), (540, HORIZON), (900, HEIGHT), (60, HEIGHT)], fill=ASPHALT)
    for near in range(5):
        y = HORIZON + 20 + near * near * 20
        draw.polygon(
            [(478, y), (482, y), (484 + near, y + 8 + near * 8), (476 - near, y + 8 + near * 8)],
            fill=(226, 224, 214),
        )


def _house(draw: ImageDraw.ImageDraw, x: int, rng: Random) -> None:
    top = rng.randint(230, 290)
    width = rng.randint(130, 170)
    draw.rectangle((x, top, x + width, HORIZON + 8), fill=rng.choice(WALLS))
    roof = [(x - 12, top), (x + width // 2, top - 56), (x + width + 12, top)]
    draw.polygon(roof, fill=(150 + rng.randint(0, 30), 82, 62))
    draw.rectangle((x + 18, top + 30, x + 52, top + 66), fill=(92, 110, 124))
    draw.rectangle((x + width - 54, top + 34, x + width - 24, HORIZON + 8), fill=(112, 80, 58))


def _blob(
    draw: ImageDraw.ImageDraw, centre: Point, radii: Point, colour: Colour, rng: Random
) -> None:
    """A patch with an uneven edge, because nothing in a street is round."""
    (x, y), (rx, ry) = centre, radii
    for _part in range(14):
        dx, dy = rng.uniform(-0.4, 0.4) * rx, rng.uniform(-0.4, 0.4) * ry
        draw.ellipse(
            (x + dx - rx / 2, y + dy - ry / 2, x + dx + rx / 2, y + dy + ry / 2), fill=colour
        )


def _hole(draw: ImageDraw.ImageDraw, rng: Random) -> None:
    for x, y, size in ((430, 560, 130), (600, 640, 90), (520, 470, 50)):
        _blob(draw, (x, y), (size * 1.25, size * 0.5), (86, 80, 74), rng)
        _blob(draw, (x, y + 4), (size, size * 0.36), DARK, rng)


def _flood(draw: ImageDraw.ImageDraw, rng: Random) -> None:
    for _patch in range(6):
        centre = rng.randint(250, 720), rng.randint(480, 700)
        _blob(draw, centre, (300, 70), WATER, rng)
    for _ripple in range(24):
        x, y = rng.randint(180, 780), rng.randint(470, 700)
        draw.line((x, y, x + rng.randint(20, 70), y), fill=(176, 186, 192), width=2)


def _rubbish(draw: ImageDraw.ImageDraw, rng: Random) -> None:
    colours = (
        (36, 36, 40),
        (228, 228, 222),
        (196, 60, 52),
        (52, 92, 156),
        (206, 186, 92),
        (78, 66, 54),
    )
    for _bag in range(110):
        x = rng.gauss(690, 85)
        y = 640 - abs(rng.gauss(0, 60))
        _blob(draw, (x, y), (rng.randint(22, 50), rng.randint(18, 36)), rng.choice(colours), rng)


def _lamp(draw: ImageDraw.ImageDraw, rng: Random) -> None:
    # Dusk, and every lamp dark.
    for y in range(0, HEIGHT, 2):
        draw.line((0, y, WIDTH, y), fill=(22, 26, 44))
    for x, foot, top in ((250, 640, 90), (372, 500, 210), (424, 436, 276)):
        thick = max(3, (foot - top) // 45)
        draw.line((x, foot, x, top), fill=(72, 76, 84), width=thick)
        draw.line((x, top, x + (foot - top) // 6, top - 8), fill=(72, 76, 84), width=thick)
        end = x + (foot - top) // 6
        draw.ellipse((end - thick * 2, top - 12, end + thick * 2, top + 4), fill=(98, 102, 110))


def _tree(draw: ImageDraw.ImageDraw, rng: Random) -> None:
    draw.polygon([(700, 690), (760, 690), (640, 250), (606, 260)], fill=(86, 66, 48))
    for _branch in range(40):
        centre = rng.gauss(570, 95), rng.gauss(210, 60)
        green = (52 + rng.randint(0, 30), 96 + rng.randint(0, 36), 48)
        _blob(draw, centre, (90, 64), green, rng)


def _railing(draw: ImageDraw.ImageDraw, rng: Random) -> None:
    draw.polygon([(0, 560), (WIDTH, 500), (WIDTH, HEIGHT), (0, HEIGHT)], fill=(150, 146, 138))
    draw.polygon([(0, 640), (WIDTH, 560), (WIDTH, HEIGHT), (0, HEIGHT)], fill=(88, 104, 92))
    for x in (40, 160, 280, 700, 820, 930):
        y = 560 - x * 0.0625
        draw.line((x, y, x, y - 130), fill=(176, 52, 46), width=12)
    for drop in (120, 70):
        draw.line((40, 558 - drop, 290, 542 - drop), fill=(176, 52, 46), width=9)
        draw.line((700, 516 - drop, WIDTH, 500 - drop), fill=(176, 52, 46), width=9)
    # The loose rail hangs into the gap.
    draw.line((290, 430, 470, 610), fill=(150, 46, 42), width=9)


SCENES = {
    "flood": _flood,
    "hole": _hole,
    "lamp": _lamp,
    "railing": _railing,
    "rubbish": _rubbish,
    "tree": _tree,
}
