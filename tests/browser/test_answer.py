"""An answer's own page: its link is copied, and on paper it says first when and by whom."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from pengaduan_app.procedure.sop import State
from tests.support.public_pages import path_of

from .conftest import DESKTOP, PHONE

LINK = "Tautan untuk disalin"


@pytest.fixture
def answer(office):
    return path_of(office.complaint(to=State.PUBLISHED))


def test_its_link_goes_to_the_clipboard(answer, open_page):
    page = open_page(PHONE)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(answer)
    page.get_by_role("link", name=LINK).click()
    expect(page.locator(".share [role=status]")).to_have_text("Tersalin")
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_without_scripts_its_link_is_a_link(answer, open_page):
    page = open_page(PHONE, java_script_enabled=False)
    page.goto(answer)
    expect(page.get_by_role("link", name=LINK)).to_have_attribute("href", page.url)


def test_on_paper_the_dates_come_first_and_the_steps_have_a_heading(answer, open_page):
    page = open_page(DESKTOP)
    page.goto(answer)
    page.set_viewport_size({"width": 700, "height": 900})
    page.emulate_media(media="print")
    top = {part: page.locator(part).bounding_box()["y"] for part in (".data", ".words")}
    assert top[".data"] < top[".words"]
    expect(page.locator(".steps > summary")).to_be_visible()
    expect(page.locator(".timeline")).to_be_visible()
