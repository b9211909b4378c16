"""What stands around the answer while it is written: the talk, the photos, what it is about."""

from __future__ import annotations

import uuid

import pytest
from playwright.sync_api import expect

from pengaduan_app import actions
from pengaduan_app.models import Complaint
from pengaduan_app.procedure.sop import State
from tests.support.factories import CategoryFactory, VillageFactory, submit
from tests.support.files import picture as made_picture
from tests.support.process import page_of

from .conftest import DESKTOP, PHONE

PHOTOS = [
    actions.CleanFile(made_picture("JPEG", (1200, 800)), "image/jpeg", "jpg"),
    actions.CleanFile(made_picture("PNG", (500, 900)), "image/png", "png"),
]
SIZES = pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["360", "1280"])


@SIZES
def test_a_photo_is_looked_at_over_the_page(office, sit_down, picture, viewport):
    complaint = submit(office.agency, files=PHOTOS).complaint
    office.advance(complaint, State.PUBLISHED)
    actions.reopen(complaint.pk, uuid.uuid4(), "Lampunya padam lagi sejak kemarin.")
    actions.ask(complaint.pk, office.official, "Lampu yang di sebelah mana?")
    page = sit_down(office.official, viewport).edit(complaint).page
    expect(page.get_by_text("Lampunya padam lagi sejak kemarin.").first).to_be_visible()
    picture(page, f"30-penyunting-{viewport['width']}")
    page.locator(".pgd-attachments img").first.click()
    shown = page.locator("dialog.pgd-lightbox img")
    expect(shown).to_be_visible()
    first = shown.get_attribute("src")
    picture(page, f"31-foto-{viewport['width']}", full_page=False)
    expect(page.locator("dialog.pgd-lightbox")).to_contain_text("1 / 2")
    page.get_by_role("button", name="Foto berikutnya").click()
    expect(shown).not_to_have_attribute("src", first)
    page.keyboard.press("ArrowLeft")
    expect(shown).to_have_attribute("src", first)
    page.keyboard.press("Escape")
    expect(shown).to_be_hidden()
    assert "/edit/" in page.url


@SIZES
def test_the_editor_chooses_the_category_beside_the_text(office, sit_down, picture, viewport):
    CategoryFactory(name="Penerangan jalan")
    VillageFactory(name="Meri")
    complaint = office.complaint(to=State.EDITING)
    editor = sit_down(office.editor, viewport).edit(complaint)
    editor.press("Sudah disunting: teruskan ke koordinator")
    expect(editor.page.get_by_text("Pilih kategorinya dulu")).to_be_visible()
    editor.page.locator("#id_category").scroll_into_view_if_needed()
    picture(editor.page, f"32-kategori-{viewport['width']}")
    editor.page.get_by_label("Kategori").select_option(label="Penerangan jalan")
    editor.pass_on("Sudah disunting: teruskan ke koordinator")
    assert Complaint.objects.get(pk=complaint.pk).category.name == "Penerangan jalan"


@SIZES
def test_an_answer_is_corrected_from_the_desk_to_the_public_page(
    office, sit_down, open_page, picture, viewport
):
    complaint = office.complaint(to=State.PUBLISHED)
    width = viewport["width"]
    desk = sit_down(office.coordinator, viewport)
    desk.open_complaint(complaint)
    picture(desk.page, f"33-terbit-{width}")
    desk.choose("Koreksi jawaban")
    desk.page.get_by_label("Apa yang dikoreksi").fill("Tanggal perbaikan semula keliru.")
    picture(desk.page, f"34-koreksi-{width}")
    desk.confirm()
    expect(desk.state).to_have_text("Jawaban sedang dikoreksi")

    editor = sit_down(office.editor, viewport).edit(complaint)
    editor.rewrite_answer("Lampu sudah kami ganti pada hari Selasa.")
    picture(editor.page, f"35-penyunting-koreksi-{width}")
    editor.pass_on("Sudah disunting: teruskan ke koordinator")
    desk.edit(complaint).pass_on("Terbitkan di situs web")

    page = open_page(viewport)
    page.goto(page_of(complaint).address)
    expect(page.locator(".answer")).to_contain_text("Tanggal perbaikan semula keliru.")
    expect(page.locator(".answer")).to_contain_text("pada hari Selasa")
    picture(page, f"36-dikoreksi-{width}")
