"""The receipt in the browser: kept in several ways, and its link opens what it belongs to."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from .conftest import DESKTOP, PHONE
from .pages import CitizenForm, fits


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_code_is_kept_by_the_browser_alone(office, open_page, picture, size):
    page = open_page(size)
    form = CitizenForm(page)
    form.fill(
        subject="Selokan tersumbat",
        body="Selokan di depan balai RW tersumbat sejak minggu lalu.",
        name="Wulan Contoh",
        phone="081234567890",
        agency=office.agency.name,
    )
    ticket, code = form.send()
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url + str(request.post_data)))
    _save(page, ticket, code)
    page.reload()
    expect(page.locator("#receipt dl.ticket dd").nth(1)).to_have_text(code)
    # Without a way to share there is no button.
    can_share = page.evaluate("Boolean(navigator.share)")
    expect(page.locator("[data-do=share]")).to_be_visible(visible=can_share)
    assert fits(page)
    picture(page, f"45-tanda-terima-{size['width']}")
    page.goto(page.locator(".receipt-link a").get_attribute("href"))
    expect(page.locator("#id_code")).to_have_value(code)
    assert page.evaluate("location.href").endswith("/lacak/")
    assert not any(code in request.partition("#")[0] for request in asked)
    with page.expect_navigation():
        page.locator("form.form button[type=submit]").click()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text(ticket)
    assert page.url.endswith("/lacak/aduan/")


def _save(page, ticket: str, code: str) -> None:
    """Save the receipt as a text and as a picture, and look into both files."""
    with page.expect_download() as text:
        page.locator("[data-do=text]").click()
    assert text.value.suggested_filename == f"{ticket}.txt"
    saved = Path(text.value.path()).read_text(encoding="utf-8")
    assert ticket in saved
    assert code in saved
    with page.expect_download() as drawn:
        page.locator("[data-do=picture]").click()
    assert Path(drawn.value.path()).read_bytes().startswith(b"\x89PNG")
