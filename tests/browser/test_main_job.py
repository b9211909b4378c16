"""The main job, from the citizen's phone to the public answer, by the buttons people press."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from pengaduan_app.models import Attachment, Complaint
from pengaduan_app.procedure.sop import Step
from tests.support.process import ledger_of

from .conftest import PHONE
from .pages import CitizenForm, Desk, fits, track

SUBJECT = "Lampu jalan padam di depan balai kelurahan"
BODY = "Sudah tiga malam lampu jalan di depan balai kelurahan padam dan jalannya gelap."
ANSWER = "Lampu sudah kami ganti. Keterangan lebih lanjut di 0321 555 0123."
CLEAN_ANSWER = "Lampu sudah kami ganti malam ini juga."


def photo_with_place() -> dict:
    """A JPEG as a telephone makes it: with the place where it was taken."""
    exif = Image.Exif()
    exif[0x8825] = {1: "S", 2: (7.0, 28.0, 12.0), 3: "E", 4: (112.0, 26.0, 1.0)}
    buffer = io.BytesIO()
    Image.new("RGB", (640, 480), "#345").save(buffer, "JPEG", exif=exif)
    assert Image.open(io.BytesIO(buffer.getvalue())).getexif().get_ifd(0x8825)
    return {"name": "lampu.jpg", "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


@pytest.fixture
def walk(open_page, office, picture):
    return Walk(open_page, office, picture)


class Walk:
    """One complaint on its way; each method is one person's turn."""

    def __init__(self, open_page, office, picture):
        self.open_page, self.office = open_page, office
        self.picture = picture
        self.complaint = None
        self.ticket = self.code = ""

    def arrive(self, user) -> Desk:
        """Somebody comes to work: a fresh browser, and in by the login page."""
        desk = Desk(self.open_page())
        desk.log_in(user)
        return desk

    def citizen_complains(self):
        page = self.open_page(PHONE)
        form = CitizenForm(page)
        self.picture(page, "01-lapor")
        assert fits(page)
        form.fill(
            subject=SUBJECT,
            body=BODY,
            name="Wulan Misalnya Sari",
            phone="081299990001",
            agency=self.office.agency.name,
            photo=photo_with_place(),
        )
        self.ticket, self.code = form.send()
        self.picture(page, "02-tanda-terima")
        assert fits(page)
        self.complaint = Complaint.objects.get(ticket=self.ticket)

    def operator_verifies_and_forwards(self):
        desk = self.arrive(self.office.operator)
        self.picture(desk.page, "03-beranda-operator")
        desk.open_my_step(self.complaint)
        self.picture(desk.page, "04-pengaduan")
        desk.choose("Verifikasi")
        self.picture(desk.page, "05-verifikasi")
        desk.confirm()
        desk.come_back(self.complaint)
        expect(desk.state).to_have_text("Terverifikasi")
        desk.choose("Teruskan ke pejabat")
        desk.page.get_by_label("Pejabat terkait").select_option(
            label=self.office.official.get_full_name()
        )
        self.picture(desk.page, "06-teruskan")
        desk.confirm()
        desk.come_back(self.complaint)
        expect(desk.state).to_have_text("Sedang ditelaah")
        self.picture(desk.page, "07-diteruskan")

    def official_answers(self):
        desk = self.arrive(self.office.official)
        desk.open_my_step(self.complaint)
        editor = desk.open_answer_page()
        editor.write_answer(ANSWER)
        editor.save()
        self.picture(desk.page, "08-penyunting-pejabat")
        editor.open_menu()
        self.picture(desk.page, "09-menu-pejabat", full_page=False)
        editor.pass_on("Laporkan ke pimpinan", open_menu=False)
        self.picture(desk.page, "10-dilaporkan")

    def head_approves(self):
        desk = self.arrive(self.office.head)
        desk.open_my_step(self.complaint)
        desk.open_answer_page().pass_on("Berikan jawaban tertulis ini")

    def operator_enters(self):
        desk = self.arrive(self.office.operator)
        desk.open_my_step(self.complaint)
        desk.open_answer_page().pass_on("Entri jawaban untuk Humas")

    def editor_is_stopped_by_the_number_and_removes_it(self):
        desk = self.arrive(self.office.editor)
        desk.open_my_step(self.complaint)
        editor = desk.open_answer_page()
        editor.press("Sudah disunting: teruskan ke koordinator")
        error = desk.page.get_by_text(
            "Teks masih memuat nomor telepon (0321 555 0123). Hapus dulu."
        )
        expect(error).to_be_visible()
        self.picture(desk.page, "11-nomor-telepon")
        editor.rewrite_answer(CLEAN_ANSWER)
        editor.pass_on("Sudah disunting: teruskan ke koordinator")

    def coordinator_publishes(self):
        desk = self.arrive(self.office.coordinator)
        desk.open_my_step(self.complaint)
        desk.open_answer_page().pass_on("Terbitkan di situs web")
        self.picture(desk.page, "12-diterbitkan")

    def everybody_reads_it(self):
        page = self.open_page(PHONE)
        page.goto("/pengaduan/")
        self.picture(page, "13-daftar")
        page.get_by_role("link", name=SUBJECT).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(SUBJECT)
        expect(page.get_by_text(BODY)).to_be_visible()
        expect(page.get_by_text(CLEAN_ANSWER)).to_be_visible()
        self.picture(page, "14-jawaban")
        assert fits(page)
        assert "555 0123" not in page.content()

    def citizen_finds_the_answer(self):
        page = self.open_page(PHONE)
        track(page, self.ticket, self.code)
        expect(page.get_by_text(CLEAN_ANSWER)).to_be_visible()
        self.picture(page, "15-lacak")
        assert fits(page)


def test_a_complaint_is_sent_handled_published_and_found_again(walk):
    walk.citizen_complains()
    walk.operator_verifies_and_forwards()
    walk.official_answers()
    walk.head_approves()
    walk.operator_enters()
    walk.editor_is_stopped_by_the_number_and_removes_it()
    walk.coordinator_publishes()
    walk.everybody_reads_it()
    walk.citizen_finds_the_answer()
    assert [step for step, _outcome in ledger_of(walk.complaint)] == [
        Step.A1,
        Step.A2,
        Step.A5,
        Step.A6,
        Step.A8,
        Step.B1,
        Step.B2,
    ]
    kept = Image.open(Attachment.objects.get(complaint=walk.complaint).file)
    assert not kept.getexif()
