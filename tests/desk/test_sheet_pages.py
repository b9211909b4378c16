"""The disposition sheet on paper: one page for an ordinary complaint, more only for long words;
measured in the PDF itself."""

from __future__ import annotations

import pypdfium2
import pytest

from pengaduan_app import actions
from pengaduan_app.models import Attachment, Complaint, Letterhead
from pengaduan_app.procedure.sop import State
from tests.support.factories import CategoryFactory, VillageFactory

STOCK = (State.VERIFIED,)
SENTENCE = "Lampu jalan di depan balai warga padam sejak tiga malam yang lalu dan belum diganti. "
NOTE = "Mohon ditinjau ke lokasi hari ini juga, dan bawa tangga yang panjang. " * 3


def words(letters: int) -> str:
    return (SENTENCE * (letters // len(SENTENCE) + 1))[:letters]


def paragraphs(letters: int) -> str:
    """The same number of letters in short paragraphs, as people type on telephones."""
    text = words(letters)
    return "\n\n".join(text[at : at + 170] for at in range(0, letters, 170))


def pages_of(client, complaint, user) -> list[str]:
    """The text of each page of the sheet's PDF."""
    client.force_login(user)
    response = client.get(f"/admin/complaints/{complaint.pk}/print/?format=pdf")
    assert response.status_code == 200
    document = pypdfium2.PdfDocument(response.content)
    return [page.get_textpage().get_text_range() for page in document]


def sheet_pages(client, office, note=NOTE, files=3, **fields) -> list[str]:
    """A forwarded complaint's sheet, with all that an ordinary one may have around its words."""
    Letterhead.objects.create(
        government="Pemerintah Kota Contoh",
        office="Dinas Komunikasi dan Informatika",
        address="Jl. Contoh 50, Kelurahan Contoh, 00000 · telepon (000) 000",
    )
    village = VillageFactory(name="Gunung Contoh", district="Magersari")
    usual = {"category": CategoryFactory(), "village": village, "place": "depan pasar " * 5}
    complaint = office.complaint(to=State.VERIFIED, **usual | fields)
    Attachment.objects.bulk_create(
        Attachment(complaint=complaint, file="x", content_type=kind, size=1)
        for kind in ["image/jpeg", "image/jpeg", "application/pdf"][:files]
    )
    actions.forward(complaint.pk, office.operator, office.official, note)
    return pages_of(client, complaint, office.operator)


ORDINARY = {
    "one line": {"body": "Lampu padam."},
    "an ordinary text": {"body": words(700)},
    "1,500 letters": {"body": words(1500)},
    "1,500 letters in paragraphs": {"body": paragraphs(1500)},
    "1,500 letters, confidential": {"body": words(1500), "confidential": True},
    "1,500 letters with contacts": {"body": words(1400) + " Hubungi 0812-9999-0001, Wulan."},
    "the longest subject": {"body": words(1500), "subject": words(120)},
    "1,500 letters without a note": {"body": words(1500), "note": ""},
}


@pytest.mark.parametrize("case", ORDINARY)
def test_an_ordinary_complaint_has_one_page(client, office, case):
    pages = sheet_pages(client, office, **ORDINARY[case])
    assert len(pages) == 1
    assert "Halaman 1 dari 1" in pages[0]
    # The last things of the sheet are there, and not cut off.
    assert pages[0].count("Nama, tanggal, tanda tangan") == 3


LONG = {
    "5,000 letters": words(5000),
    "5,000 letters in paragraphs": paragraphs(4700),
    "one word": "x" * 5000,
    "400 lines": "a\n" * 400,
}


@pytest.mark.parametrize("case", LONG)
def test_a_long_complaint_runs_on_under_a_head_of_its_own(client, office, case):
    pages = sheet_pages(client, office, body=LONG[case])
    assert len(pages) >= 2
    ticket = Complaint.objects.latest("pk").ticket
    for number, text in enumerate(pages, 1):
        assert f"Halaman {number} dari {len(pages)}" in text
        assert ticket in text
    for text in pages[1:]:
        assert f"Lembar disposisi {ticket}" in text
    assert f"Lembar disposisi {ticket}" not in pages[0]
    # The lines for the disposition stay with the signatures: no page has one without the other.
    assert "Disposisi dan jawaban" in pages[-1]
    assert pages[-1].count("Nama, tanggal, tanda tangan") == 3
    assert "".join(LONG[case].split())[-40:] in "".join("".join(pages).split())


def test_each_page_of_a_confidential_complaint_says_so(client, office):
    pages = sheet_pages(client, office, body=words(5000), confidential=True)
    assert [text.count("Rahasia") >= 1 for text in pages] == [True] * len(pages)
