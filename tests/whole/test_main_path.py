"""The main job: a complaint goes from A1 to B2, every step by whom the SOP names."""

from pengaduan_app.procedure.sop import State
from tests.support.process import ledger_of, page_of


def test_a_complaint_goes_from_receipt_to_the_website(office):
    complaint = office.complaint(to=State.PUBLISHED)
    assert ledger_of(complaint) == [
        ("A1", "done"),
        ("A2", "forwarded"),
        ("A5", "done"),
        ("A6", "done"),
        ("A8", "done"),
        ("B1", "done"),
        ("B2", "published"),
    ]
    page = page_of(complaint)
    assert page.live
    assert page.answered_at is not None
    assert complaint.closed_at is not None
