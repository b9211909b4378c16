"""What editors put up for everybody is looked into, and kept: its text must stay readable."""

from __future__ import annotations

import pytest

from pengaduan_app.privacy import guard
from pengaduan_app.privacy.opening.verdict import Purpose, Reason, Refused
from tests.privacy.test_rebuilt_documents import IN_PAGE, IN_ROOT, holding
from tests.support.files import pdf


def looked(content: bytes):
    return guard.open_file(content, Purpose.DOCUMENT)


def test_an_editors_document_is_kept_as_it_is():
    content = pdf()
    assert looked(content).content == content


@pytest.mark.parametrize(
    "holding_it",
    [
        {"in_root": {key: IN_ROOT[key]}}
        for key in ("/OpenAction", "/AA", "/Names", "/AF", "/Outlines")
    ]
    + [{"in_page": {key: IN_PAGE[key]}} for key in ("/AA", "/Annots")],
    ids=lambda place: " ".join([*place, *next(iter(place.values()))]),
)
def test_unless_it_acts_or_carries_files(holding_it):
    with pytest.raises(Refused) as refusal:
        looked(holding(**holding_it))
    assert refusal.value.reason == Reason.ACTIVE_PDF
