"""The monthly recap on paper: no row is cut in two, and nobody signs an empty page."""

from __future__ import annotations

import pypdfium2
import pytest
from django.urls import reverse
from django.utils import timezone

from pengaduan_app.procedure.sop import Role
from tests.desk.test_complaint_search import many
from tests.support.factories import AgencyFactory, staff

NAME = "Dinas Contoh nomor {} yang Namanya Panjang Sekali dan Mengurus Perumahan serta Permukiman"


def pages_of(client) -> list[str]:
    client.force_login(staff(Role.COORDINATOR))
    address = reverse("pengaduan_reports:recap")
    month = f"{timezone.localdate():%Y-%m}"
    response = client.get(address, {"month": month, "format": "pdf"})
    assert response["Content-Type"] == "application/pdf"
    document = pypdfium2.PdfDocument(response.content)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


@pytest.mark.parametrize("count", [1, 11, 16, 20, 40])
def test_each_agencys_row_stands_whole_under_its_columns(client, city, count):
    names = [NAME.format(f"N{number}N") for number in range(count)]
    for name in names:
        many(AgencyFactory(name=name), 1)
    pages = pages_of(client)
    for name in names:
        holding = [text for text in pages if name in text]
        assert len(holding) == 1
        assert "Langkah selesai" in holding[0]
    # The signature stands below the end of the last table.
    assert "Pengaduan masuk menurut jenis" in pages[-1]
    assert "NIP" in pages[-1]
