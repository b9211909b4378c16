"""A citizen who looks before complaining: search, browse, read, and see the figures."""

from __future__ import annotations

import csv
from contextlib import suppress

import pytest
from playwright.sync_api import Error, expect

from bench.crowd import make_answers
from home.setup import setup_site
from pengaduan_app.contrib.search import indexing
from pengaduan_app.models import PublishedAnswer
from pengaduan_app.procedure.sop import State
from pengaduan_app.publication.prerendering import render_answers
from pengaduan_app.statistics import snapshot

from .conftest import DESKTOP, PHONE
from .pages import CitizenForm, fits, track

MANY = 60
BOTH = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])


@pytest.fixture
def lamp(office):
    """The one real answer, about a street lamp, among many made-up ones."""
    setup_site("localhost", 80)
    make_answers(MANY)
    complaint = office.complaint(to=State.PUBLISHED, subject="Lampu jalan padam di Blooto")
    render_answers(list(PublishedAnswer.objects.values_list("pk", flat=True)))
    indexing.rebuild()
    snapshot.refresh()
    return complaint


@pytest.fixture
def look(open_page, size):
    """The screen at that size; whoever leaves a page has seen that nothing sticks out."""
    page = open_page(size)
    yield page
    assert fits(page)


@BOTH
def test_the_search_offers_finds_and_narrows(lamp, look, picture, size):
    look.goto("/")
    box = look.locator("#home-q")
    box.press_sequentially("lampu jal")
    offer = look.get_by_role("option", name="Lampu jalan padam di Blooto")
    expect(offer).to_be_visible()
    picture(look, f"cari-saran-{size['width']}", full_page=False)
    box.fill("lampu2 jln pdam blooto")
    box.press("Enter")
    first = look.locator(".hits .card").first
    expect(first.get_by_role("link")).to_have_text("Lampu jalan padam di Blooto")
    expect(first.locator("mark").first).to_be_visible()
    look.locator(".facet summary").first.click()
    look.locator(".facet a").first.click()
    expect(look.locator('.facet a[aria-current="true"]')).to_have_count(1)
    picture(look, f"cari-hasil-{size['width']}", full_page=False)
    look.locator(".hits a").first.click()
    expect(look.get_by_role("heading", level=1)).to_have_text("Lampu jalan padam di Blooto")


@BOTH
def test_an_offer_is_taken_with_the_keyboard(lamp, look, size):
    look.goto("/")
    box = look.locator("#home-q")
    box.press_sequentially("blooto")
    expect(look.get_by_role("option").first).to_be_visible()
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "home-q-offers-0")
    box.press("Enter")
    expect(look.get_by_role("heading", level=1)).to_have_text("Lampu jalan padam di Blooto")


@BOTH
def test_the_list_is_narrowed_walked_and_read(lamp, look, picture, size):
    look.goto("/pengaduan/")
    cards = look.locator(".cards > .card")
    expect(cards).to_have_count(20)
    seen = cards.locator("h3").all_inner_texts()
    look.locator("a[rel=next]").click()
    look.wait_for_url("**after=**")
    expect(cards).to_have_count(20)
    assert not set(seen) & set(cards.locator("h3").all_inner_texts())
    look.locator("a[rel=prev]").click()
    expect(cards.locator("h3").first).to_have_text(seen[0])
    if size == PHONE:
        look.get_by_text("Saring dan urutkan").click()
    look.locator("#filter-agency").select_option(lamp.agency.slug)
    look.locator(".filters button").click()
    expect(look.locator(".chip")).to_contain_text(lamp.agency.name)
    picture(look, f"daftar-{size['width']}", full_page=False)
    look.locator(".card a", has_text="Lampu jalan padam di Blooto").click()
    expect(look.locator(".answer")).to_contain_text("Lampu sudah kami ganti")
    look.get_by_role("link", name=lamp.agency.name).last.click()
    expect(look.get_by_role("heading", level=1)).to_have_text(lamp.agency.name)


@BOTH
def test_the_figures_stand_in_a_table_and_in_a_file(lamp, look, picture, size):
    look.goto("/statistik/")
    expect(look.locator("svg").first).to_be_visible()
    look.locator("table").first.scroll_into_view_if_needed()
    picture(look, f"statistik-{size['width']}", full_page=False)
    with look.expect_download() as download:
        look.locator("a[href$='.csv']").first.click()
    rows = list(csv.reader(download.value.path().read_text("utf-8-sig").splitlines()))
    assert len(rows) > 12


@BOTH
def test_a_complaint_is_sent_followed_and_left(lamp, look, picture, size):
    form = CitizenForm(look)
    form.fill(
        subject="Pohon tumbang menutup jalan kampung",
        body="Sejak tadi malam pohon tumbang menutup jalan kampung dan belum diangkat.",
        name="Wulan Misalnya Sari",
        phone="081299990001",
        agency=lamp.agency.name,
    )
    ticket, code = form.send()
    picture(look, f"tanda-terima-{size['width']}", full_page=False)
    track(look, ticket, code)
    expect(look.get_by_role("heading", level=1)).to_have_text(ticket)
    look.locator("#tambah summary").click()
    look.locator("#tambah textarea").fill("Lokasinya tepat di depan balai RW.")
    look.locator("#tambah button[type=submit]").click()
    expect(
        look.locator("#talk ~ *", has_text="Lokasinya tepat di depan balai RW.").first
    ).to_be_visible()
    look.get_by_role("button", name="Keluar dari halaman ini").click()
    expect(look.locator(".messages, .note, [role=status]").first).to_contain_text("sudah keluar")
    # The next person at this device: back, send the form again, and straight to the address.
    look.goto("/lacak/")
    with suppress(Error), look.expect_navigation():
        look.evaluate("history.go(-2)")
    with suppress(Error):
        look.reload()
    # In another tab: in this one the way back may still be under way.
    straight = look.context.new_page()
    straight.goto("/lacak/aduan/")
    expect(straight.locator("#id_ticket")).to_be_visible()
