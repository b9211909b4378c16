"""The step's button is the main one, a template goes in with a press, and B1 has its check-list."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from pengaduan_app.models import CannedAnswer, ChecklistItem, Complaint
from pengaduan_app.procedure.sop import State
from tests.support.process import page_of, write_answer

from .conftest import DESKTOP, PHONE


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["360", "1280"])
def test_a_template_is_inserted_and_the_check_list_ticked(office, sit_down, picture, viewport):
    CannedAnswer.objects.create(
        title="Sudah ditangani", body="<p>Laporan <b>{tiket}</b> kami tangani [tanggal].</p>"
    )
    ChecklistItem.objects.create(text="Tidak ada data pribadi siapa pun.")
    complaint, width = office.complaint(to=State.ENTRY), viewport["width"]
    desk = sit_down(office.operator, viewport).edit(complaint)
    expect(desk.page.get_by_role("button", name="Entri jawaban untuk Humas")).to_be_visible()
    desk.page.locator(".pgd-help summary").first.click()
    picture(desk.page, f"50-templat-{width}")
    desk.page.get_by_role("button", name="Sisipkan: Sudah ditangani").click()
    expect(desk.answer).to_contain_text(f"Laporan {complaint.ticket} kami tangani [tanggal].")
    # The editor hands its text to the form a moment later.
    field = desk.page.locator("input[name=answer]")
    expect(field).to_have_value(re.compile(re.escape(complaint.ticket)))
    desk.press("Entri jawaban untuk Humas")
    expect(desk.page.get_by_text("masih memuat isian templat").first).to_be_visible()
    desk.rewrite_answer("Lampu sudah kami ganti.")
    desk.pass_on("Entri jawaban untuk Humas")

    complaint.refresh_from_db()
    write_answer(complaint, office.editor, "<p>Lampu sudah kami pasang kembali.</p>")
    editor = sit_down(office.editor, viewport).edit(complaint)
    expect(editor.page.locator(".pgd-changes .addition").first).to_be_visible()
    picture(editor.page, f"51-perbedaan-{width}")
    editor.press("Sudah disunting: teruskan ke koordinator")
    box = editor.dialog.get_by_label("Tidak ada data pribadi siapa pun.")
    box.check()
    picture(editor.page, f"52-daftar-periksa-{width}", full_page=False)
    editor.confirm_dialog()
    editor.leave()
    assert Complaint.objects.get(pk=complaint.pk).state == State.PUBLICATION
    assert page_of(complaint).get_latest_revision_as_object().answer.startswith("<p")
