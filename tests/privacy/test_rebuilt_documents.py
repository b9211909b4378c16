"""A citizen's PDF is drawn anew: what was seen is kept, and nothing else of it."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from django.core.exceptions import ValidationError
from pikepdf import Array, Dictionary, Encryption, Name, Pdf, Stream, String
from PIL import Image, ImageStat

from pengaduan_app.privacy import attachments
from pengaduan_app.privacy.opening import bounds, documents
from pengaduan_app.privacy.opening.verdict import Reason, Refused
from tests.support.files import filled_form, pdf, saved, scan, scene, upload, written

XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rahasia/></x:xmpmeta>'
SECRET = "rahasia"


def script() -> Dictionary:
    return Dictionary(S=Name("/JavaScript"), JS=String("app.alert('rahasia')"))


def hidden() -> Dictionary:
    return Dictionary(Rekaan=Dictionary(Private=String(SECRET)))


def embedded(document: Pdf) -> Dictionary:
    file = document.make_stream(b"MZ rahasia", Type=Name.EmbeddedFile)
    return Dictionary(Type=Name.Filespec, F=String("virus.exe"), EF=Dictionary(F=file))


# What a document's root and its pages may hold beside what is printed, made anew for each.
IN_ROOT = {
    "/OpenAction": lambda _pdf: script(),
    "/AA": lambda _pdf: Dictionary(WC=script()),
    "/Names": lambda document: Dictionary(
        EmbeddedFiles=Dictionary(Names=Array([String("virus.exe"), embedded(document)]))
    ),
    "/AF": lambda document: Array([embedded(document)]),
    "/Outlines": lambda document: Dictionary(
        First=document.make_indirect(Dictionary(Title=String(SECRET), A=script()))
    ),
    "/PieceInfo": lambda _pdf: hidden(),
    "/Metadata": lambda document: document.make_stream(XMP),
    "/Perms": lambda _pdf: hidden(),
    "/Rekaan": lambda _pdf: String(SECRET),
}
IN_PAGE = {
    "/AA": lambda _pdf: Dictionary(O=script()),
    "/Annots": lambda document: Array(
        [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=script())]
    ),
    "/PieceInfo": lambda _pdf: hidden(),
    "/Metadata": lambda document: document.make_stream(XMP),
    "/Thumb": lambda document: document.make_stream(
        SECRET.encode() * 3, Width=7, Height=1, BitsPerComponent=8, ColorSpace=Name.DeviceRGB
    ),
    "/Rekaan": lambda _pdf: String(SECRET),
}
# All that a page of the new document says.
PAGE_KEYS = {"/Type", "/MediaBox", "/Resources", "/Contents", "/Parent"}


def holding(in_root=(), in_page=(), pages=2) -> bytes:
    document = Pdf.open(io.BytesIO(pdf(pages)))
    for key, value in dict(in_root).items():
        document.Root[key] = value(document)
    for page in document.pages:
        for key, value in dict(in_page).items():
            page[key] = value(document)
    document.docinfo["/Author"] = SECRET
    return saved(document)


def rebuilt(content: bytes) -> Pdf:
    return Pdf.open(io.BytesIO(documents.draw(content).content))


def picture_of(kept: Pdf):
    """The picture of its first page."""
    [picture] = kept.pages[0].Resources.XObject.values()
    return picture


def refused(content: bytes) -> Reason:
    with pytest.raises(Refused) as refusal:
        documents.draw(content)
    return refusal.value.reason


def drawn(content: bytes, page: int = 0) -> Image.Image:
    """A page of a document, as a reader shows it."""
    with pypdfium2.PdfDocument(content) as document:
        document.init_forms()
        return document[page].render().to_pil().convert("RGB")


@pytest.mark.parametrize("key", IN_ROOT)
def test_of_a_documents_root_nothing_is_kept_but_its_pages(key):
    kept = rebuilt(holding(in_root={key: IN_ROOT[key]}))
    assert set(kept.Root.keys()) == {"/Type", "/Pages"}
    assert len(kept.pages) == 2


@pytest.mark.parametrize("key", IN_PAGE)
def test_of_a_page_nothing_is_kept_but_its_picture(key):
    for page in rebuilt(holding(in_page={key: IN_PAGE[key]})).pages:
        assert set(page.keys()) == PAGE_KEYS
        assert set(page.Resources.keys()) == {"/XObject"}


def test_what_was_left_out_is_nowhere_in_the_file():
    """Not even packed or unreferenced, where a tool could read it."""
    whole = holding(IN_ROOT, IN_PAGE)
    kept = Pdf.open(io.BytesIO(documents.draw(whole).content))
    parts = [
        part.read_bytes()
        for part in kept.objects
        if isinstance(part, Stream) and "/Filter" not in part
    ]
    assert b"rahasia" not in b"".join([documents.draw(whole).content, *parts])
    assert "/Info" not in kept.trailer


def test_where_and_when_a_scanned_photo_was_taken_is_gone():
    exif = Image.Exif()
    exif[0x010F], exif[0x0132] = "KameraRekaan", "2026:02:23 07:30:00"
    exif.get_ifd(0x8825).update({1: "S", 2: (7.0, 28.0, 20.5), 3: "E", 4: (112.0, 26.0, 1.5)})
    content = scan(written(scene(), "JPEG", exif=exif))
    assert b"KameraRekaan" in content
    made = documents.draw(content).content
    assert b"KameraRekaan" not in made
    kept = Pdf.open(io.BytesIO(made))
    with Image.open(io.BytesIO(picture_of(kept).read_raw_bytes())) as image:
        assert dict(image.getexif()) == {}


def test_the_words_in_a_filled_form_are_seen():
    empty, filled = (drawn(documents.draw(filled_form(t)).content) for t in ("", "Jalan rusak"))
    assert ImageStat.Stat(empty.convert("L")).mean[0] > 254
    assert ImageStat.Stat(filled.convert("L")).mean[0] < 253.5


def test_a_form_that_only_its_own_program_shows_is_not_emptied_in_silence():
    document = Pdf.open(io.BytesIO(pdf()))
    document.Root.AcroForm = Dictionary(Fields=Array([]), XFA=document.make_stream(b"<xdp:xdp/>"))
    document.Root.NeedsRendering = True
    assert refused(saved(document)) == Reason.ACTIVE_PDF


@pytest.mark.parametrize("kind", ["tick", "free words", "stamp"])
def test_what_was_added_with_a_pen_is_seen(kind):
    document = Pdf.new()
    page = document.add_blank_page(page_size=(200, 200))
    look = document.make_stream(
        b"0 0 0 rg 0 0 100 100 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 100, 100]
    )
    note = Dictionary(
        Type=Name.Annot, Rect=Array([50, 50, 150, 150]), F=4, AP=Dictionary(N=look), P=page.obj
    )
    if kind == "tick":
        note.update({"/Subtype": Name.Widget, "/FT": Name.Btn, "/T": String("ya")})
        note.AP = Dictionary(N=Dictionary(Ya=look))
        note.V = note.AS = Name.Ya
        document.Root.AcroForm = Dictionary(Fields=Array([document.make_indirect(note)]))
        page.obj.Annots = Array([document.Root.AcroForm.Fields[0]])
    else:
        note.Subtype = Name.FreeText if kind == "free words" else Name.Stamp
        page.obj.Annots = Array([document.make_indirect(note)])
    assert drawn(documents.draw(saved(document)).content).getpixel((100, 100)) < (60, 60, 60)


def test_the_picture_is_the_same_as_before():
    content = scan(written(scene(), "JPEG"))
    before, after = (drawn(made) for made in (content, documents.draw(content).content))
    assert before.size == after.size
    spots = [(x, y) for x in (40, 240, 440) for y in (30, 160, 290)]
    for spot in spots:
        pairs = zip(before.getpixel(spot), after.getpixel(spot), strict=True)
        assert max(abs(one - other) for one, other in pairs) < 40, spot


def test_a_page_that_lies_on_its_side_stands_as_it_was_shown():
    document = Pdf.open(io.BytesIO(pdf()))
    document.pages[0].Rotate = 90
    before = drawn(saved(document)).size
    assert drawn(documents.draw(saved(document)).content).size == before


@pytest.mark.parametrize("first", [b"\xef\xbb\xbf", b"\r\n\n", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_a_few_bytes_before_the_mark_do_no_harm(first):
    clean = attachments.clean(upload(first + pdf(), "pindai.pdf"))
    assert clean.content_type == "application/pdf"
    assert clean.content.startswith(b"%PDF-")


def test_a_photo_that_mentions_the_mark_stays_a_photo():
    clean = attachments.clean(upload(written(scene(), "JPEG", comment=b"%PDF-1.7"), "foto.pdf"))
    assert clean.suffix == "jpg"


# Size.


def test_twenty_pages_are_taken_and_one_more_is_told_the_limit():
    assert len(rebuilt(pdf(bounds.MAX_PAGES)).pages) == bounds.MAX_PAGES
    with pytest.raises(ValidationError) as refusal:
        attachments.clean(upload(pdf(bounds.MAX_PAGES + 1), "laporan.pdf"))
    assert "laporan.pdf" in refusal.value.message
    assert str(bounds.MAX_PAGES) in refusal.value.message


def test_a_page_is_drawn_at_150_dots_an_inch():
    document = Pdf.new()
    document.add_blank_page(page_size=(595, 842))
    kept = rebuilt(saved(document))
    picture = picture_of(kept)
    assert (int(picture.Width), int(picture.Height)) == (1240, 1755)
    assert picture.ColorSpace == Name.DeviceGray


@pytest.mark.parametrize(
    ("box", "unit"),
    [
        ([0, 0, 14_400, 14_400], 100),
        ([0, 0, 14_400, 3], 1),
        ([0, 0, 0, 0], 1),
        ([0, 0, 1e9, 1e9], 1),
        ([-500, -500, -100, 500], 1),
        ([9, 9, 1, 1], 1),
    ],
)
def test_no_sheet_is_too_large_or_too_small_to_be_drawn(box, unit):
    document = Pdf.open(io.BytesIO(pdf()))
    document.pages[0].MediaBox = Array(box)
    document.pages[0].UserUnit = unit
    kept = rebuilt(saved(document))
    picture = picture_of(kept)
    assert 1 <= int(picture.Width) * int(picture.Height) <= bounds.MAX_PAGE_PIXELS * 1.01


def test_a_picture_that_would_not_fit_is_not_left_out_in_silence(monkeypatch):
    monkeypatch.setattr(documents, "MAX_PICTURE", 480 * 320 * 3 - 1)
    assert refused(scan(written(scene(), "JPEG"))) == Reason.COMPLICATED


def test_a_scan_does_not_grow_out_of_proportion():
    page = scene((1654, 2339))
    content = written(page, "PDF", resolution=200, save_all=True, append_images=[page] * 4)
    assert len(documents.draw(content).content) < 1.5 * len(content)


# What can't be opened.


def test_a_locked_pdf_is_refused_with_its_own_remedy():
    content = pdf(encryption=Encryption(owner="x", user="y"))
    with pytest.raises(ValidationError) as refusal:
        attachments.clean(upload(content, "terkunci.pdf"))
    assert "terkunci.pdf" in refusal.value.message
    with pytest.raises(ValidationError) as damaged:
        attachments.clean(upload(b"%PDF-1.4\nrusak", "terkunci.pdf"))
    assert damaged.value.message != refusal.value.message


def test_a_pdf_that_only_its_owner_may_change_is_drawn():
    assert len(rebuilt(pdf(encryption=Encryption(owner="x", user=""))).pages) == 1


@pytest.mark.parametrize("content", [b"%PDF-1.4\nrusak", pdf(pages=0), pdf()[:200]])
def test_a_broken_pdf_is_refused(content):
    assert refused(content) == Reason.BROKEN_PDF
