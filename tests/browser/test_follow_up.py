"""The citizen's second visit, in the browser: rate the answer, have it reopened, talk."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from pengaduan_app.procedure.sop import State
from tests.support.citizen import code_of
from tests.support.process import is_in_step, page_of

from .conftest import DESKTOP, PHONE
from .pages import fits, track


def panel(page, word: str):
    """Unfold one of the forms of the tracking page, where it isn't unfolded yet."""
    found = page.locator(f"details#{word}")
    if found.get_attribute("open") is None:
        found.locator("summary").click()
    return found


def send(page, word: str) -> None:
    page.locator(f"details#{word} button[type=submit]").click()
    expect(page.locator(".note[role=status]")).to_be_visible()


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_citizen_rates_the_answer_and_has_it_reopened(
    office, open_page, picture, size, scripts
):
    complaint = office.complaint(to=State.PUBLISHED)
    page = open_page(size, java_script_enabled=scripts)
    track(page, complaint.ticket, code_of(complaint))
    rating = panel(page, "nilai")
    rating.locator("input[value='2']").check()
    rating.locator("textarea").fill("Lampunya padam lagi.")
    send(page, "nilai")
    reopening = panel(page, "buka-lagi")
    reopening.locator("textarea").fill("Sejak semalam lampunya padam lagi.")
    picture(page, f"40-buka-kembali-{size['width']}")
    send(page, "buka-lagi")
    expect(page.locator(".thread > li")).to_have_count(2)
    expect(page.locator("details#buka-lagi")).to_have_count(0)
    picture(page, f"41-dibuka-kembali-{size['width']}")
    if scripts:
        assert fits(page)
    assert is_in_step(complaint)
    assert complaint.state == State.STUDY
    assert page_of(complaint).live
    page.goto(page_of(complaint).get_url())
    expect(page.locator(".answer")).to_be_visible()


def test_the_official_asks_and_the_citizen_answers(office, open_page, sit_down, picture):
    complaint = office.complaint(to=State.STUDY)
    desk = sit_down(office.official)
    desk.open_complaint(complaint)
    desk.page.locator(f".pgd-actions a[href$='/{complaint.pk}/ask/']").click()
    desk.page.locator("textarea[name=question]").fill("Lampu yang mana tepatnya?")
    desk.confirm()
    expect(desk.page.locator(".pgd-entry-staff")).to_contain_text("Lampu yang mana tepatnya?")

    page = open_page(PHONE)
    track(page, complaint.ticket, code_of(complaint))
    expect(page.locator(".thread-agency")).to_contain_text("Lampu yang mana tepatnya?")
    panel(page, "jawab").locator("textarea").fill("Yang di sebelah timur balai.")
    picture(page, "42-jawab-pertanyaan")
    send(page, "jawab")
    assert fits(page)
    desk.open_complaint(complaint)
    expect(desk.page.locator(".pgd-entry-reporter")).to_contain_text("sebelah timur")
    picture(desk.page, "43-percakapan-di-meja")


def test_what_was_typed_survives_the_end_of_the_half_hour(office, open_page):
    complaint = office.complaint(to=State.STUDY)
    code = code_of(complaint)
    page = open_page(PHONE)
    track(page, complaint.ticket, code)
    panel(page, "tambah").locator("textarea").fill("Tulisan yang panjang sekali.")
    page.context.clear_cookies(name="sessionid")
    page.locator("details#tambah button[type=submit]").click()
    page.locator("#id_code").fill(code)
    page.locator("form.form button[type=submit]").click()
    expect(page.locator("details#tambah textarea")).to_have_value("Tulisan yang panjang sekali.")
    send(page, "tambah")
    assert complaint.thread.get().text == "Tulisan yang panjang sekali."
