"""What is taken out of a photo or a PDF before it is stored, piece by piece."""

from __future__ import annotations

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from pikepdf import Array, Dictionary, Encryption, Name, Pdf, String
from PIL import Image

from pengaduan_app.privacy import attachments

XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rahasia/></x:xmpmeta>'


def script() -> Dictionary:
    return Dictionary(S=Name("/JavaScript"), JS=String("app.alert(1)"))


def hidden() -> Dictionary:
    return Dictionary(Rekaan=Dictionary(Private=String("rahasia")))


# What a PDF's root and its pages may hold beside what is printed, made again for each document.
IN_ROOT = {
    "/OpenAction": lambda _pdf: script(),
    "/AA": lambda _pdf: Dictionary(WC=script()),
    "/Names": lambda _pdf: Dictionary(
        EmbeddedFiles=Dictionary(Names=Array([String("rahasia.exe")]))
    ),
    "/AcroForm": lambda _pdf: Dictionary(Fields=Array([])),
    "/PieceInfo": lambda _pdf: hidden(),
    "/Metadata": lambda document: document.make_stream(XMP),
}
IN_PAGE = {
    "/AA": lambda _pdf: Dictionary(O=script()),
    "/Annots": lambda _pdf: Array([Dictionary(Subtype=Name("/Link"), A=script())]),
    "/PieceInfo": lambda _pdf: hidden(),
    "/Metadata": lambda document: document.make_stream(XMP),
}


def upload(content: bytes, name: str = "surat.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def pdf(pages: int = 1, in_root=(), in_page=(), **options) -> bytes:
    document = Pdf.new()
    for _number in range(pages):
        document.add_blank_page()
    for key, value in dict(in_root).items():
        document.Root[key] = value(document)
    for page in document.pages:
        for key, value in dict(in_page).items():
            page[key] = value(document)
    output = io.BytesIO()
    document.save(output, **options)
    return output.getvalue()


def picture(kind: str, size=(60, 40), mode: str = "RGB", **options) -> bytes:
    output = io.BytesIO()
    Image.new(mode, size, "red").save(output, kind, **options)
    return output.getvalue()


def opened(clean) -> Pdf:
    return Pdf.open(io.BytesIO(clean.content))


@pytest.mark.parametrize("key", IN_ROOT)
def test_nothing_of_a_documents_root_is_kept_that_could_run_or_hide(key):
    content = pdf(in_root={key: IN_ROOT[key]})
    assert key in Pdf.open(io.BytesIO(content)).Root
    assert key not in opened(attachments.clean(upload(content))).Root


@pytest.mark.parametrize("key", IN_PAGE)
def test_nothing_of_any_page_is_kept_that_could_run_or_hide(key):
    content = pdf(pages=3, in_page={key: IN_PAGE[key]})
    assert all(key in page for page in Pdf.open(io.BytesIO(content)).pages)
    kept = opened(attachments.clean(upload(content)))
    assert [key in page for page in kept.pages] == [False] * 3


def test_what_was_taken_out_is_not_left_lying_in_the_file():
    """Not even unreferenced, where a tool could read it."""
    whole = pdf(in_root=IN_ROOT, in_page=IN_PAGE)
    assert b"rahasia" in whole
    clean = attachments.clean(upload(whole)).content
    assert b"rahasia" not in clean
    assert b"alert" not in clean


def test_a_locked_pdf_is_refused_with_its_own_remedy():
    content = pdf(encryption=Encryption(owner="x", user="y"))
    with pytest.raises(ValidationError) as refusal:
        attachments.clean(upload(content, "terkunci.pdf"))
    assert "terkunci.pdf" in refusal.value.message
    with pytest.raises(ValidationError) as damaged:
        attachments.clean(upload(b"%PDF-1.4\nrusak", "terkunci.pdf"))
    assert damaged.value.message != refusal.value.message


def test_a_pdf_without_pages_is_refused():
    with pytest.raises(ValidationError):
        attachments.clean(upload(pdf(pages=0)))


@pytest.mark.parametrize(
    ("kind", "content_type", "suffix"),
    [("JPEG", "image/jpeg", "jpg"), ("PNG", "image/png", "png"), ("WEBP", "image/webp", "webp")],
)
def test_a_photo_keeps_its_kind_whatever_it_is_called(kind, content_type, suffix):
    clean = attachments.clean(upload(picture(kind), "surat.pdf"))
    assert (clean.content_type, clean.suffix) == (content_type, suffix)
    assert Image.open(io.BytesIO(clean.content)).format == kind


@pytest.mark.parametrize("kind", ["GIF", "TIFF", "BMP", "ICO", "PPM"])
def test_no_other_kind_of_picture_is_even_opened(kind):
    with pytest.raises(ValidationError):
        attachments.clean(upload(picture(kind, size=(16, 16)), "foto.jpg"))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(("size", "kept"), [((3000, 30), (2560, 26)), ((30, 3000), (26, 2560))])
def test_every_kind_of_photo_is_brought_to_the_longest_side(kind, size, kept):
    clean = attachments.clean(upload(picture(kind, size), "foto"))
    assert Image.open(io.BytesIO(clean.content)).size == kept


def test_a_small_photo_keeps_its_size_and_its_picture():
    clean = attachments.clean(upload(picture("PNG"), "foto"))
    image = Image.open(io.BytesIO(clean.content)).convert("RGB")
    assert (image.size, image.getpixel((30, 20))) == ((60, 40), (255, 0, 0))


def test_a_picture_with_a_palette_keeps_its_colours():
    source = Image.new("RGB", (20, 20), (10, 200, 30)).convert("P")
    output = io.BytesIO()
    source.save(output, "PNG")
    clean = attachments.clean(upload(output.getvalue(), "foto"))
    shown = Image.open(io.BytesIO(clean.content)).convert("RGB").getpixel((5, 5))
    assert shown == source.convert("RGB").getpixel((5, 5))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_each_kind_has_its_own_bound_of_pixels(kind, monkeypatch):
    monkeypatch.setitem(attachments.MAX_PIXELS, kind, 60 * 40)
    assert attachments.clean(upload(picture(kind), "foto"))
    with pytest.raises(ValidationError) as refusal:
        attachments.clean(upload(picture(kind, size=(61, 40)), "foto-besar"))
    assert "foto-besar" in refusal.value.message


def test_ten_megabytes_are_taken_and_a_byte_more_is_not(monkeypatch):
    content = picture("PNG")
    monkeypatch.setattr(attachments, "MAX_BYTES", len(content))
    assert attachments.clean(upload(content))
    with pytest.raises(ValidationError):
        attachments.clean(upload(content + b"\x00"))


class Endless:
    """An upload that says how large it is, and can't be read to its end."""

    name, size = "besar.jpg", attachments.MAX_BYTES + 1

    def read(self):
        raise AssertionError("it was read")


def test_what_is_too_large_is_refused_before_its_bytes_are_read():
    with pytest.raises(ValidationError) as refusal:
        attachments.clean(Endless())
    assert "besar.jpg" in refusal.value.message
