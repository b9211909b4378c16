"""The ways beside the main job, in the browser: back, sideways, at once, and too late."""

from __future__ import annotations

from playwright.sync_api import expect

from pengaduan_app import actions
from pengaduan_app.models import CannedAnswer, Complaint
from pengaduan_app.procedure.sop import Role, State
from tests.support.factories import AgencyFactory, staff, submit
from tests.support.process import ledger_of, page_of, write_answer

from .conftest import PHONE
from .pages import CitizenForm, fits, track


def test_the_head_sends_back_with_a_reason(office, sit_down, picture):
    complaint = office.complaint(to=State.DECISION)
    desk = sit_down(office.head)
    editor = desk.edit(complaint)
    editor.press("Kembalikan ke pejabat")
    picture(desk.page, "20-kembalikan", full_page=False)
    editor.confirm_dialog()
    expect(editor.dialog.locator(".error-message")).to_be_visible()
    editor.dialog.get_by_label("Apa yang harus diubah").fill("Sebutkan tanggal perbaikannya.")
    editor.confirm_dialog()
    editor.leave()
    complaint.refresh_from_db()
    assert complaint.state == State.STUDY

    desk = sit_down(office.official)
    desk.open_my_step(complaint)
    expect(desk.page.get_by_text("Sebutkan tanggal perbaikannya.")).to_be_visible()
    picture(desk.page, "21-dikembalikan")


def test_a_confidential_complaint_is_sent_back_once_and_answered_to_its_reporter_alone(
    office, sit_down, open_page, picture
):
    receipt = submit(office.agency, confidential=True)
    complaint = office.advance(receipt.complaint, State.PUBLICATION)
    desk = sit_down(office.coordinator)
    desk.open_my_step(complaint)
    editor = desk.open_answer_page()
    assert not editor.is_locked
    editor.press("Kembalikan ke redaktur")
    editor.dialog.get_by_label("Apa yang harus diubah").fill("Sebutkan tanggal perbaikannya.")
    editor.confirm_dialog()
    editor.leave()

    editor = sit_down(office.editor).edit(complaint)
    editor.rewrite_answer("Lampu sudah kami ganti pada hari Senin.")
    editor.pass_on("Sudah disunting: teruskan ke koordinator")

    editor = desk.edit(complaint)
    editor.open_menu()
    picture(desk.page, "20-rahasia", full_page=False)
    expect(desk.page.get_by_role("button", name="Terbitkan di situs web")).to_have_count(0)
    editor.pass_on("Jawab hanya kepada pelapor", open_menu=False)
    complaint.refresh_from_db()
    assert complaint.state == State.ANSWERED_PRIVATELY
    page = open_page(PHONE)
    track(page, complaint.ticket, receipt.code)
    expect(page.get_by_text("Lampu sudah kami ganti pada hari Senin.")).to_be_visible()


def test_the_head_calls_another_agency_and_its_official_helps(office, sit_down, picture):
    other = AgencyFactory(name="Dinas Penerangan Rekaan", short_name="DPR")
    helper = staff(Role.OFFICIAL, other)
    complaint = office.complaint(to=State.DECISION)
    desk = sit_down(office.head)
    editor = desk.edit(complaint)
    editor.press("Koordinasi dengan perangkat daerah lain")
    editor.dialog.get_by_label(other.name).check()
    editor.dialog.get_by_label("Apa yang Anda minta dari mereka").fill("Siapa pemilik tiangnya?")
    picture(desk.page, "22-koordinasi", full_page=False)
    editor.confirm_dialog()
    editor.leave()
    complaint.refresh_from_db()
    assert complaint.state == State.COORDINATION

    desk = sit_down(helper)
    desk.open_complaint(complaint)
    asked = desk.page.locator(".help-info")
    expect(asked.get_by_text("Siapa pemilik tiangnya?")).to_be_visible()
    expect(asked.get_by_text("Tulis masukan Anda pada halaman jawaban, atau")).to_be_visible()
    editor = desk.open_answer_page()
    editor.write_answer("Tiangnya milik kami. ")
    editor.save()
    assert "Tiangnya milik kami." in page_of(complaint).get_latest_revision_as_object().answer


def test_the_operator_answers_at_once_from_a_template(office, sit_down, picture):
    CannedAnswer.objects.create(title="Jam layanan", body="<p>Kami buka pukul 07.30.</p>")
    complaint = office.complaint(to=State.VERIFIED)
    desk = sit_down(office.operator)
    desk.open_my_step(complaint)
    desk.choose("Jawab langsung")
    desk.page.get_by_text("Mulai dari templat jawaban").click()
    desk.page.get_by_role("link", name="Jam layanan").click()
    expect(desk.page.locator("[role=textbox]")).to_contain_text("Kami buka pukul 07.30.")
    picture(desk.page, "23-jawab-langsung")
    desk.confirm()
    desk.come_back(complaint)
    expect(desk.state).to_have_text("Sedang disunting Humas")
    draft = page_of(complaint).get_latest_revision_as_object()
    assert "Kami buka pukul 07.30." in draft.answer


def test_of_two_operators_the_later_one_keeps_what_she_wrote(office, sit_down, picture):
    complaint = office.complaint(to=State.VERIFIED)
    later = sit_down(staff(Role.OPERATOR, office.agency))
    later.open_complaint(complaint)
    later.choose("Laporkan salah alamat")
    later.page.get_by_label("Mengapa di luar tupoksi").fill("Tiang itu milik dinas lain.")

    first = sit_down(office.operator)
    first.open_complaint(complaint)
    first.choose("Teruskan ke pejabat")
    first.confirm()
    first.come_back(complaint)
    expect(first.state).to_have_text("Sedang ditelaah")
    actions.misrouted(complaint.pk, office.operator, "Keliru.")

    later.confirm()
    refusal = later.page.get_by_text("tidak dapat dilakukan sekarang: pengaduan ini berstatus")
    expect(refusal).to_be_visible()
    picture(later.page, "24-terlambat")
    expect(later.page.get_by_label("Mengapa di luar tupoksi")).to_have_value(
        "Tiang itu milik dinas lain."
    )
    complaint.refresh_from_db()
    assert complaint.state == State.ROUTING
    assert [outcome for _step, outcome in ledger_of(complaint)][-1] == ""


def test_of_two_officials_the_later_one_cannot_pass_on_again(office, sit_down, picture):
    complaint = office.complaint(to=State.STUDY)
    write_answer(complaint, office.official)
    later = sit_down(staff(Role.OFFICIAL, office.agency))
    editor = later.edit(complaint)
    sit_down(office.official).edit(complaint).pass_on("Laporkan ke pimpinan")

    editor.press("Laporkan ke pimpinan")
    expect(later.messages).to_be_visible()
    picture(later.page, "25-pejabat-terlambat")
    complaint.refresh_from_db()
    assert complaint.state == State.DECISION
    assert len(ledger_of(complaint)) == 4


def test_a_citizen_without_javascript_complains_and_follows_up(office, open_page, picture):
    page = open_page(PHONE, java_script_enabled=False)
    form = CitizenForm(page)
    body = "Selokan di depan pasar tersumbat sejak hari Senin."
    form.fill(subject="Selokan tersumbat", body=body, name="Wulan Misalnya", phone="")
    page.locator("form.form button[type=submit]").click()
    expect(page.locator("#id_phone")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#id_body")).to_have_value(body)
    picture(page, "26-lapor-keliru")
    page.locator("#id_phone").fill("081299990001")
    ticket, code = form.send()
    assert Complaint.objects.get(ticket=ticket).subject == "Selokan tersumbat"
    track(page, ticket, code)
    expect(page.get_by_role("heading", level=1)).to_have_text(ticket)
    picture(page, "27-lacak-tanpa-js")


def test_only_the_person_whose_step_it_is_locks_the_page(office, sit_down, picture):
    complaint = office.complaint(to=State.STUDY)
    desk = sit_down(office.official)
    editor = desk.edit(complaint)
    switch = editor.open_panel("status").locator(".switch")
    switch.click()
    expect(desk.messages).to_contain_text("dikunci")
    picture(desk.page, "28-dikunci", full_page=False)
    colleague = sit_down(staff(Role.OFFICIAL, office.agency)).edit(complaint)
    assert colleague.is_locked

    editor = desk.edit(complaint)
    editor.page.locator("[data-side-panel=status] .switch").click()
    expect(desk.messages).to_contain_text("telah dibuka")
    assert not page_of(complaint).locked
    reader = sit_down(office.head).edit(complaint)
    assert reader.is_locked
    expect(reader.page.locator("[data-side-panel=status] .switch")).to_have_count(0)


def test_a_comment_reaches_the_next_person(office, sit_down, picture):
    complaint = office.complaint(to=State.STUDY)
    write_answer(complaint, office.official)
    desk = sit_down(office.official)
    editor = desk.edit(complaint)
    editor.open_panel("comments")
    field = desk.page.locator("[data-contentpath=question]")
    field.hover()
    field.locator("[data-comment-add]").click()
    desk.page.get_by_placeholder("Tulis komentar Anda").fill("Mohon periksa alamatnya.")
    desk.page.get_by_role("button", name="Komentar", exact=True).click()
    picture(desk.page, "29-komentar", full_page=False)
    editor.save()
    desk.edit(complaint).pass_on("Laporkan ke pimpinan")

    desk = sit_down(office.head)
    desk.edit(complaint).open_panel("comments")
    expect(desk.page.get_by_text("Mohon periksa alamatnya.")).to_be_visible()


def test_the_public_pages_fit_a_telephone(office, open_page):
    office.complaint(to=State.PUBLISHED)
    page = open_page(PHONE)
    for address in ("/", "/lapor/", "/lacak/", "/pengaduan/", "/cari/?q=lampu"):
        page.goto(address)
        assert fits(page), address


def test_a_template_asks_before_it_takes_the_place_of_an_answer(office, sit_down):
    CannedAnswer.objects.create(title="Jam layanan", body="<p>Kami buka pukul 07.30.</p>")
    desk = sit_down(office.operator)
    desk.open_complaint(office.complaint(to=State.VERIFIED))
    desk.choose("Jawab langsung")
    box = desk.page.locator("[role=textbox]")
    box.click()
    desk.page.keyboard.type("Sudah kami tulis sendiri.")
    desk.page.get_by_text("Mulai dari templat jawaban").click()
    desk.page.once("dialog", lambda dialog: dialog.dismiss())
    desk.page.get_by_role("link", name="Jam layanan").click()
    expect(box).to_contain_text("Sudah kami tulis sendiri.")
    desk.page.once("dialog", lambda dialog: dialog.accept())
    desk.page.get_by_role("link", name="Jam layanan").click()
    expect(box).to_contain_text("Kami buka pukul 07.30.")
