"""Everybody can use the public pages: axe-core, the keyboard, zoom, no JavaScript, print."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from pengaduan_app.procedure.sop import State
from tests.support.public_pages import TELLING, addresses, furnish, path_of

from .conftest import DESKTOP, PHONE
from .pages import CitizenForm, fits, track

# All of WCAG 2.2 A and AA, and what axe's authors advise beyond it.
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# The dark scheme differs in its colors alone.
COLORS = ("color-contrast", "link-in-text-block")
SCHEMES = {
    "light": {"runOnly": {"type": "tag", "values": RULES}},
    "dark": {"runOnly": {"type": "rule", "values": COLORS}},
}
COMPLAINT = {
    "subject": "Lampu jalan padam",
    "body": "Sudah tiga malam lampu jalan di depan balai kelurahan padam.",
    "name": "Wulan Misalnya Sari",
    "phone": "081299990001",
}
# The element that has the focus shows it: by an outline that is neither none nor thin.
FOCUS = """() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
}"""


@pytest.fixture
def answered(office):
    """The receipt of an answered complaint, in a city with all its pages."""
    return furnish(office)


@pytest.fixture
def public(office, answered):
    return addresses(office, answered)


@pytest.fixture
def answer(office):
    """The address of a published answer, in a city without its content pages."""
    return path_of(office.complaint(to=State.PUBLISHED))


class Inspector:
    """Looks at the screen as it is, in both color schemes, and notes what axe finds."""

    def __init__(self, page, picture, size: str):
        self.page, self.picture, self.size = page, picture, size
        self.findings: list[str] = []

    def inspect(self, name: str) -> None:
        if not fits(self.page):
            self.findings.append(f"{name}: sticks out at the side")
        for scheme, options in SCHEMES.items():
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            self.picture(self.page, f"{name}-{self.size}-{scheme}")
            found = Axe().run(self.page, options=options).response["violations"]
            self.findings += [
                f"{name}, {scheme}: {rule['id']} {node['target']} {node['failureSummary']}"
                for rule in found
                for node in rule["nodes"]
            ]

    def visit(self, addresses: dict[str, str]) -> None:
        for name, address in addresses.items():
            self.page.goto(address)
            self.inspect(name)


@pytest.mark.parametrize(("size", "viewport"), [("360", PHONE), ("1280", DESKTOP)])
def test_axe_finds_nothing(size, viewport, public, answered, open_page, picture):
    page = open_page(viewport)
    inspector = Inspector(page, picture, size)
    inspector.visit(public)
    page.goto("/pengaduan/")
    # Folded on a phone alone: menu, search and filters.
    for summary in page.locator(".fold > summary:visible").all():
        summary.click()
    inspector.inspect("daftar-terbuka")
    form = CitizenForm(page)
    page.locator("form.form").evaluate("form => form.noValidate = true")
    page.locator("form.form button[type=submit]").click()
    expect(page.get_by_role("alert")).to_be_visible()
    inspector.inspect("lapor-salah")
    form = CitizenForm(page)
    form.fill(**COMPLAINT)
    form.send()
    inspector.inspect("tanda-terima")
    plain = open_page(viewport, java_script_enabled=False)
    form = CitizenForm(plain)
    form.fill(**{**COMPLAINT, **TELLING})
    plain.locator("form.form button[type=submit]").click()
    expect(plain.locator("form.before-sending")).to_be_visible()
    # The checker needs scripts; the page itself has none of its own.
    page.set_content(plain.content())
    inspector.inspect("sebelum-dikirim")
    ticket = answered.complaint.ticket
    track(page, ticket, "XXXX-XXXX")
    inspector.inspect("lacak-salah")
    track(page, ticket, answered.code)
    inspector.inspect("terlacak")
    assert inspector.findings == []


def test_by_keyboard(answer, open_page):
    """The first stop leads past the menu, and every stop can be seen."""
    page = open_page(PHONE)
    for address in ("/", "/lapor/", answer):
        page.goto(address)
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#content")).to_be_focused()
        page.goto(address)
        stops = page.locator("a:visible, button:visible, input:visible, select:visible").count()
        for _stop in range(min(stops, 25)):
            page.keyboard.press("Tab")
            assert page.evaluate(FOCUS), page.evaluate("document.activeElement.outerHTML")


def test_at_200_percent_nothing_scrolls_sideways(public, open_page):
    """Zoom makes 640 CSS pixels of 1280, and 400 % makes 320; text alone may double too."""
    page = open_page()
    for name, address in public.items():
        page.goto(address)
        for width in (640, 320):
            page.set_viewport_size({"width": width, "height": 450})
            assert fits(page), f"{name} at {width} pixels"
        page.set_viewport_size(PHONE)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert fits(page), f"{name}, text at 200 %"


def test_without_javascript(answer, open_page):
    page = open_page(PHONE, java_script_enabled=False)
    form = CitizenForm(page)
    form.fill(**COMPLAINT)
    ticket, code = form.send()
    track(page, ticket, code)
    expect(page.get_by_role("heading", level=1)).to_have_text(ticket)
    page.goto("/")
    page.locator("#home-q").fill("lampu")
    page.locator("#home-q").press("Enter")
    expect(page.locator(".card").first).to_be_visible()


def test_an_error_is_announced_and_leads_to_its_field(office, open_page):
    page = open_page(PHONE)
    CitizenForm(page)
    page.locator("form.form").evaluate("form => form.noValidate = true")
    page.locator("form.form button[type=submit]").click()
    alert = page.get_by_role("alert")
    alert.get_by_role("link").first.click()
    field = page.locator("#id_subject")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    described = field.get_attribute("aria-describedby").split()
    assert any(page.locator(f"#{name}").inner_text() for name in described)


def test_paper_gets_the_words_alone(answer, open_page, picture):
    page = open_page(DESKTOP)
    page.goto(answer)
    page.emulate_media(media="print")
    picture(page, "cetak-jawaban")
    for part in (".nav", ".search", ".footer ul"):
        assert page.locator(part).first.is_hidden(), part
    assert page.locator(".answer").is_visible()
    expect(page.locator(".masthead")).to_have_css("background-color", "rgb(255, 255, 255)")
