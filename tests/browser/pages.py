"""The screens as a person meets them: what can be pressed, filled in and read there."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from pengaduan_app.models import ComplaintPage
from tests.support.factories import PASSWORD


class Desk:
    """A member of staff before Wagtail's admin, in a browser of their own."""

    def __init__(self, page: Page):
        self.page = page

    def log_in(self, user) -> None:
        """By the login page, which leads to the home with one's own steps."""
        self.page.goto("/admin/")
        self.page.get_by_label("Nama pengguna").fill(user.get_username())
        self.page.get_by_label("Kata sandi").fill(PASSWORD)
        self.page.get_by_role("button", name="Masuk").click()
        expect(self.page.locator("#my-steps-section, section#my-steps")).to_be_visible()

    def open_my_step(self, complaint) -> None:
        """From the home's panel “Langkah saya” to the complaint."""
        self.page.goto("/admin/")
        panel = self.page.locator("#my-steps-section, section#my-steps")
        panel.get_by_role("link", name=complaint.ticket).click()
        expect(self.page.locator(".pgd-complaint")).to_be_visible()

    def open_complaint(self, complaint) -> None:
        self.page.goto(f"/admin/complaints/{complaint.pk}/")

    def choose(self, action: str) -> None:
        """Press one of the complaint's actions, which opens its form; on a telephone most stand
        under “More”, and the rare ones do everywhere."""
        buttons = self.page.locator(".pgd-actions")
        link = buttons.locator("a", has_text=re.compile(f"^{re.escape(action)}$"))
        link.wait_for(state="attached")
        if not link.is_visible():
            buttons.locator("summary:visible").last.click()
        link.click()

    def confirm(self) -> None:
        """Press the button of an action's form."""
        self.page.locator(".pgd-form button[type=submit]").click()

    def come_back(self, complaint) -> None:
        """After a step's last action: the next of the queue or the home has opened, and says
        what was done; then to the same complaint again."""
        expect(self.messages).to_contain_text(complaint.ticket)
        self.open_complaint(complaint)

    def open_answer_page(self) -> Editor:
        self.choose("Buka halaman jawaban")
        return Editor(self.page)

    def edit(self, complaint) -> Editor:
        """Straight to the page editor of the complaint's answer."""
        page = ComplaintPage.objects.get(complaint=complaint)
        self.page.goto(f"/admin/pages/{page.pk}/edit/")
        return Editor(self.page)

    @property
    def state(self) -> Locator:
        """What the complaint's screen says about where it stands."""
        return self.page.locator(".pgd-state")

    @property
    def messages(self) -> Locator:
        """The sentences at the top of the screen."""
        return self.page.locator(".messages")


class Editor:
    """Wagtail's page editor on a complaint's page."""

    def __init__(self, page: Page):
        self.page = page
        expect(page.locator("[data-edit-form]")).to_be_visible()

    @property
    def question(self) -> Locator:
        return self.page.locator("#id_question")

    @property
    def answer(self) -> Locator:
        return self.page.locator("[data-contentpath=answer] [role=textbox]")

    def write_answer(self, text: str) -> None:
        """Type into the rich text editor, and wait until the form holds it too."""
        self.answer.click()
        self.page.keyboard.type(text)
        expect(self.page.locator("input[name=answer]")).to_have_value(re.compile(re.escape(text)))

    def rewrite_answer(self, text: str) -> None:
        """Put other words in the place of the whole answer."""
        self.answer.click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)
        expect(self.answer).to_have_text(text)
        expect(self.page.locator("input[name=answer]")).to_have_value(re.compile(re.escape(text)))

    def save(self) -> None:
        """Save the draft and wait for the screen that says so."""
        self.press("Simpan draf")
        expect(self.page.locator(".messages .success")).to_be_visible()

    def open_menu(self) -> None:
        """The drop-up beside the main button, which holds the others."""
        self.page.locator("footer .w-dropdown-button .w-dropdown__toggle").click()

    def press(self, label: str, open_menu: bool = True) -> None:
        """Press a button of the footer: the main one, or one out of the drop-up."""
        button = self.page.get_by_role("button", name=label, exact=True)
        if open_menu and not button.is_visible():
            self.open_menu()
        button.click()

    def pass_on(self, label: str, open_menu: bool = True) -> None:
        """The same, and the page leaves the desk: Wagtail goes home and says so."""
        self.press(label, open_menu)
        self.leave()

    def leave(self) -> None:
        """Wait until the page has left the desk."""
        self.page.wait_for_url(lambda address: "/edit/" not in address)
        expect(self.page.locator(".messages .success")).to_be_visible()

    @property
    def dialog(self) -> Locator:
        """Wagtail's modal dialog, where a button asks for something first."""
        return self.page.locator(".modal.in, .modal.show").last

    def confirm_dialog(self) -> None:
        self.dialog.locator("form [type=submit]").click()

    def open_panel(self, name: str) -> Locator:
        """One of the panels at the side: status, preview, checks, comments."""
        self.page.locator(f"[data-side-panel-toggle={name}]").click()
        panel = self.page.locator(f"[data-side-panel={name}]")
        expect(panel).to_be_visible()
        return panel

    @property
    def is_locked(self) -> bool:
        """True when this person can read the page and not change it."""
        return self.page.locator("footer .action-save.button-longrunning").count() == 0


class CitizenForm:
    """`/lapor/`, filled in by a citizen who names no agency of their own accord."""

    def __init__(self, page: Page):
        self.page = page
        page.goto("/lapor/")

    def fill(self, *, subject, body, name, phone="", agency="", photo=None) -> None:
        page = self.page
        page.locator("#id_subject").fill(subject)
        page.locator("#id_body").fill(body)
        page.locator("#id_name").fill(name)
        page.locator("#id_phone").fill(phone)
        if agency:
            page.locator("#id_agency").select_option(label=agency)
        if photo:
            page.locator("#id_attachments").set_input_files(photo)
        page.locator("#id_consent").check()

    def send(self) -> tuple[str, str]:
        """Send it; returns the number and the code that the receipt shows."""
        self.page.locator("form.form button[type=submit]").click()
        shown = self.page.locator("#receipt dl.ticket dd")
        expect(shown).to_have_count(2)
        return shown.nth(0).inner_text().strip(), shown.nth(1).inner_text().strip()


def track(page: Page, ticket: str, code: str) -> None:
    """Follow a complaint up at `/lacak/`."""
    page.goto("/lacak/")
    page.locator("#id_ticket").fill(ticket)
    page.locator("#id_code").fill(code)
    # What is looked at next is the answer, never the page that is just going.
    with page.expect_navigation():
        page.locator("form.form button[type=submit]").click()


def fits(page: Page) -> bool:
    """True when nothing sticks out at the side of the screen."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
