"""In the browser: the cookie of a citizen's form is gone, and nothing that was typed is."""

from __future__ import annotations

from playwright.sync_api import expect

from pengaduan_app.models import Attachment, Complaint, ThreadEntry
from pengaduan_app.procedure.sop import State
from tests.support.citizen import code_of
from tests.support.files import picture as photo

from .conftest import DESKTOP, PHONE
from .pages import CitizenForm, fits, track
from .test_attaching import COMPLAINT

SAID = "Belum ada yang terkirim"
PHOTO = {"name": "lampu.jpg", "mimeType": "image/jpeg", "buffer": photo("JPEG")}


def looks_right(page, picture, name: str) -> None:
    """On a telephone and on a desk."""
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        assert fits(page)
        picture(page, f"{name}-{size['width']}")


def test_a_complaint_comes_back_with_its_photo_and_is_sent(city, open_page, picture):
    page = open_page(PHONE)
    form = CitizenForm(page)
    form.fill(**COMPLAINT)
    page.locator("#id_attachments").set_input_files(PHOTO)
    page.context.clear_cookies(name="csrftoken")
    page.get_by_role("button", name="Kirim").click()
    expect(page.get_by_role("alert")).to_contain_text(SAID)
    expect(page.locator("#id_body")).to_have_value(COMPLAINT["body"])
    expect(page.get_by_text("lampu.jpg")).to_be_visible()
    looks_right(page, picture, "kuki-hilang-lapor")
    assert not Complaint.objects.exists()
    page.get_by_role("button", name="Kirim").click()
    page.wait_for_url("**/lapor/terima/")
    assert Attachment.objects.count() == 1


def test_other_words_of_one_form_are_two_complaints_and_it_is_said(city, open_page, picture):
    page = open_page()
    form = CitizenForm(page)
    form.fill(**COMPLAINT)
    key = page.locator("[name=key]").input_value()
    form.send()
    # The page as a browser keeps it that goes back without asking for it again.
    again = CitizenForm(page)
    again.fill(**COMPLAINT | {"body": "Sudah lima malam lampu jalan padam dan jalannya gelap."})
    page.locator("[name=key]").evaluate("(field, key) => { field.value = key; }", key)
    again.send()
    expect(page.get_by_text("sudah pernah mengirim formulir ini")).to_be_visible()
    looks_right(page, picture, "isi-lain-terima")
    assert Complaint.objects.count() == 2


def test_a_rating_comes_back_too(office, open_page, picture):
    complaint = office.complaint(to=State.PUBLISHED)
    page = open_page()
    track(page, complaint.ticket, code_of(complaint))
    page.locator("details#nilai summary").click()
    page.locator("details#nilai").get_by_label("2 – ").check()
    page.locator("details#nilai textarea").fill("Masih gelap.")
    page.context.clear_cookies(name="csrftoken")
    page.locator("details#nilai button[type=submit]").click()
    expect(page.get_by_role("alert").first).to_contain_text(SAID)
    expect(page.locator("details#nilai").get_by_label("2 – ")).to_be_checked()
    looks_right(page, picture, "kuki-hilang-nilai")
    assert not ThreadEntry.objects.exists()
    # The session is gone as well: number and code first, and it is still there.
    page.context.clear_cookies()
    page.locator("details#nilai button[type=submit]").click()
    expect(page.locator("[name=kept_text]")).to_have_value("Masih gelap.")
    looks_right(page, picture, "kuki-hilang-lacak")
    page.locator("[name=code]").fill(code_of(complaint))
    page.get_by_role("button", name="Tampilkan").click()
    expect(page.locator("details#nilai").get_by_label("2 – ")).to_be_checked()
    page.locator("details#nilai button[type=submit]").click()
    page.wait_for_url("**/lacak/aduan/")
    assert ThreadEntry.objects.get().score == 2
