"""The desk's own screens, in both widths: axe-core finds nothing, and one button leads."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from pengaduan_app.procedure.sop import State

from .conftest import DESKTOP, PHONE
from .pages import fits

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
# What lies around our screens (menu, header) is Wagtail's.
OURS = "main"
OPTIONS = {"runOnly": {"type": "tag", "values": RULES}}


def findings(page, name: str) -> list[str]:
    found = Axe().run(page, context=OURS, options=OPTIONS).response["violations"]
    told = [f"{name}: {rule['id']} {node['target']}" for rule in found for node in rule["nodes"]]
    return told if fits(page) else [*told, f"{name}: sticks out at the side"]


@pytest.fixture
def addresses(office) -> dict[str, str]:
    """The operator's screens of complaints in several states, by the name of their picture."""
    office.complaint(to=State.PUBLISHED)
    verified = office.complaint(to=State.VERIFIED)
    referred = office.complaint(to=State.REFERRED)
    forms = ("forward", "duplicate", "refer", "classify")
    return {
        "meja-beranda": "/admin/",
        "meja-aduan": f"/admin/complaints/{verified.pk}/",
        "meja-dirujuk": f"/admin/complaints/{referred.pk}/",
        **{f"meja-{form}": f"/admin/complaints/{verified.pk}/{form}/" for form in forms},
    }


def test_axe_finds_nothing_at_the_desk(addresses, office, sit_down, picture):
    page, told = sit_down(office.operator).page, []
    for name, address in addresses.items():
        page.goto(address)
        for size, viewport in (("1280", DESKTOP), ("360", PHONE)):
            page.set_viewport_size(viewport)
            picture(page, f"{name}-{size}")
            told += findings(page, f"{name}, {size}")
    assert told == []


def test_on_a_telephone_the_words_come_first_then_one_button_and_more(office, sit_down):
    complaint = office.complaint(to=State.VERIFIED)
    desk = sit_down(office.operator, PHONE)
    desk.open_complaint(complaint)
    page = desk.page
    buttons = page.locator(".pgd-actions :is(a, button):visible")
    expect(buttons).to_have_text(["Teruskan ke pejabat"])
    words = page.locator(".pgd-body").first.bounding_box()
    assert words["y"] < buttons.first.bounding_box()["y"]
    page.locator(".pgd-actions summary:visible").click()
    # On a telephone one press opens all of it, also what is rare.
    expect(page.get_by_role("link", name="Cetak lembar disposisi")).to_be_visible()
    expect(page.get_by_role("link", name="Rujuk ke Inspektorat")).to_be_visible()
    page.set_viewport_size(DESKTOP)
    page.reload()
    expect(page.get_by_role("link", name="Rujuk ke Inspektorat")).to_be_visible()
    expect(page.get_by_role("link", name="Cetak lembar disposisi")).to_be_hidden()
