"""A new agency gets to work: its operator is added, and comes in by the mailed link."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from pengaduan_app import tasks
from pengaduan_app.models import Agency
from pengaduan_app.procedure.sop import Role, State
from tests.support.factories import staff, submit

from .conftest import DESKTOP, PHONE
from .english import english_on
from .test_accessibility import Inspector

NEW = "sandi-panjang-sekali-42"
# Cells of a list that lie beyond the screen's edge, where nobody looks for them.
CUT_OFF = """() => [...document.querySelectorAll('main table :is(th, td)')]
  .filter(cell => cell.offsetWidth && cell.getBoundingClientRect().right > innerWidth + 1)
  .map(cell => cell.innerText)"""
LINK = re.compile(r"https?://[^/]+(/admin/password_reset/confirm/\S+)")
FORM = ".pgd-form [type=submit]"


def link_from_the_letter(address: str) -> str:
    """What the person finds in their mail."""
    mail.outbox.clear()
    tasks.deliver_outbox()
    bodies = [letter.body for letter in mail.outbox if letter.to == [address]]
    [link] = [found.group(1) for body in bodies if (found := LINK.search(body))]
    return link


def add_agency(page) -> None:
    """In the reference data, with nothing typed at the slug."""
    page.goto("/admin/snippets/pengaduan_app/agency/add/")
    page.locator("#id_name").press_sequentially("Dinas Rekaan Kota")
    page.locator("#id_short_name").fill("Disreka")
    expect(page.locator("#id_slug")).to_have_value("dinas-rekaan-kota")
    page.locator("#id_remit").fill("Urusan rekaan.")
    page.locator("footer [type=submit]").first.click()


def test_a_new_agency_and_its_operator(office, sit_down, open_page, picture):
    page = sit_down(office.admin).page
    add_agency(page)
    picture(page, "petugas-1-skpd-baru")
    page.locator(".messages").get_by_role("link", name="Tambahkan operator").click()
    expect(page.locator("#id_role")).to_have_value("operator")
    expect(page.locator("#id_agency option:checked")).to_have_text("Dinas Rekaan Kota")
    page.locator("#id_name").fill("Bunga Contohwati")
    page.locator("#id_email").fill("bunga@kota.example")
    page.locator(FORM).click()
    expect(page.locator(".messages .success")).to_contain_text("bunga@kota.example")
    complaint = submit(Agency.objects.get(slug="dinas-rekaan-kota")).complaint

    theirs = open_page()
    theirs.goto(link_from_the_letter("bunga@kota.example"))
    theirs.locator("#id_new_password1").fill(NEW)
    theirs.locator("#id_new_password2").fill(NEW)
    picture(theirs, "petugas-2-kata-sandi")
    theirs.locator("form [type=submit]").click()
    theirs.goto("/admin/")
    theirs.get_by_label("Nama pengguna").fill("bunga@kota.example")
    theirs.get_by_label("Kata sandi").fill(NEW)
    theirs.get_by_role("button", name="Masuk").click()
    expect(theirs.locator("#my-steps-section, section#my-steps")).to_contain_text(complaint.ticket)


@pytest.mark.parametrize(("size", "viewport"), [("360", PHONE), ("1280", DESKTOP)])
def test_the_screens_of_staff_are_for_everybody(office, sit_down, picture, size, viewport):
    """axe finds nothing of ours, nothing sticks out, nothing is English."""
    staff(Role.OFFICIAL, office.agency)
    office.complaint(to=State.STUDY)
    page = sit_down(office.admin, viewport).page
    inspector = Inspector(page, picture, size)
    official = office.official.pk
    screens = {
        "petugas-daftar": "/admin/people/",
        "petugas-baru": "/admin/people/add/",
        "petugas-satu": f"/admin/people/{official}/",
        "petugas-pindah": f"/admin/people/{official}/move/",
        "petugas-nonaktif": f"/admin/people/{official}/deactivate/",
    }
    english = []
    for name, address in screens.items():
        page.goto(address)
        expect(page.locator("main").first).to_be_visible()
        inspector.inspect(name)
        assert page.evaluate(CUT_OFF) == [], name
        english += [(name, text) for text in english_on(page)]
    page.goto("/admin/people/add/")
    page.locator(FORM).click()
    expect(page.locator(".error-message").first).to_be_visible()
    inspector.inspect("petugas-salah")
    english += [("petugas-salah", text) for text in english_on(page)]
    assert inspector.findings == []
    assert english == []
