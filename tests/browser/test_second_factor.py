"""The second factor as people meet it: an app, a passkey of a virtual device, small screens."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from pengaduan_app.procedure.sop import Role
from tests.support.factories import PASSWORD, UserFactory
from tests.support.factors import code_now, factors_of, give_app

from .conftest import DESKTOP, PHONE
from .english import english_on

# All of WCAG 2.2 A and AA. The colors are Wagtail's, and its messages are still fading in.
AXE = {
    "rules": {"color-contrast": {"enabled": False}},
    "runOnly": {
        "type": "tag",
        "values": ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"),
    },
}
FACTORS = re.compile(r"/admin/second-factor/$")


@pytest.fixture(autouse=True)
def _asked_for(settings):
    settings.STAFF_SECOND_FACTOR = True
    # A button of single sign-on, as cities have it.
    settings.STAFF_OIDC = {"name": "Akun Kota"}


@pytest.fixture
def operator(city):
    return UserFactory(role=Role.OPERATOR, username="operator.uji")


def with_device(page):
    """A device beside the browser that makes passkeys and always finds the right finger."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    made = devices.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return devices, made["authenticatorId"]


def sign_in(page, user) -> None:
    page.goto("/admin/login/")
    page.get_by_label("Nama pengguna").fill(user.username)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()


def fits(page) -> bool:
    """Nothing is wider than the screen."""
    return page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )


@pytest.fixture
def look(picture):
    """`look(page, "code")`: what is there fits on a telephone and on a desk's screen, has no
    English in it, and everybody can use it. Wagtail's own pages are Wagtail's to judge."""

    def _look(page, name: str) -> None:
        for size in (PHONE, DESKTOP):
            page.set_viewport_size(size)
            picture(page, f"{name}-{size['width']}")
            assert fits(page)
        assert english_on(page) == []
        if page.locator(".staff-login").count():
            assert Axe().run(page, options=AXE).response["violations"] == []

    return _look


def refused_scripts(page) -> list[str]:
    """What the page's own policy (CSP) stops, as the console tells it."""
    told: list[str] = []
    page.on("console", lambda line: "Content Security" in line.text and told.append(line.text))
    return told


def test_somebody_sets_up_an_app_and_uses_it(open_page, operator, look):
    page = open_page(PHONE)
    refused = refused_scripts(page)
    page.goto("/admin/login/")
    look(page, "login")
    sign_in(page, operator)
    expect(page).to_have_url(FACTORS)
    page.wait_for_load_state()
    look(page, "factors-owed")
    page.goto("/admin/pages/")
    expect(page).to_have_url(FACTORS)
    page.get_by_role("link", name="Pasang aplikasi").click()
    shown = page.locator(".staff-login__picture")
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
    look(page, "app")
    secret = page.locator(".staff-login__key").inner_text().replace(" ", "")
    page.get_by_label("Kode yang sedang ditampilkan aplikasi").fill(code_now(secret))
    page.get_by_role("button", name="Pasang").click()
    expect(page.locator(".staff-login__codes li")).to_have_count(10)
    look(page, "recovery-codes")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Simpan sebagai berkas").click()
    assert saved.value.suggested_filename == "kode-pemulihan.txt"
    text = saved.value.path().read_text()
    assert len(re.findall(r"^\d{8}\r?$", text, re.MULTILINE)) == 10
    page.get_by_role("link", name="Lanjutkan").click()
    expect(page.get_by_role("link", name="Hapus aplikasi")).to_be_visible()
    look(page, "factors")
    page.get_by_role("link", name="Lanjut ke halaman admin").click()
    expect(page).to_have_url(re.compile("/admin/$"))
    assert refused == []


def test_somebody_makes_a_passkey_and_signs_in_with_it_alone(open_page, operator, look):
    page = open_page(PHONE)
    refused = refused_scripts(page)
    with_device(page)
    sign_in(page, operator)
    page.get_by_role("link", name="Pasang kunci sandi").click()
    expect(page.get_by_label("Masuk dengannya tanpa kata sandi")).to_be_checked()
    look(page, "passkey")
    page.get_by_label("Nama kunci sandi").fill("Laptop kantor")
    page.get_by_role("button", name="Pasang").click()
    expect(page.locator(".staff-login__codes li")).to_have_count(10)
    assert factors_of(operator) == ["recovery_codes", "webauthn"]
    # Another day, after the password.
    page.context.clear_cookies()
    sign_in(page, operator)
    expect(page.get_by_label("Kode")).to_be_visible()
    look(page, "code")
    page.get_by_role("button", name="Gunakan kunci sandi").click()
    expect(page).to_have_url(re.compile("/admin/$"))
    # And without it.
    page.context.clear_cookies()
    page.goto("/admin/login/?next=/admin/account/")
    page.get_by_role("button", name="Masuk dengan kunci sandi").click()
    expect(page).to_have_url(re.compile("/admin/account/$"))
    page.get_by_role("tab", name="Tindakan lainnya").click()
    look(page, "account")
    page.get_by_role("link", name="Verifikasi dua langkah").click()
    expect(page.get_by_text("Laptop kantor")).to_be_visible()
    page.get_by_role("link", name="Hapus", exact=True).click()
    expect(page.get_by_role("heading")).to_have_text("Tunjukkan sekali lagi bahwa ini Anda")
    look(page, "again")
    page.get_by_role("button", name="Gunakan kunci sandi").click()
    expect(page.get_by_role("heading")).to_have_text("Hapus kunci sandi")
    look(page, "remove-passkey")
    page.get_by_role("button", name="Hapus").click()
    expect(page.get_by_text("ini yang terakhir")).to_be_visible()
    look(page, "factors-last")
    assert refused == []


def test_a_device_that_has_no_passkey_is_a_sentence_and_the_code_still_works(
    open_page, operator, look
):
    page = open_page(PHONE)
    devices, device = with_device(page)
    devices.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    give_app(operator)
    sign_in(page, operator)
    page.get_by_role("button", name="Gunakan kunci sandi").click()
    expect(page.get_by_text("Perangkat tidak memberikan kunci sandi")).to_be_visible()
    page.get_by_label("Kode").fill("123")
    page.get_by_role("button", name="Masuk", exact=True).click()
    expect(page.get_by_text("Kode ini salah")).to_be_visible()
    look(page, "code-wrong")
    page.get_by_label("Kode").fill(code_now())
    page.get_by_role("button", name="Masuk", exact=True).click()
    expect(page).to_have_url(re.compile("/admin/$"))


def test_a_passkey_of_another_site_opens_nothing(open_page, operator, live_server):
    """The same device, asked by a look-alike under another name, gives no answer for this one."""
    page = open_page(DESKTOP)
    with_device(page)
    sign_in(page, operator)
    page.get_by_role("link", name="Pasang kunci sandi").click()
    page.get_by_role("button", name="Pasang").click()
    expect(page.locator(".staff-login__codes li")).to_have_count(10)
    page.context.clear_cookies()
    page.goto(live_server.url.replace("localhost", "127.0.0.1") + "/admin/login/")
    page.get_by_role("button", name="Masuk dengan kunci sandi").click()
    expect(page.get_by_text("Perangkat tidak memberikan kunci sandi")).to_be_visible()
