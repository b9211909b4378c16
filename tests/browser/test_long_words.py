"""A word of 5,000 letters breaks no layout and pushes nothing out of a list."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest

from pengaduan_app import actions
from pengaduan_app.procedure.sop import State
from pengaduan_app.statistics import snapshot
from tests.support.factories import submit
from tests.support.process import page_of, write_answer
from tests.support.public_pages import furnish, path_of

from .conftest import DESKTOP, PHONE

WORD, SUBJECT = "W" * 5000, "W" * 120
NOTE = "W" * 2000


@pytest.fixture
def office(office):
    """The agency's names are one word each too."""
    office.agency.name, office.agency.short_name = "W" * 120, "W" * 40
    office.agency.save()
    return office


@pytest.fixture
def published(office):
    """A published answer whose subject, question and answer are one word each, beside a usual
    one; the reporter rated it in one word too."""
    usual = furnish(office).complaint
    snapshot.refresh()
    receipt = submit(office.agency, subject=SUBJECT, body=WORD, place="W" * 200)
    complaint = receipt.complaint
    office.advance(complaint, State.STUDY)
    write_answer(complaint, office.official, f"<p>{WORD}</p>")
    actions.approve(complaint.pk, office.official, NOTE)
    complaint.refresh_from_db()
    office.advance(complaint, State.PUBLISHED)
    return usual, complaint, receipt.code


def width_of(page) -> int:
    return page.evaluate("document.documentElement.scrollWidth")


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["360", "1280"])
def test_no_public_page_is_wider_than_the_screen(office, published, open_page, picture, viewport):
    usual, complaint, code = published
    page = open_page(viewport)
    wide = {}
    addresses = {
        "depan": "/",
        "daftar": "/pengaduan/",
        "perangkat": f"/pengaduan/{office.agency.slug}/",
        "jawaban": path_of(complaint),
        "serupa": path_of(usual),
        "cari": f"/cari/?q={SUBJECT}",
        "cari-semua": "/cari/?q=",
        "statistik": "/statistik/",
        "lapor": f"/lapor/?agency={SUBJECT}",
    }
    for name, address in addresses.items():
        page.goto(address)
        picture(page, f"panjang-{viewport['width']}-{name}")
        wide[name] = width_of(page)
    page.goto("/lacak/")
    page.locator("#id_ticket").fill(complaint.ticket)
    page.locator("#id_code").fill(code)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url("**/lacak/**")
    picture(page, f"panjang-{viewport['width']}-lacak")
    wide["lacak"] = width_of(page)
    assert {name: width for name, width in wide.items() if width > viewport["width"]} == {}


def test_a_card_shows_the_beginning_alone(published, open_page):
    page = open_page(DESKTOP)
    page.goto("/pengaduan/")
    assert max(map(len, page.locator(".card").all_inner_texts())) < 700


@pytest.fixture
def at_the_desk(office):
    """Two open complaints, one of them all in one word."""
    long = submit(office.agency, subject=SUBJECT, body=WORD, place="W" * 200).complaint
    actions.verify(long.pk, office.operator, NOTE)
    submit(office.agency)
    return long


@pytest.mark.parametrize("width", [360, 1280])
def test_no_screen_of_the_desk_loses_its_columns(office, at_the_desk, sit_down, picture, width):
    complaint = at_the_desk
    page = sit_down(office.operator, {"width": width, "height": 900}).page
    actions.forward(submit_verified(office), office.operator, office.official)
    wide = {}
    addresses = {
        "meja": "/admin/",
        "daftar": "/admin/complaints/",
        "satu": f"/admin/complaints/{complaint.pk}/",
        "jawab": f"/admin/complaints/{complaint.pk}/answer/",
    }
    for name, address in addresses.items():
        page.goto(address)
        page.wait_for_load_state("networkidle")
        picture(page, f"panjang-{width}-{name}")
        wide[name] = overflowing(page)
    assert {name: parts for name, parts in wide.items() if parts} == {}


def submit_verified(office) -> int:
    complaint = office.complaint(to=State.VERIFIED, subject=SUBJECT, body=WORD)
    return complaint.pk


def overflowing(page, within="main") -> list[str]:
    """What of this part ends right of the screen, by its tag and class."""
    return page.evaluate(
        """within => [...document.querySelector(within).querySelectorAll(
                ":is(td, th, p, h1, h2, h3, dd, a, div, span)")]
            .filter(part => part.checkVisibility({visibilityProperty: true})
                && part.getBoundingClientRect().right > innerWidth + 1
                && part.getBoundingClientRect().width > 1)
            .map(part => `${part.tagName} ${part.className}`).slice(0, 5)""",
        within,
    )


@pytest.mark.parametrize("width", [360, 1280])
def test_nor_does_the_editors(office, at_the_desk, sit_down, picture, width):
    complaint = at_the_desk
    actions.forward(complaint.pk, office.operator, office.official, NOTE)
    page = sit_down(office.official, {"width": width, "height": 900}).page
    page.goto(f"/admin/pages/{page_of(complaint).pk}/edit/")
    page.wait_for_load_state("networkidle")
    picture(page, f"panjang-{width}-editor")
    assert page.locator(".pgd-words").bounding_box()["width"] <= width
    section = page_of(complaint).get_parent().pk
    noted = complaint.steps.exclude(note="").first().pk
    # The header of the tree of pages is Wagtail's own.
    places = {
        f"/admin/pages/{section}/": "main table",
        f"/admin/registers/steps/inspect/{noted}/": "main",
    }
    for address, within in places.items():
        page.goto(address)
        page.wait_for_load_state("networkidle")
        picture(page, f"panjang-{width}-{within.replace(' ', '-')}")
        assert overflowing(page, within) == [], address


def test_the_printed_sheet_and_its_pdf_keep_to_the_paper(office, at_the_desk, sit_down, picture):
    page = sit_down(office.operator, {"width": 794, "height": 1123}).page
    page.goto(f"/admin/complaints/{at_the_desk.pk}/print/")
    picture(page, "panjang-lembar")
    assert width_of(page) <= 794
    pdf = page.request.get(f"/admin/complaints/{at_the_desk.pk}/print/?format=pdf").body()
    # A line of the sheet holds some 80 signs; the word alone has 5,000.
    assert 20 < longest_run(pdf) < 130


def longest_run(pdf: bytes) -> int:
    """The most signs that the document draws in one row; its fonts have two bytes a sign."""
    shown = [0]
    with pikepdf.open(BytesIO(pdf)) as document:
        for page in document.pages:
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) in ("Tj", "TJ"):
                    parts = operands[0] if str(operator) == "TJ" else operands
                    texts = [bytes(part) for part in parts if isinstance(part, pikepdf.String)]
                    shown.append(sum(map(len, texts)) // 2)
    return max(shown)
