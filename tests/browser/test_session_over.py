"""In the browser: an editor writes an answer, the session ends, and the answer isn't lost."""

from __future__ import annotations

from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from pengaduan_app.procedure.sop import State
from tests.support.factories import PASSWORD
from tests.support.process import page_of

from .conftest import DESKTOP, PHONE
from .pages import Editor, fits

WORDS = "Lampu sudah kami ganti pada hari Senin, dan tiangnya kami cat."


def write_and_lose(desk, complaint) -> None:
    """Write an answer in the editor, and press "save" when the session is gone."""
    editor = desk.edit(complaint)
    Session.objects.all().delete()
    editor.rewrite_answer(WORDS)
    editor.press("Simpan draf")
    desk.page.wait_for_url("**/admin/login/**")


def log_in(page, user) -> None:
    page.get_by_label("Nama pengguna").fill(user.get_username())
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()


def test_the_editor_gets_the_answer_back_and_saves_it(office, sit_down, picture):
    complaint = office.complaint(to=State.EDITING)
    desk = sit_down(office.editor)
    write_and_lose(desk, complaint)
    log_in(desk.page, office.editor)
    expect(desk.page.locator("blockquote").get_by_text(WORDS)).to_be_visible()
    picture(desk.page, "sesi-berakhir-1280")
    desk.page.set_viewport_size(PHONE)
    assert fits(desk.page)
    picture(desk.page, "sesi-berakhir-360")
    desk.page.set_viewport_size(DESKTOP)
    desk.page.get_by_role("button", name="Kirim sekarang").click()
    expect(Editor(desk.page).answer).to_contain_text(WORDS)
    assert WORDS in page_of(complaint).get_latest_revision_as_object().answer


def test_another_person_at_the_same_computer_sees_nothing_of_it(office, sit_down):
    complaint = office.complaint(to=State.EDITING)
    desk = sit_down(office.editor)
    write_and_lose(desk, complaint)
    log_in(desk.page, office.coordinator)
    desk.page.wait_for_url("**/admin/")
    expect(desk.page.get_by_text(WORDS)).to_have_count(0)
