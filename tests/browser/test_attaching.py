"""Photos are made smaller in the browser, and what is too large is named before it travels."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from pengaduan_app.models import Attachment
from pengaduan_app.privacy import attachments
from tests.support.files import pdf

from .conftest import PHONE
from .pages import CitizenForm, fits

COMPLAINT = {
    "subject": "Lampu jalan padam",
    "body": "Sudah tiga malam lampu jalan padam dan jalannya gelap.",
    "name": "Wulan Misalnya Sari",
    "phone": "081299990001",
}


def large_photo(turned: int = 1) -> dict:
    """A photo of 12 megapixels and more than 3 MB, as telephones make them."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = turned, "KameraRekaan"
    image = Image.effect_noise((1000, 750), 90).resize((4000, 3000)).convert("RGB")
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=97, exif=exif)
    assert len(buffer.getvalue()) > 3_000_000
    return {"name": "lampu.jpg", "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


def too_large() -> dict:
    content = pdf() + bytes(attachments.MAX_BYTES)
    return {"name": "laporan.pdf", "mimeType": "application/pdf", "buffer": content}


def chosen(page) -> list[dict]:
    """The files that the form would send, with what the browser sees in them."""
    return page.evaluate(
        """async () => Promise.all([...document.querySelector("#id_attachments").files].map(
            async file => {
                const photo = /^image/.test(file.type) ? await createImageBitmap(file) : {};
                const text = new TextDecoder("latin1").decode(await file.arrayBuffer());
                return {name: file.name, size: file.size, width: photo.width,
                        height: photo.height, camera: text.includes("KameraRekaan")};
            }))"""
    )


def note(page):
    return page.locator(".field-multiplefile [role=status]")


def test_a_large_photo_is_made_smaller_and_upright_before_it_travels(city, open_page):
    page = open_page(PHONE)
    form = CitizenForm(page)
    form.fill(**COMPLAINT, photo=large_photo(turned=6))
    expect(note(page)).to_contain_text("Siap dikirim: lampu.jpg")
    [sent] = chosen(page)
    assert (sent["width"], sent["height"]) == (1920, 2560)
    assert sent["size"] < 2_500_000
    assert not sent["camera"]
    assert fits(page)
    form.send()
    with Image.open(Attachment.objects.get().file) as stored:
        assert stored.size == (1920, 2560)


def test_a_file_that_is_too_large_is_named_and_the_form_stays(city, open_page):
    page = open_page(PHONE)
    form = CitizenForm(page)
    requests = []
    page.on("request", lambda request: requests.append(request.method))
    form.fill(**COMPLAINT, photo=too_large())
    expect(note(page)).to_contain_text("“laporan.pdf” lebih besar dari 10 MB")
    requests.clear()
    page.locator("form.form button[type=submit]").click()
    assert "POST" not in requests
    # Another file in its place, and the form goes off.
    page.locator("#id_attachments").set_input_files(large_photo())
    expect(note(page)).to_contain_text("Siap dikirim")
    form.send()


def test_six_files_are_too_many_before_they_travel(city, open_page):
    page = open_page(PHONE)
    CitizenForm(page)
    small = {"mimeType": "application/pdf", "buffer": pdf()}
    page.locator("#id_attachments").set_input_files(
        [{"name": f"{number}.pdf", **small} for number in range(6)]
    )
    expect(note(page)).to_contain_text("paling banyak 5 berkas")


@pytest.mark.parametrize("broken", ["createImageBitmap", "DataTransfer"])
def test_a_browser_that_can_not_sends_the_photo_as_it_is(city, open_page, broken):
    page = open_page(PHONE)
    page.add_init_script(f"window.{broken} = undefined;")
    form = CitizenForm(page)
    form.fill(**COMPLAINT, photo=large_photo())
    form.send()
    assert Attachment.objects.count() == 1


def test_without_scripts_the_form_works(city, open_page):
    page = open_page(PHONE, java_script_enabled=False)
    form = CitizenForm(page)
    form.fill(**COMPLAINT, photo=large_photo(turned=6))
    form.send()
    with Image.open(Attachment.objects.get().file) as stored:
        assert stored.size == (1920, 2560)
