"""Files as strangers send them: photos, documents, and some that are made to do harm."""

from __future__ import annotations

import io
import struct
import zlib
from functools import cache
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image


def upload(content: bytes, name: str = "surat.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@cache
def picture(kind: str, size=(60, 40), mode: str = "RGB", **options) -> bytes:
    """A red photo of that kind, as Pillow calls it."""
    return written(Image.new(mode, size, "red"), kind, **options)


@cache
def scene(size=(480, 320), mode="RGB") -> Image.Image:
    """A picture with something in every corner; the same one whenever it is asked for."""
    coarse = (size[0] // 8, size[1] // 8)
    noise = Image.frombytes("L", coarse, Random(7).randbytes(coarse[0] * coarse[1])).resize(size)
    across = Image.linear_gradient("L").resize(size)
    return Image.merge("RGB", (noise, across, across.rotate(180))).convert(mode)


def written(image: Image.Image, kind: str, **options) -> bytes:
    output = io.BytesIO()
    if kind == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener()
    image.save(output, kind, **options)
    return output.getvalue()


def saved(document: Pdf, **options) -> bytes:
    output = io.BytesIO()
    document.save(output, **options)
    return output.getvalue()


def pdf(pages: int = 1, **options) -> bytes:
    document = Pdf.new()
    for _number in range(pages):
        document.add_blank_page()
    return saved(document, **options)


def scan(photo: bytes, size=(480, 320)) -> bytes:
    """A PDF of one photo, taken over byte by byte, as scanner apps make it."""
    document = Pdf.new()
    page = document.add_blank_page(page_size=(480, 320))
    image = document.make_stream(
        photo,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=size[0],
        Height=size[1],
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )
    page.Resources = Dictionary(XObject=Dictionary(Im=image))
    page.Contents = document.make_stream(b"480 0 0 320 0 0 cm /Im Do")
    return saved(document)


def filled_form(words: str) -> bytes:
    """A form with one text field that somebody has filled in, without a drawing of its own."""
    document = Pdf.new()
    page = document.add_blank_page(page_size=(400, 200))
    font = document.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    )
    field = document.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            F=4,
            T=String("isi"),
            V=String(words),
            DA=String("/Helv 24 Tf 0 g"),
            Rect=Array([20, 80, 380, 130]),
            P=page.obj,
        )
    )
    page.obj.Annots = Array([field])
    document.Root.AcroForm = Dictionary(
        Fields=Array([field]),
        NeedAppearances=True,
        DA=String("/Helv 24 Tf 0 g"),
        DR=Dictionary(Font=Dictionary(Helv=font)),
    )
    return saved(document)


@cache
def deflated_twice(megabytes: int) -> bytes:
    """A PDF of a few kilobytes whose object stream unpacks to that much."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>",
    )
    starts = [sum(map(len, objects[:number])) for number in range(3)]
    head = b"".join(b"%d %d " % (number + 1, start) for number, start in enumerate(starts))
    raw = head + b"".join(objects) + b" " * (megabytes * 1024 * 1024)
    packed = zlib.compress(zlib.compress(raw, 6), 9)
    first = b"%PDF-1.5\n"
    stream = b"5 0 obj\n<</Type/ObjStm/N 3/First %d/Filter[/FlateDecode/FlateDecode]/Length %d>>"
    stream = stream % (len(head), len(packed)) + b"stream\n" + packed + b"\nendstream endobj\n"
    table = len(first) + len(stream)
    entries = [(0, 0, 65535), (2, 5, 0), (2, 5, 1), (2, 5, 2), (0, 0, 0), (1, len(first), 0)]
    rows = b"".join(struct.pack(">BIH", *entry) for entry in [*entries, (1, table, 0)])
    index = b"6 0 obj\n<</Type/XRef/Size 7/Root 1 0 R/W[1 4 2]/Length %d>>stream\n" % len(rows)
    end = b"\nendstream endobj\nstartxref\n%d\n%%%%EOF" % table
    return first + stream + index + rows + end


def said_to_be(size: tuple[int, int], progressive: bytes) -> bytes:
    """A progressive JPEG whose head says that size: its decoder makes room for all of it."""
    place = progressive.index(b"\xff\xc2") + 5
    width, height = size
    return progressive[:place] + struct.pack(">HH", height, width) + progressive[place + 4 :]
