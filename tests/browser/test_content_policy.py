"""The admin under its strict policy, in a real browser: every kind of screen works without an
inline script, and one that was smuggled in doesn't run."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image
from playwright.sync_api import expect
from wagtail.images import get_image_model
from wagtail.models import Site, Workflow

from home.models import HomePage
from pengaduan_app.models import AgencyPage
from pengaduan_app.procedure.sop import State
from tests.support.crowd import superuser
from tests.support.process import page_of

# Wagtail's picture cropper asks by an empty attribute whether there is a touch screen. The browser
# refuses, reports it, and the answer is the same: no.
TOUCH_TEST = re.compile(r"^script-src-attr inline .*jquery\.Jcrop")
SMUGGLED = "<script>window.ran = 'script'</script><img src=x onerror=\"window.ran = 'attribute'\">"


class Watch:
    """All that the browser refuses by a policy, and all errors of scripts."""

    REPORT = """document.addEventListener("securitypolicyviolation", (e) =>
        window.refused(`${e.effectiveDirective} ${e.blockedURI} ${e.sourceFile}`))"""

    def __init__(self, page):
        self.page, self.refused, self.errors = page, [], []
        page.context.expose_binding(
            "refused", lambda source, what: self.refused.append((source["frame"].url, what))
        )
        page.context.add_init_script(self.REPORT)
        page.on("pageerror", lambda error: self.errors.append((page.url, str(error))))
        page.on("dialog", lambda dialog: dialog.accept())

    def problems(self) -> list:
        """What is no touch test."""
        return [row for row in self.refused if not TOUCH_TEST.match(row[1])] + self.errors


@pytest.fixture
def admin(sit_down):
    """A superuser at the desk, who sees every screen."""
    desk = sit_down(superuser())
    desk.watch = Watch(desk.page)
    return desk


@pytest.fixture
def picture_in_library(office):
    content = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(content, "PNG")
    return get_image_model().objects.create(
        title="Gambar uji", file=ContentFile(content.getvalue(), name="uji.png")
    )


def screens(complaint, picture) -> list[str]:
    """One address of each kind of screen."""
    page, section = page_of(complaint), AgencyPage.objects.first()
    workflow, snippets = Workflow.objects.first().pk, "snippets/pengaduan_app"
    return [
        *(f"pages/{HomePage.objects.get().pk}/edit/", f"pages/{page.pk}/edit/"),
        *("", "pages/", f"pages/{section.pk}/", f"pages/{section.pk}/edit/", "pages/search/?q=x"),
        *(f"pages/{page.pk}/{view}/" for view in ("history", "usage", "view_draft", "privacy")),
        *(f"pages/{page.pk}/{view}/" for view in ("workflow_history", "copy", "delete", "move")),
        f"pages/{page.pk}/revisions/compare/earliest...latest/",
        *("complaints/", f"complaints/{complaint.pk}/", f"complaints/{complaint.pk}/print/"),
        *(f"{snippets}/agency/", f"{snippets}/agency/add/", f"{snippets}/cannedanswer/add/"),
        *(f"{snippets}/{kind}/add/" for kind in ("dayoff", "hoursperiod", "steplimit")),
        *("images/", "images/add/", f"images/{picture.pk}/", "images/multiple/add/"),
        *("documents/", "documents/add/", "documents/multiple/add/", "collections/"),
        *("reports/site-history/", "reports/workflow/", "reports/page-types-usage/"),
        *("reports/complaints/on-time/", "reports/complaints/recap/"),
        *("registers/steps/", "registers/reminders/", "registers/outbox/", "registers/vault/"),
        *("workflows/list/", f"workflows/edit/{workflow}/", "workflows/tasks/index/"),
        *("users/", "users/new/", "groups/", "groups/new/", "redirects/add/", "account/"),
        f"sites/edit/{Site.objects.get().pk}/",
    ]


def test_no_screen_of_the_admin_needs_what_the_policy_refuses(office, admin, picture_in_library):
    complaint = office.complaint(to=State.ENTRY)
    for address in screens(complaint, picture_in_library):
        answer = admin.page.goto(f"/admin/{address}")
        assert answer.status == 200, address
    assert admin.watch.problems() == []


def test_nor_do_the_log_in_and_the_way_to_a_new_password(city, open_page):
    page = open_page()
    watch = Watch(page)
    for address in ("login/", "password_reset/", "password_reset/done/"):
        assert page.goto(f"/admin/{address}").status == 200
    assert watch.problems() == []


def test_the_editor_its_preview_and_its_panels(office, admin):
    complaint = office.complaint(to=State.ENTRY)
    editor = admin.edit(complaint)
    for panel in ("preview", "checks", "status", "comments"):
        editor.open_panel(panel)
    editor.open_panel("preview")
    frame = admin.page.frame_locator("[data-side-panel=preview] iframe").first
    expect(frame.locator("h1")).to_be_visible()
    assert admin.watch.problems() == []


def test_links_and_pictures_are_chosen_in_dialogs(office, sit_down):
    complaint = office.complaint(to=State.ENTRY)
    desk = sit_down(office.operator)
    watch = Watch(desk.page)
    editor = desk.edit(complaint)
    editor.write_answer("Baca di sini ")
    desk.page.keyboard.press("Control+k")
    modal = editor.dialog
    expect(modal).to_be_visible()
    for way in ("Tautan eksternal", "Tautan surel"):
        modal.get_by_role("link", name=way).click()
        expect(modal.locator("form").last).to_be_visible()
    assert watch.problems() == []


def test_a_date_is_picked_and_a_row_added_later_has_its_clock(office, admin):
    page = admin.page
    page.goto("/admin/snippets/pengaduan_app/hoursperiod/add/")
    page.locator("#id_first_day").click()
    expect(page.locator(".xdsoft_datetimepicker:visible .xdsoft_date").first).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("#id_hours-ADD").click()
    row = page.locator("#id_hours-FORMS > *").last
    row.locator("input[name$=-opens]").click()
    expect(page.locator(".xdsoft_datetimepicker:visible .xdsoft_time").first).to_be_visible()
    assert admin.watch.problems() == []


def test_pages_pictures_and_tasks_are_chosen(office, admin, picture_in_library):
    """Each of Wagtail's choosers opens its dialog, and takes what is picked."""
    page = admin.page
    home = HomePage.objects.get().title
    page.goto("/admin/redirects/add/")
    page.locator("#id_redirect_page-chooser .chooser__choose-button").first.click()
    page.locator(".modal.in").get_by_role("link", name=home, exact=True).first.click()
    expect(page.locator("#id_redirect_page-chooser")).to_contain_text(home)
    page.goto("/admin/settings/home/servicesettings/")
    page.locator("#id_logo-chooser .chooser__choose-button").first.click()
    page.locator(".modal.in").get_by_role("link", name="Gambar uji").first.click()
    expect(page.locator("#id_logo-chooser")).to_contain_text("Gambar uji")
    page.goto("/admin/workflows/add/")
    page.locator("#id_workflow_tasks-ADD").click()
    row = page.locator("#id_workflow_tasks-FORMS > *").last
    row.locator(".chooser__choose-button").first.click()
    expect(page.locator(".modal.in a[href*=task_chooser]").first).to_be_visible()
    assert admin.watch.problems() == []


def test_a_smuggled_script_does_not_run_and_one_with_the_nonce_does(office, admin):
    """As if somebody had stored HTML that Wagtail shows unescaped."""
    nonces = []

    def smuggle(route):
        answer = route.fetch()
        policy = answer.headers["content-security-policy"]
        nonces.append(re.search(r"'nonce-([^']+)'", policy)[1])
        ours = f"<script nonce='{nonces[-1]}'>window.ours = true</script>"
        body = answer.text().replace("</body>", SMUGGLED + ours + "</body>")
        route.fulfill(response=answer, body=body)

    admin.page.route("**/admin/account/", smuggle)
    for _visit in range(2):
        admin.page.goto("/admin/account/")
        assert admin.page.evaluate("[window.ran, window.ours]") == [None, True]
    assert len(set(nonces)) == 2
    kinds = {what.split()[0] for _address, what in admin.watch.refused}
    assert kinds == {"script-src-elem", "script-src-attr"}
