"""Takes the pictures of each role's day from a running demo: `python -m scripts.guide_pictures`.

Start `make run` first; BASE_URL and DEMO_PASSWORD say where and with which password. Each picture
shows an account of the demo, whose people and complaints are invented.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "pengaduan_app/static/pengaduan_app/guide"
BASE = os.environ.get("BASE_URL", "http://127.0.0.1:8000")
PASSWORD = os.environ.get("DEMO_PASSWORD", "demo-mojokerto")
WINDOW = {"width": 1280, "height": 900}
# As the pages state it, so that nothing moves while pictures load.
SIZE = (960, 675)
MY_STEPS = "#my-steps-section"
FIRST = f"{MY_STEPS} td a[href*='/complaints/']"
EDITOR = ".pgd-actions a[href*='/pages/']"

# The picture, whose screen it is, and which links lead there from the home.
PICTURES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("operator-1", "operator.dlh", ()),
    ("operator-2", "operator.dlh", (FIRST,)),
    ("official-1", "pejabat.dlh", ()),
    ("official-2", "pejabat.dlh", (FIRST, EDITOR)),
    ("head-1", "kepala.dlh", (FIRST, EDITOR)),
    ("editor-1", "redaktur", (FIRST, EDITOR)),
    ("coordinator-1", "koordinator", ()),
    ("admin-1", "adminpengaduan", ()),
)


def log_in(browser: Browser, name: str) -> Page:
    page = browser.new_context(viewport=WINDOW, locale="id-ID").new_page()
    page.goto(f"{BASE}/admin/login/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_selector(MY_STEPS)
    return page


def take(browser: Browser, name: str, person: str, links: tuple[str, ...]) -> None:
    page = log_in(browser, person)
    for link in links:
        page.locator(link).first.click()
        page.wait_for_load_state("networkidle")
    if not links:
        page.locator(MY_STEPS).scroll_into_view_if_needed()
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB").resize(SIZE)
    picture.save(FOLDER / f"{name}.webp", quality=70, method=6)
    page.context.close()


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        for name, person, links in PICTURES:
            take(browser, name, person, links)
            print(name)
        browser.close()


if __name__ == "__main__":
    main()
