"""The editors' libraries of pictures and documents: no file ends in an error page, at any door."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Pillow
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, UploadedFile

from pengaduan_app.desk import stored_pictures
from pengaduan_app.privacy.opening import bounds
from tests.privacy.test_rebuilt_documents import IN_ROOT, holding
from tests.privacy.test_upload_cleaning import ODD_CHUNKS, beside
from tests.support.files import deflated_twice, pdf, picture, said_to_be, scene, written

Image, Document = get_image_model(), get_document_model()

BROKEN_EXIF = b"Exif\x00\x00II*\x00\x08\x00\x00\x00\x05\x00\x12\x01"
BAD_PICTURES = {
    "a bomb": lambda: picture("PNG", (20_000, 20_000), mode="1"),
    "too complicated": lambda: said_to_be((9000, 13_400), picture("JPEG", progressive=True)),
    "half": lambda: written(scene(), "JPEG")[:4000],
    "text": lambda: b"bukan gambar",
    "drawing": lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
    "a document": pdf,
    "empty": lambda: b"",
}
GOOD_PICTURES = {
    "cut off by a few bytes": lambda: written(scene(), "JPEG")[:-200],
    "with odd notes": lambda: written(scene(), "PNG", exif=BROKEN_EXIF),
    "with a text that unpacks to a hundred megabytes": lambda: beside(
        written(scene(), "PNG"), ODD_CHUNKS["a text that unpacks to a hundred megabytes"]
    ),
    "of two hundred megapixels": lambda: picture("JPEG", (12_240, 16_320), quality=20),
    "from a telephone": lambda: written(scene(), "HEIF"),
    "AVIF": lambda: written(scene(), "AVIF"),
    "a drawing of two colours": lambda: picture("GIF", (60, 40)),
}


@pytest.fixture
def editor(city, client):
    client.force_login(get_user_model().objects.create_superuser("redaktur", password="x"))
    return client


def add(client, content, name):
    return client.post(reverse("wagtailimages:add"), {"title": "Foto", "file": file(content, name)})


def add_many(client, content, name, title="Foto"):
    data = {"files[]": file(content, name), "title": title, "collection": root()}
    return client.post(reverse("wagtailimages:add_multiple"), data)


def choose(client, content, name):
    data = {"image-chooser-upload-title": "Foto", "image-chooser-upload-file": file(content, name)}
    return client.post(reverse("wagtailimages_chooser:create"), data)


def replace(client, content, name):
    image = Image.objects.create(title="Foto", file=ContentFile(picture("PNG"), "lama.png"))
    data = {"title": "Foto", "file": file(content, name), "collection": root()}
    return client.post(reverse("wagtailimages:edit", args=[image.pk]), data)


DOORS = {"one": add, "many": add_many, "chooser": choose, "replaced": replace}


def file(content: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def root() -> int:
    return Collection.get_first_root_node().pk


def lists_show(client) -> None:
    """Both lists of pictures, the picture's own page, and the chooser."""
    pages = [reverse("wagtailimages:index"), reverse("wagtailimages_chooser:choose")]
    pages += [f"{pages[0]}?layout=list"]
    pages += [reverse("wagtailimages:edit", args=[image.pk]) for image in Image.objects.all()]
    assert {client.get(page).status_code for page in pages} == {200}


@pytest.mark.parametrize("case", GOOD_PICTURES)
@pytest.mark.parametrize("door", ["one", "many", "chooser", "replaced"])
def test_a_good_picture_is_taken_at_every_door_and_made_anew(editor, door, case):
    content = GOOD_PICTURES[case]()
    assert DOORS[door](editor, content, "foto.jpg").status_code in (200, 302)
    image = Image.objects.get()
    stored = image.file.read()
    assert stored != content
    with Pillow.open(io.BytesIO(stored)) as made:
        assert (made.size, max(made.size) <= bounds.MAX_SIDE) == ((image.width, image.height), True)
        assert not made.getexif()
    assert image.file_size == len(stored)
    lists_show(editor)


@pytest.mark.parametrize("case", BAD_PICTURES)
@pytest.mark.parametrize("door", DOORS)
def test_a_bad_one_is_refused_with_a_sentence_at_every_door(editor, door, case):
    response = DOORS[door](editor, BAD_PICTURES[case](), "foto.png")
    assert response.status_code == 200
    assert "foto.png" in response.content.decode() or case == "empty"
    assert all(image.file.name.endswith("lama.png") for image in Image.objects.all())
    lists_show(editor)


def test_a_picture_whose_title_is_wrong_waits_as_the_new_one(editor):
    """Wagtail stores what came in, and asks for the title again."""
    content = written(scene(), "JPEG", comment=b"rahasia")
    assert add_many(editor, content, "foto.jpg", title="x" * 300).json()["success"]
    waiting = UploadedFile.objects.get()
    assert b"rahasia" not in waiting.file.read()
    address = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[waiting.pk])
    prefix = f"uploaded-image-{waiting.pk}"
    data = {f"{prefix}-title": "Foto", f"{prefix}-collection": root()}
    assert editor.post(address, data).json()["success"]
    assert b"rahasia" not in Image.objects.get().file.read()


def test_a_large_upload_that_lies_on_the_disk_is_replaced_there(editor, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 100
    content = written(scene(), "JPEG", comment=b"rahasia")
    assert add(editor, content, "foto.jpg").status_code == 302
    assert b"rahasia" not in Image.objects.get().file.read()


def test_words_alone_can_be_changed_without_a_file(editor):
    image = Image.objects.create(title="Foto", file=ContentFile(picture("PNG"), "lama.png"))
    data = {f"image-{image.pk}-title": "Baru", f"image-{image.pk}-collection": root()}
    assert editor.post(reverse("wagtailimages:edit_multiple", args=[image.pk]), data).json()[
        "success"
    ]
    data = {"title": "Lebih baru", "collection": root()}
    assert editor.post(reverse("wagtailimages:edit", args=[image.pk]), data).status_code == 302
    image = Image.objects.get()
    assert (image.title, image.file.read()) == ("Lebih baru", picture("PNG"))


# What came in before, or past the forms.

STORED = {
    **BAD_PICTURES,
    "odd notes": lambda: written(scene(), "PNG", exif=BROKEN_EXIF),
    "odd text": GOOD_PICTURES["with a text that unpacks to a hundred megabytes"],
    "half a drawing": lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><scr",
    "an archive": lambda: b"PK\x03\x04" + bytes(200),
    "a shape of nothing": lambda: (
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + bytes(17)
    ),
}


@pytest.mark.parametrize("case", STORED)
@pytest.mark.parametrize("name", ["foto.png", "foto.jpg"])
def test_no_stored_picture_takes_the_lists_along(editor, case, name):
    image = Image.objects.create(title="Foto", file=ContentFile(picture("PNG"), name))
    with open(image.file.path, "wb") as stored:
        stored.write(STORED[case]())
    lists_show(editor)
    preview = reverse("wagtailimages:preview", args=[image.pk, "max-100x100"])
    assert editor.get(preview).status_code == 200


def test_a_picture_whose_file_is_gone_doesnt_either(editor):
    image = Image.objects.create(title="Foto", file=ContentFile(picture("PNG"), "foto.png"))
    Path(image.file.path).unlink()
    lists_show(editor)


def test_a_picture_that_is_fine_is_shown_as_it_is(editor):
    image = Image.objects.create(
        title="Foto", file=ContentFile(written(scene(), "JPEG"), "foto.jpg")
    )
    rendition = image.get_rendition("max-100x100")
    with Pillow.open(rendition.file) as shown, scene().resize(shown.size) as expected:
        spot = (shown.width // 2, shown.height // 4)
        pairs = zip(shown.convert("RGB").getpixel(spot), expected.getpixel(spot), strict=True)
        assert max(abs(one - other) for one, other in pairs) < 60


def test_a_stored_picture_that_is_too_large_is_not_opened(editor, monkeypatch):
    monkeypatch.setattr(stored_pictures, "MAX_PIXELS", 59 * 40)
    image = Image.objects.create(title="Foto", file=ContentFile(picture("PNG"), "foto.png"))
    with Pillow.open(image.get_rendition("max-50x50").file) as shown:
        assert shown.convert("RGB").getpixel((20, 2)) == (200, 200, 200)


# Documents.


def add_document(client, content, name):
    data = {"title": "Berkas", "file": file(content, name)}
    return client.post(reverse("wagtaildocs:add"), data)


def add_documents(client, content, name):
    data = {"files[]": file(content, name), "title": "Berkas", "collection": root()}
    return client.post(reverse("wagtaildocs:add_multiple"), data)


def choose_document(client, content, name):
    prefix = "document-chooser-upload"
    data = {f"{prefix}-title": "Berkas", f"{prefix}-file": file(content, name)}
    return client.post(reverse("wagtaildocs_chooser:create"), data)


def replace_document(client, content, name):
    document = Document.objects.create(title="Berkas", file=ContentFile(pdf(), "lama.pdf"))
    data = {"title": "Berkas", "file": file(content, name), "collection": root()}
    return client.post(reverse("wagtaildocs:edit", args=[document.pk]), data)


DOCUMENT_DOORS = {
    "one": add_document,
    "many": add_documents,
    "chooser": choose_document,
    "replaced": replace_document,
}
BAD_DOCUMENTS = {
    "too complicated": (lambda: deflated_twice(600), "surat.pdf"),
    "with a file inside": (lambda: holding({"/Names": IN_ROOT["/Names"]}), "surat.pdf"),
    "with a program": (lambda: holding({"/OpenAction": IN_ROOT["/OpenAction"]}), "surat.pdf"),
    "none": (lambda: b"bukan PDF", "surat.pdf"),
    "broken": (lambda: b"%PDF-1.4\nrusak", "surat.pdf"),
    "too complicated under another name": (lambda: deflated_twice(600), "surat.txt"),
    "a bomb": (BAD_PICTURES["a bomb"], "foto.png"),
    "a drawing that can act": (BAD_PICTURES["drawing"], "gambar.svg"),
    "a page that can act": (lambda: b"<script>alert(1)</script>", "surat.html"),
}


@pytest.mark.parametrize("door", DOCUMENT_DOORS)
@pytest.mark.parametrize(
    ("content", "name"), [(pdf(), "aturan.pdf"), (b"a;b\n1;2", "data.csv"), (b"PK\3\4", "x.docx")]
)
def test_a_document_is_kept_as_it_is_at_every_door(editor, door, content, name):
    assert DOCUMENT_DOORS[door](editor, content, name).status_code in (200, 302)
    assert Document.objects.get().file.read() == content
    assert editor.get(reverse("wagtaildocs:index")).status_code == 200


@pytest.mark.parametrize("case", BAD_DOCUMENTS)
@pytest.mark.parametrize("door", DOCUMENT_DOORS)
def test_a_harmful_one_is_refused_with_a_sentence(editor, door, case):
    content, name = BAD_DOCUMENTS[case]
    assert DOCUMENT_DOORS[door](editor, content(), name).status_code == 200
    assert [found.file.name for found in Document.objects.exclude(file__contains="lama")] == []


def test_a_photo_among_the_documents_tells_nothing_but_what_it_shows(editor):
    content = written(scene(), "JPEG", comment=b"rahasia")
    assert add_document(editor, content, "foto.jpg").status_code == 302
    assert b"rahasia" not in Document.objects.get().file.read()
