"""Through the queue by keys: on the home, the list and a complaint's page."""

from __future__ import annotations

from playwright.sync_api import expect

from .conftest import DESKTOP
from .pages import Desk


def test_an_operator_goes_through_the_queue_by_keys(office, open_page):
    complaints = [office.complaint() for _number in range(3)]
    page = open_page(DESKTOP)
    desk = Desk(page)
    desk.log_in(office.operator)
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name=complaints[1].ticket)).to_be_focused()
    page.keyboard.press("k")
    expect(page.get_by_role("link", name=complaints[0].ticket)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 dari 3 dalam antrean ini")).to_be_visible()
    page.keyboard.press("j")
    expect(page.get_by_text("2 dari 3 dalam antrean ini")).to_be_visible()
    page.keyboard.press("k")
    expect(page.get_by_text("1 dari 3 dalam antrean ini")).to_be_visible()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("Pengaduan berikutnya")).to_be_visible()
    page.keyboard.press("Escape")
    page.goto("/admin/complaints/")
    search = page.locator("#id_q")
    search.press_sequentially("j")
    expect(search).to_be_focused()
    expect(search).to_have_value("j")
    page.goto("/admin/complaints/")
    page.keyboard.press("Control+j")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name=complaints[0].ticket)).to_be_focused()
