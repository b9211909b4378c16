"""On a phone the page itself comes first: what isn't needed every day is folded away."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from pengaduan_app import actions
from pengaduan_app.procedure.sop import State
from pengaduan_app.statistics import snapshot

from .conftest import DESKTOP, PHONE
from .pages import Desk

HIGHEST_MASTHEAD = 150


@pytest.fixture
def page(city, open_page):
    return open_page(PHONE, java_script_enabled=False)


def test_the_masthead_leaves_the_screen_to_the_page(page):
    for address in ("/", "/pengaduan/", "/lapor/", "/lacak/", "/statistik/"):
        page.goto(address)
        assert page.locator(".masthead").bounding_box()["height"] <= HIGHEST_MASTHEAD, address
    for name in ("Jawaban", "Lapor", "Lacak"):
        expect(page.locator(".nav").get_by_role("link", name=name)).to_be_visible()


def test_the_menu_and_the_search_unfold_by_keyboard_without_scripts(page):
    page.goto("/lapor/")
    less_needed = page.locator(".nav").get_by_role("link", name="Statistik")
    expect(less_needed).to_be_hidden()
    page.get_by_text("Menu", exact=True).press("Enter")
    expect(less_needed).to_be_visible()
    page.keyboard.press("Tab")
    expect(less_needed).to_be_focused()
    page.locator(".masthead-row summary").press("Enter")
    page.locator("#header-q").fill("lampu")
    page.locator("#header-q").press("Enter")
    page.wait_for_url("**/cari/?q=lampu")


def test_the_statistics_longest_table_folds_and_unfolds(office, page):
    office.complaint(to=State.PUBLISHED)
    snapshot.refresh()
    page.goto("/statistik/")
    row = page.locator(".fold + div .table tbody tr").first
    expect(row).to_be_hidden()
    page.locator(".chart .fold summary").press("Enter")
    expect(row).to_be_visible()
    page.set_viewport_size(DESKTOP)
    page.goto("/statistik/")
    expect(row).to_be_visible()
    expect(page.locator(".chart .fold summary")).to_be_hidden()


def test_the_first_answer_is_on_the_first_screen(office, page):
    office.complaint(to=State.PUBLISHED)
    page.goto("/pengaduan/")
    assert page.locator(".card").bounding_box()["y"] < PHONE["height"]
    expect(page.locator("#filter-year")).to_be_hidden()
    page.get_by_text("Saring dan urutkan").press("Enter")
    page.locator("#filter-sort").select_option("oldest")
    page.locator(".filters button").click()
    page.wait_for_url("**sort=oldest")
    expect(page.locator("#filter-sort")).to_be_visible()


def test_a_wide_screen_shows_every_link(city, open_page):
    page = open_page(DESKTOP, java_script_enabled=False)
    page.goto("/lapor/")
    assert page.locator(".nav a:visible").count() == 7
    assert page.locator("summary:visible").count() == 0
    expect(page.locator("#header-q")).to_be_visible()
    page.goto("/pengaduan/")
    expect(page.locator("#filter-sort")).to_be_visible()


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["360", "1280"])
def test_the_last_row_of_a_register_is_whole(office, open_page, viewport):
    """Wagtail's lists pull over their end what follows them."""
    complaint = office.complaint(to=State.STUDY)
    actions.reveal(complaint, office.operator, "Alamatnya tidak jelas.")
    desk = Desk(open_page(viewport))
    desk.log_in(office.admin)
    for register in ("vault", "steps", "outbox"):
        desk.page.goto(f"/admin/registers/{register}/")
        box = desk.page.locator(".pgd-register").bounding_box()
        last = desk.page.locator(".pgd-register tbody tr").last.bounding_box()
        assert last["y"] + last["height"] <= box["y"] + box["height"] + 1, register
