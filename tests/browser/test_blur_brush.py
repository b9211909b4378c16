"""Faces and number plates are hidden with mouse and keyboard, and the server burns them in."""

from __future__ import annotations

import pytest
from PIL import ImageStat
from playwright.sync_api import expect

from pengaduan_app.models import Picture
from pengaduan_app.procedure.sop import State
from tests.support.pictures import ALT, drafted, opened, photo, with_photo

from .conftest import DESKTOP, PHONE

SIZE = (640, 480)


def busy(image, box) -> float:
    """How much is to be seen in a part of the picture, given in tenths of its sides."""
    part = tuple(round(tenth * side / 10) for tenth, side in zip(box, image.size * 2, strict=True))
    return max(ImageStat.Stat(image.crop(part)).stddev)


def hide_by_keys(canvas) -> None:
    """From where the mouse was: down, larger, hide, right, hide, and undo the last."""
    for _press in range(30):
        canvas.press("ArrowDown")
    for _press in range(10):
        canvas.press("+")
    canvas.press("Enter")
    canvas.press("ArrowRight")
    canvas.press("Enter")
    canvas.press("Backspace")


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["360", "1280"])
def test_what_the_brush_goes_over_is_gone_for_good(office, sit_down, picture, viewport):
    complaint, attachment = with_photo(office, State.EDITING, photo(SIZE))
    page = sit_down(office.editor, viewport).page
    page.goto(f"/admin/complaints/{complaint.pk}/pictures/photo/{attachment.pk}/")
    canvas, places = page.locator("canvas"), page.locator("[data-places]")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()

    def at(x: float, y: float) -> tuple[float, float]:
        return box["x"] + box["width"] * x / 10, box["y"] + box["height"] * y / 10

    page.mouse.move(*at(1, 1))
    page.mouse.down()
    page.mouse.move(*at(3, 1), steps=6)
    page.mouse.up()
    drawn = places.input_value()
    assert drawn.count("\n") > 2
    canvas.press("Control+z")
    expect(places).to_have_value("")
    hide_by_keys(canvas)
    assert places.input_value().count("\n") == 0
    places.fill(places.input_value() + "\n70 70 20 20")
    expect(page.locator(".pgd-blur [role=status]")).to_contain_text("2")
    picture(page, f"90-samarkan-{viewport['width']}")
    page.get_by_label("Yang terlihat pada gambar").fill(ALT)
    page.get_by_role("button", name="Masukkan ke dalam jawaban").click()
    expect(page.get_by_text("Foto sudah masuk ke draf jawaban")).to_be_visible()
    [key] = drafted(complaint)
    file = Picture.objects.get(pk=key).files.last().file
    with file.open() as stored:
        burnt = opened(stored.read())
    original = opened(photo(SIZE))
    hidden, shown = (7.2, 7.2, 8.8, 8.8), (5, 5, 6.5, 6.5)
    assert busy(burnt, hidden) < busy(original, hidden) / 3
    assert busy(burnt, shown) > busy(original, shown) / 2
