"""What a visitor's session holds: the receipt, and the complaint that number and code opened."""

from __future__ import annotations

import time

from ..models import Complaint

RECEIPT = "pengaduan_receipt"
TRACKED = "pengaduan_tracked"
# How long a receipt that nobody has opened, and a tracked complaint's files, stay open.
RECEIPT_SECONDS = 15 * 60
TRACKED_SECONDS = 30 * 60
# Tries of any kind from one address in an hour, for each that may succeed: a form with
# attachments and a code both cost the server work, right or wrong.
TRIES = 10


def tracked_complaint(request) -> Complaint | None:
    """The complaint whose number and code were right in this session, for half an hour."""
    tracked = request.session.get(TRACKED)
    if not tracked or time.time() - tracked["at"] > TRACKED_SECONDS:
        return None
    complaints = Complaint.objects.select_related("agency", "duplicate_of__page", "page")
    return complaints.filter(pk=tracked["pk"]).first()
