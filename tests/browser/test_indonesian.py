"""Staff meet no English: every screen of every role, with its menus, panels and errors."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import expect

from pengaduan_app.models import CannedAnswer, DayOff
from pengaduan_app.procedure.sop import Action, Role, State
from tests.support.factories import CategoryFactory, VillageFactory
from tests.support.process import page_of, write_answer

from .english import english_on
from .pages import Editor

REPORTS = ("locked", "workflow", "workflow_tasks", "site-history", "aging-pages")
REFERENCES = ("agency", "category", "village", "cannedanswer", "officehours", "dayoff")
# In which state each role finds a complaint of its own to work on.
TURN = {
    Role.OPERATOR: State.ENTRY,
    Role.OFFICIAL: State.STUDY,
    Role.HEAD: State.DECISION,
    Role.EDITOR: State.EDITING,
    Role.COORDINATOR: State.PUBLICATION,
    Role.ADMIN: State.ROUTING,
}
DESK_FORMS = {
    State.RECEIVED: (Action.DECLINE, Action.REFER, Action.DUPLICATE, Action.VERIFY),
    State.VERIFIED: (Action.FORWARD, Action.ANSWER, Action.MISROUTED),
}
SUBMIT = ".pgd-form [type=submit]"
PAGE_ROLES = [role for role in Role if role != Role.ADMIN]


class Reader:
    """Goes from screen to screen and notes every text with English in it."""

    def __init__(self, page):
        self.page = page
        self.findings: list[tuple[str, str]] = []

    def read(self, screen: str) -> None:
        self.page.wait_for_load_state()
        self.findings += [(screen, text) for text in english_on(self.page)]

    def visit(self, *addresses: str, found: bool = True) -> None:
        for address in addresses:
            assert self.page.goto(address).ok is found, address
            self.read(address)

    def visit_all(self, template: str, values) -> None:
        self.visit(*(template.format(value) for value in values))

    def press_empty(self, address: str, button: str) -> None:
        """Send a form with nothing filled in, for its error messages."""
        self.page.goto(address)
        self.page.locator(button).first.click()
        expect(
            self.page.locator("[aria-invalid=true]:visible, .error-message:visible").first
        ).to_be_visible()
        self.read(f"{address} empty")

    def check(self) -> None:
        lines = sorted({f"{screen}: {text}" for screen, text in self.findings})
        assert not lines, "English on the screen:\n" + "\n".join(lines)


@pytest.fixture
def read_as(sit_down):
    """`read_as(person)`: a reader before that person's screens."""
    return lambda user: Reader(sit_down(user).page)


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_home_lists_reports_and_account(role, office, read_as):
    complaint = office.complaint(to=TURN[role])
    reader = read_as(office.person(role))
    reader.visit("/admin/", f"/admin/complaints/{complaint.pk}/", "/admin/account/")
    reader.visit("/admin/complaints/?state=received&q=lampu", "/admin/pages/search/?q=lampu")
    reader.visit_all("/admin/reports/{}/", REPORTS)
    reader.visit("/admin/tidak-ada/", "/admin/complaints/999999/", found=False)
    reader.check()


@pytest.mark.parametrize("role", PAGE_ROLES, ids=str)
def test_explorer_editor_and_history(role, office, read_as):
    complaint = office.complaint(to=TURN[role])
    page = page_of(complaint)
    reader = read_as(office.person(role))
    reader.visit("/admin/pages/", f"/admin/pages/{page.get_parent().pk}/")
    reader.visit(f"/admin/pages/{page.pk}/history/", f"/admin/pages/{page.pk}/usage/")
    reader.visit(f"/admin/pages/{page.pk}/workflow_history/")
    reader.visit(f"/admin/pages/{page.pk}/edit/")
    editor = Editor(reader.page)
    for panel in ("status", "preview", "checks", "comments"):
        editor.open_panel(panel)
        reader.read(f"editor, panel {panel}")
    editor.open_menu()
    reader.read("editor, drop-up")
    reader.page.locator("[data-workflow-action-name=send_back]").click()
    editor.confirm_dialog()
    expect(editor.dialog.locator(".error-message").first).to_be_visible()
    reader.read("workflow dialog, empty")
    reader.check()


def test_the_complaint_and_its_forms(office, read_as):
    office.complaint(to=State.STUDY)
    reader = read_as(office.operator)
    reader.page.goto("/admin/complaints/")
    reader.page.get_by_role("button", name="Tampilkan filter").first.click()
    reader.read("complaints, filters")
    for state, forms in DESK_FORMS.items():
        complaint = office.complaint(to=state)
        reader.visit(f"/admin/complaints/{complaint.pk}/")
        for action in forms:
            reader.visit(f"/admin/complaints/{complaint.pk}/{action.value}/")
    for action in ("misrouted", "reveal"):
        reader.press_empty(f"/admin/complaints/{complaint.pk}/{action}/", SUBMIT)
    reader.page.locator("textarea").fill("Menanyakan letak rumahnya.")
    reader.page.locator(SUBMIT).click()
    reader.read("reveal")
    reader.visit(f"/admin/complaints/{complaint.pk}/print/")
    reader.visit(f"/admin/complaints/{complaint.pk}/transfer/", found=False)
    reader.check()


def test_every_end_of_a_complaint(office, read_as):
    reader = read_as(office.coordinator)
    for state in (State.PUBLISHED, State.ANSWERED_PRIVATELY, State.DECLINED, State.REFERRED):
        complaint = office.complaint(to=state)
        reader.visit(f"/admin/complaints/{complaint.pk}/")
    page = page_of(office.complaint(to=State.PUBLISHED))
    reader.visit(f"/admin/pages/{page.pk}/edit/", f"/admin/pages/{page.pk}/unpublish/")
    reader.visit(f"/admin/pages/{page.pk}/history/", "/admin/pages/", "/admin/reports/workflow/")
    reader.check()


def test_compared_revisions_and_the_workflow_in_detail(office, read_as):
    complaint = office.complaint(to=State.EDITING)
    write_answer(complaint, office.editor, "<p>Lampu sudah menyala lagi.</p>")
    page = page_of(complaint)
    reader = read_as(office.editor)
    reader.visit(f"/admin/pages/{page.pk}/revisions/compare/earliest...latest/")
    workflow = page.current_workflow_state
    reader.visit(f"/admin/pages/{page.pk}/workflow_history/detail/{workflow.pk}/")
    first = page.revisions.order_by("pk").first()
    reader.visit(f"/admin/pages/{page.pk}/revisions/{first.pk}/revert/")
    reader.check()


def test_rich_text_its_links_and_a_comment(office, read_as):
    complaint = office.complaint(to=State.EDITING)
    reader = read_as(office.editor)
    reader.page.goto(f"/admin/pages/{page_of(complaint).pk}/edit/")
    editor = Editor(reader.page)
    editor.answer.click()
    reader.page.keyboard.press("/")
    expect(reader.page.get_by_role("listbox").first).to_be_visible()
    reader.read("rich text, commands")
    reader.page.keyboard.press("Backspace")
    reader.page.keyboard.press("Control+A")
    reader.page.locator("button[name=LINK]").first.click()
    expect(editor.dialog.locator(".link-types")).to_be_visible()
    reader.read("page chooser")
    for kind in ("external", "email", "phone", "anchor"):
        editor.dialog.locator(f".link-types a[href*=choose-{kind}-link]").click()
        expect(editor.dialog.locator("form [type=submit]").last).to_be_visible()
        editor.dialog.locator("form [type=submit]").last.click()
        expect(editor.dialog.locator(".error-message").first).to_be_visible()
        reader.read(f"link to {kind}")
    reader.check()


def test_a_comment_and_an_editor_with_errors(office, read_as):
    complaint = office.complaint(to=State.EDITING)
    reader = read_as(office.editor)
    reader.page.goto(f"/admin/pages/{page_of(complaint).pk}/edit/")
    editor = Editor(reader.page)
    editor.open_panel("comments")
    field = reader.page.locator("[data-contentpath=question]")
    field.hover()
    field.locator("[data-comment-add]").click()
    reader.read("comment, new")
    reader.page.get_by_placeholder("Tulis komentar Anda").fill("Mohon diperiksa.")
    reader.page.get_by_role("button", name="Komentar", exact=True).click()
    reader.read("comment, added")
    reader.page.locator("#id_title").fill("")
    editor.press("Sudah disunting: teruskan ke koordinator")
    expect(reader.page.locator(".error-message").first).to_be_visible()
    reader.read("editor, errors")
    reader.page.keyboard.press("Shift+?")
    reader.read("keyboard shortcuts")
    reader.check()


def test_the_administrator_s_reference_data(office, read_as):
    CategoryFactory()
    VillageFactory()
    CannedAnswer.objects.create(title="Jam layanan", body="<p>Pukul 07.30.</p>")
    DayOff.objects.create(date=date(2026, 6, 20), name="Hari jadi kota")
    reader = read_as(office.admin)
    for name in REFERENCES:
        base = f"/admin/snippets/pengaduan_app/{name}/"
        reader.visit(base, f"{base}add/")
        reader.press_empty(f"{base}add/", "footer [type=submit]")
        reader.page.goto(base)
        reader.page.locator("table a[href*='/edit/']").first.click()
        reader.page.wait_for_url("**/edit/**")
        reader.read(f"{base}edit/")
        reader.page.locator("footer [type=submit]").first.click()
        expect(reader.page.locator(".messages .success")).to_be_visible()
        reader.read(f"{base} saved")
        edit = reader.page.locator("table a[href*='/edit/']").first.get_attribute("href")
        reader.visit(edit.replace("/edit/", "/history/"), edit.replace("/edit/", "/usage/"))
    for name in ("hoursperiod", "steplimit"):
        base = f"/admin/snippets/pengaduan_app/{name}/"
        reader.visit(base, f"{base}add/")
        reader.press_empty(f"{base}add/", "footer [type=submit]")
    transfer = office.complaint(to=State.ROUTING)
    reader.press_empty(f"/admin/complaints/{transfer.pk}/transfer/", SUBMIT)
    reader.check()


def test_logging_in_and_out(office, open_page):
    reader = Reader(open_page())
    reader.visit("/admin/login/", "/admin/password_reset/")
    reader.visit("/tidak-ada/", found=False)
    reader.press_empty("/admin/login/", "[type=submit]")
    reader.page.goto("/admin/login/")
    reader.page.get_by_label("Nama pengguna").fill("bukan-siapa-siapa")
    reader.page.get_by_label("Kata sandi").fill("keliru")
    reader.page.get_by_role("button", name="Masuk").click()
    expect(reader.page.locator(".messages .error")).to_be_visible()
    reader.read("login refused")
    reader.check()


def test_the_account_and_the_way_out(office, read_as):
    reader = read_as(office.operator)
    reader.page.goto("/admin/account/")
    reader.page.locator("#id_password-old_password").fill("keliru")
    reader.page.locator("#id_password-new_password1").fill("pendek")
    reader.page.locator("#id_password-new_password2").fill("beda")
    reader.page.locator("footer [type=submit]").first.click()
    expect(reader.page.locator(".error-message").first).to_be_visible()
    reader.read("account, errors")
    reader.page.goto("/admin/")
    reader.page.locator(".sidebar-footer button, .sidebar-footer__button").first.click()
    reader.read("sidebar, account menu")
    reader.page.get_by_role("button", name="Keluar").click()
    expect(reader.page.locator(".login-form")).to_be_visible()
    reader.read("logged out")
    reader.check()
