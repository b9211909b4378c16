"""What the files of an answer's picture hold: pixels, and of what was hidden nothing to go by."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image, ImageChops, ImageDraw, ImageStat

from pengaduan_app.privacy import attachments
from pengaduan_app.privacy.answer_pictures import made
from pengaduan_app.privacy.opening.answer_pictures import CELLS, STEP, hide
from tests.support.files import pdf, picture, scene, upload, written
from tests.support.pictures import opened

PLACE = (400, 300, 500, 600)  # pixels of a picture of 1000 by 1000, and thousandths too


def numbers(text: str, size=(1000, 1000)) -> Image.Image:
    """A number plate that fills the place."""
    image = scene(size).copy()
    draw = ImageDraw.Draw(image)
    draw.rectangle(PLACE, fill="white")
    draw.text((405, 380), text, fill="black", font_size=24)
    return image


def hidden(image: Image.Image, *regions) -> Image.Image:
    copy = image.copy()
    hide(copy, regions)
    return copy


def as_region(box=PLACE) -> tuple[int, int, int, int]:
    return box[0], box[1], box[2] - box[0], box[3] - box[1]


def differ(one: Image.Image, other: Image.Image) -> Image.Image:
    return ImageChops.difference(one, other)


def test_files_are_pixels_in_the_widths_of_screens_and_nothing_else():
    exif = Image.Exif()
    exif[0x010E], exif[0x8825] = "Rumah Wulan", {1: "S", 2: (7.0, 28.0, 0.0)}
    content = written(scene((2000, 1000)), "JPEG", exif=exif, comment=b"rahasia", quality=90)
    files = made(upload(content, "IMG_wulan.jpg"))
    assert [(f.width, f.height, f.suffix) for f in files] == [
        (480, 240, "webp"),
        (960, 480, "webp"),
        (1600, 800, "webp"),
        (960, 480, "jpg"),
    ]
    for file in files:
        image = opened(file.content)
        assert image.size == (file.width, file.height)
        assert not image.getexif()
        assert not {"exif", "icc_profile", "comment", "xmp", "photoshop"} & set(image.info)
        for secret in (b"Wulan", b"wulan", b"rahasia", b"Exif", b"ICC_PROFILE", b"http"):
            assert secret not in file.content


def test_a_small_photo_is_not_made_larger():
    assert [(f.width, f.suffix) for f in made(upload(picture("PNG", (300, 200)), "a.png"))] == [
        (300, "webp"),
        (300, "jpg"),
    ]


def test_a_turned_photo_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    content = written(scene((400, 200)), "JPEG", exif=exif)
    assert {(f.width, f.height) for f in made(upload(content, "a.jpg"))} == {(200, 400)}


def test_nothing_lies_below_what_is_see_through():
    see_through = scene((300, 200)).convert("RGBA")
    see_through.putalpha(0)
    for file in made(upload(written(see_through, "PNG"), "a.png")):
        image = opened(file.content)
        assert image.mode == "RGB"
        assert min(low for low, _high in image.getextrema()) > 250


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (pdf(), "unknown"),
        (b"GIF89a" + bytes(20), "unknown"),
        (b"", "empty"),
        (b"\xff\xd8\xff", "no_photo"),
    ],
    ids=["a document", "a moving picture", "nothing", "half a photo"],
)
def test_what_is_no_photo_is_refused(content, code):
    with pytest.raises(ValidationError) as refusal:
        made(upload(content, "berkas.jpg"))
    assert refusal.value.code == code and "berkas.jpg" in refusal.value.message


def test_a_photo_that_is_too_large_is_not_opened(monkeypatch):
    monkeypatch.setattr(attachments, "MAX_BYTES", 10)
    with pytest.raises(ValidationError) as refusal:
        made(ContentFile(picture("PNG"), "a.png"))
    assert refusal.value.code == "too_large"


def test_two_numbers_that_were_hidden_leave_the_same_picture():
    """Whoever tries all numbers, hidden in the same way, can't tell which it was."""
    one, other = numbers("S 1234"), numbers("L 8765")
    assert differ(one, other).getbbox()
    assert not differ(hidden(one, as_region()), hidden(other, as_region())).getbbox()


def test_what_is_hidden_differs_strongly_and_all_else_not_at_all():
    before = scene((1000, 1000))
    after = hidden(before, as_region())
    assert differ(before, after).getbbox() == PLACE
    inside = ImageStat.Stat(differ(before.crop(PLACE), after.crop(PLACE)))
    assert max(inside.mean) > 20


def test_of_a_hidden_place_a_few_rounded_colours_are_left():
    after = hidden(scene((1000, 1000)), (0, 0, 1000, 1000))
    cell = 1000 // CELLS
    middles = after.resize((CELLS, CELLS), Image.Resampling.NEAREST)
    assert cell > 100
    assert all(abs(value % STEP - STEP // 2) < 4 for value in middles.tobytes())


def test_many_small_squares_hide_as_much_as_a_large_one():
    """A brush leaves small squares; each for itself would keep a mosaic of the face."""
    squares = [(left, top, 20, 20) for left in range(400, 500, 20) for top in range(300, 600, 20)]
    before = scene((1000, 1000))
    assert not differ(hidden(before, *squares), hidden(before, as_region())).getbbox()


def test_places_apart_stay_apart():
    before = scene((1000, 1000))
    after = hidden(before, (0, 0, 50, 50), (900, 900, 50, 50))
    assert not differ(before.crop((60, 60, 890, 890)), after.crop((60, 60, 890, 890))).getbbox()


def test_the_process_burns_in_what_it_is_told_to():
    before = written(numbers("S 1234"), "PNG")
    plain, burnt = made(upload(before, "a.png")), made(upload(before, "a.png"), [as_region()])
    for old, new in zip(plain, burnt, strict=True):
        box = tuple(round(side * old.width / 1000) for side in PLACE)
        inner = (box[0] + 4, box[1] + 4, box[2] - 4, box[3] - 4)
        one, other = opened(old.content).crop(inner), opened(new.content).crop(inner)
        assert max(ImageStat.Stat(differ(one, other)).mean) > 5
        # No letter's edge is left: neighbours hardly differ.
        assert max(ImageStat.Stat(other.convert("L")).stddev) < 12
