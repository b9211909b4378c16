"""Photos and documents: judged by their content, cleaned, kept away from the public."""

import io
import re
import stat
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pikepdf import Dictionary, Name, Pdf
from PIL import ExifTags, Image, PngImagePlugin

from pengaduan_app.models import Attachment, Complaint
from pengaduan_app.privacy.opening import bounds
from tests.support.factories import citizen_form

GPS = {1: "S", 2: (7.0, 28.0, 20.5), 3: "E", 4: (112.0, 26.0, 1.5)}
MAKER = "KameraRekaan"


def exif() -> Image.Exif:
    data = Image.Exif()
    data[ExifTags.Base.Make] = MAKER
    data[ExifTags.Base.Orientation] = 6
    data.get_ifd(ExifTags.IFD.GPSInfo).update(GPS)
    return data


def photo(kind="JPEG", size=(60, 40), mode="RGB", **options) -> bytes:
    output = io.BytesIO()
    color = 1 if mode in ("1", "P") else "red"
    Image.new(mode, size, color).save(output, kind, **options)
    return output.getvalue()


def png_with_words() -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", MAKER)
    return photo("PNG", pnginfo=words, exif=exif())


def phone_photo_of_several_frames() -> bytes:
    """What many phones call JPEG: a picture with a preview or a gain map behind it."""
    output = io.BytesIO()
    frames = [Image.new("RGB", (60, 40), color) for color in ("red", "blue")]
    frames[0].save(output, "MPO", save_all=True, append_images=frames[1:], exif=exif())
    return output.getvalue()


def upload(content: bytes, name="foto.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/jpeg")


def send(client, *uploads):
    return client.post("/lapor/", citizen_form(attachments=list(uploads)))


@pytest.mark.parametrize(
    ("content", "name", "content_type", "suffix"),
    [
        (photo(exif=exif(), comment=MAKER.encode()), "foto.jpg", "image/jpeg", "jpg"),
        (phone_photo_of_several_frames(), "foto.jpg", "image/jpeg", "jpg"),
        (png_with_words(), "foto.png", "image/png", "png"),
        (photo("WEBP", exif=exif()), "foto.webp", "image/webp", "webp"),
        (photo("JPEG", exif=exif()), "foto.png.exe", "image/jpeg", "jpg"),
    ],
)
def test_a_photo_is_stored_without_where_and_when(
    city, client, content, name, content_type, suffix
):
    assert MAKER.encode() in content
    assert send(client, upload(content, name)).status_code == 302
    attachment = Attachment.objects.get()
    stored = attachment.file.read()
    assert (attachment.content_type, attachment.size) == (content_type, len(stored))
    assert attachment.file.name.endswith(f".{suffix}")
    assert MAKER.encode() not in stored
    with Image.open(io.BytesIO(stored)) as image:
        assert dict(image.getexif()) == {}
        assert not image.getexif().get_ifd(ExifTags.IFD.GPSInfo)
        assert "comment" not in image.info
        # It stands upright although the turning note is gone.
        assert image.size == (40, 60)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA"])
def test_a_png_of_any_kind_is_taken(city, client, mode):
    assert send(client, upload(photo("PNG", mode=mode), "foto.png")).status_code == 302


def test_a_cmyk_photo_from_a_print_shop_is_taken(city, client):
    assert send(client, upload(photo(mode="CMYK"))).status_code == 302


def test_a_large_photo_is_made_smaller(city, client):
    send(client, upload(photo(size=(5000, 3000))))
    with Image.open(Attachment.objects.get().file) as image:
        assert max(image.size) == bounds.MAX_SIDE


def pdf(pages=1) -> bytes:
    """A PDF that says who made it and would run a script when it is opened."""
    document = Pdf.new()
    for _number in range(pages):
        document.add_blank_page()
    document.docinfo["/Author"] = MAKER
    document.Root.OpenAction = Dictionary(S=Name("/JavaScript"), JS="app.alert(1)")
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def test_a_pdf_keeps_its_pages_and_loses_its_maker_and_its_script(city, client):
    assert send(client, upload(pdf(pages=2), "surat.pdf")).status_code == 302
    attachment = Attachment.objects.get()
    assert attachment.content_type == "application/pdf"
    with Pdf.open(attachment.file.open()) as kept:
        assert len(kept.pages) == 2
        assert "/Info" not in kept.trailer
        assert "/OpenAction" not in kept.Root


def test_what_hides_behind_a_photo_is_left_out(city, client):
    send(client, upload(photo() + b"<?php system($_GET['c']); ?>"))
    assert b"<?php" not in Attachment.objects.get().file.read()


def bomb() -> bytes:
    return photo("PNG", size=(13_000, 10_000), mode="1")


def bigger_bomb() -> bytes:
    return photo("PNG", size=(20_000, 20_000), mode="1")


@pytest.mark.parametrize(
    "make",
    [
        lambda: b"MZ\x90\x00" + b"\x00" * 500,
        lambda: photo(size=(400, 400), quality=95)[:900],
        lambda: b"",
        lambda: b"%PDF-1.4\nno end",
        lambda: b"\xff\xd8\xff" + b"\x00" * 300,
        lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        lambda: photo("GIF"),
        lambda: photo("TIFF"),
        lambda: photo() + b"\x00" * (11 * 1024 * 1024),
        bomb,
        bigger_bomb,
    ],
    ids=[
        "renamed program",
        "truncated photo",
        "empty",
        "truncated PDF",
        "only a photo's first bytes",
        "drawing with script",
        "GIF",
        "TIFF",
        "11 MB",
        "bomb",
        "bigger bomb",
    ],
)
def test_what_is_no_usable_photo_or_pdf_is_refused_by_name(city, client, settings, make):
    response = send(client, upload(make(), "bukti-kejadian.jpg"), upload(photo()))
    assert response.status_code == 400
    errors = response.context["form"].errors["attachments"]
    assert len(errors) == 1
    assert not Complaint.objects.exists()
    assert files_in(settings) == []


def test_five_files_are_taken_and_six_are_not(city, client):
    assert send(client, *(upload(photo()) for _number in range(6))).status_code == 400
    assert send(client, *(upload(photo()) for _number in range(5))).status_code == 302
    assert Attachment.objects.count() == 5


@pytest.mark.parametrize(
    "name", ["Foto rumah Wulan Sari.jpg", "../../etc/passwd", "a" * 300 + ".jpg", "<b>.jpg"]
)
def test_what_the_citizen_called_a_file_is_forgotten(city, client, settings, name):
    assert send(client, upload(photo(), name)).status_code == 302
    (path,) = files_in(settings)
    assert re.fullmatch(r"[A-Za-z0-9]{20}-[A-Za-z0-9]{12}\.jpg", path.name)


def test_files_lie_outside_the_public_folder_for_the_server_alone(city, client, settings):
    send(client, upload(photo()))
    (path,) = files_in(settings)
    assert not path.is_relative_to(settings.MEDIA_ROOT)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    with pytest.raises(ValueError, match="URL"):
        _ = Attachment.objects.get().file.url


def files_in(settings) -> list[Path]:
    """What is stored with complaints; a form's own files are elsewhere."""
    found = Path(settings.PENGADUAN_PRIVATE_ROOT, "attachments").rglob("*")
    return [path for path in found if path.is_file()]
