"""Draws the pages of a PDF into a new one, and looks into an editor's PDF.

What staff see of a citizen's document is what the citizen saw: each page is drawn as a picture,
filled-in forms too, and the new PDF holds these pictures and nothing else.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from pikepdf import Dictionary, Name
from PIL import Image, ImageChops

from .bounds import LONGEST_SHEET, MAX_PAGE_PIXELS, MAX_PAGE_SIDE, MAX_PAGES, MAX_PICTURE
from .verdict import Opened, Reason, Refused

DOTS = 150  # per inch
POINTS = 72  # per inch
# How deep forms may lie in forms when pictures are looked for.
DEPTH = 8
QUALITY = 80
# What a document for everybody must not do: its actions by their name, and keys that only what
# acts or carries a file has.
ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/RichMediaExecute"}
ACTIVE_KEYS = {"/JS", "/EF", "/RichMediaContent"}
# Brightness in which the colours of a pixel may differ before it is called coloured.
GREY = 12


@dataclass(frozen=True)
class Sheet:
    """A page's picture as a JPEG, the picture's pixels and mode, and the page's size in points."""

    jpeg: bytes
    pixels: tuple[int, int]
    mode: str
    size: tuple[float, float]


def draw(content: bytes) -> Opened:
    """A new PDF with a picture of each page. Raises Refused."""
    with _broken_unless_opened(content) as pdf:
        if len(pdf) > MAX_PAGES:
            raise Refused(Reason.MANY_PAGES)
        # Such a form is made by a program when it is opened: no other reader shows what is in it.
        if pdf.get_formtype() == pdfium_c.FORMTYPE_XFA_FULL:
            raise Refused(Reason.ACTIVE_PDF)
        pdf.init_forms()
        return Opened(_bound([_drawn(pdf, number) for number in range(len(pdf))]), "pdf")


def look(content: bytes) -> Opened:
    """An editor's PDF as it is: its text must stay readable for everybody. Raises Refused if it
    can't be opened, or holds files or programs."""
    with _broken_unless_opened(content) as pdf:
        if _is_active(content):
            raise Refused(Reason.ACTIVE_PDF)
        for number in range(min(len(pdf), MAX_PAGES)):
            _drawn(pdf, number)
        return Opened(content, "pdf")


@contextmanager
def _broken_unless_opened(content: bytes) -> Iterator[pdfium.PdfDocument]:
    """The document; whatever goes wrong with it, but for memory, means that it is broken."""
    try:
        with _opened(content) as pdf:
            yield pdf
    except (Refused, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001  broken files raise many kinds
        raise Refused(Reason.BROKEN_PDF) from error


def _opened(content: bytes) -> pdfium.PdfDocument:
    try:
        pdf = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        locked = getattr(error, "err_code", None) == pdfium_c.FPDF_ERR_PASSWORD
        raise Refused(Reason.LOCKED_PDF if locked else Reason.BROKEN_PDF) from error
    if not len(pdf):
        raise Refused(Reason.BROKEN_PDF)
    return pdf


def _is_active(content: bytes) -> bool:
    """Whether a PDF can run something, or carries files."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return any(_acts(whole) for whole in pdf.objects)


def _acts(part: object) -> bool:
    """Whether this object, or one that stands in it, acts or holds a file."""
    if isinstance(part, (Dictionary, pikepdf.Stream)):
        kind = part.get("/S")
        if ACTIVE_KEYS & set(part.keys()) or (isinstance(kind, Name) and kind in ACTIONS):
            return True
        parts = [part[key] for key in part.keys()]  # noqa: SIM118  no dict of Python's own
    elif isinstance(part, pikepdf.Array):
        parts = list(part)
    else:
        return False
    # What lies elsewhere is asked when its own turn comes.
    return any(_acts(inner) for inner in parts if not getattr(inner, "is_indirect", False))


def _drawn(pdf: pdfium.PdfDocument, number: int) -> Sheet:
    page = pdf[number]
    _check_pictures(page)
    width, height = page.get_size()
    scale = _scale(width, height)
    picture = page.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")
    page.close()
    if not _is_coloured(picture):
        picture = picture.convert("L")
    output = io.BytesIO()
    picture.save(output, "JPEG", quality=QUALITY, optimize=True)
    return Sheet(output.getvalue(), picture.size, picture.mode, (width, height))


def _scale(width: float, height: float) -> float:
    """Pixels for each point of the page: DOTS an inch, or fewer on a huge sheet."""
    width, height = max(width, 1), max(height, 1)
    fitting = MAX_PAGE_SIDE / max(width, height)
    return min(DOTS / POINTS, fitting, math.sqrt(MAX_PAGE_PIXELS / (width * height)))


def _check_pictures(page: pdfium.PdfPage) -> None:
    for picture in page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_IMAGE,), max_depth=DEPTH):
        across, down = picture.get_px_size()
        if across * down * 3 <= MAX_PICTURE:
            continue  # however it is coloured
        if across * down * (picture.get_metadata().bits_per_pixel or 24) > MAX_PICTURE * 8:
            raise Refused(Reason.COMPLICATED)


def _is_coloured(picture: Image.Image) -> bool:
    red, green, blue = picture.resize((200, 200), Image.Resampling.BOX).split()
    differences = (ImageChops.difference(red, green), ImageChops.difference(green, blue))
    return any(int(difference.getextrema()[1]) > GREY for difference in differences)  # type: ignore[arg-type]


def _bound(sheets: list[Sheet]) -> bytes:
    """A PDF of these pictures, each filling a page of its sheet's size."""
    pdf = pikepdf.new()
    for sheet in sheets:
        width, height = (min(max(side, 3), LONGEST_SHEET) for side in sheet.size)
        picture = pdf.make_stream(
            sheet.jpeg,
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=sheet.pixels[0],
            Height=sheet.pixels[1],
            ColorSpace=Name.DeviceGray if sheet.mode == "L" else Name.DeviceRGB,
            BitsPerComponent=8,
            Filter=Name.DCTDecode,
        )
        page = pdf.add_blank_page(page_size=(width, height))
        page.Resources = Dictionary(XObject=Dictionary(Page=picture))
        page.Contents = pdf.make_stream(f"{width:.2f} 0 0 {height:.2f} 0 0 cm /Page Do".encode())
    output = io.BytesIO()
    pdf.save(output)
    return output.getvalue()
