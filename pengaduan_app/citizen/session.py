"""What a visitor has open: the receipt, the complaint that number and code opened, files of a form
that came back."""

from __future__ import annotations

import time

from django.http import HttpRequest
from django.utils.translation import gettext as _

from .. import throttle
from ..models import Complaint
from .forms.attaching import AttachingForm

RECEIPT = "pengaduan_receipt"
TRACKED = "pengaduan_tracked"
# How long an unread receipt can be opened, and how long a tracked complaint stays open.
RECEIPT_SECONDS = 15 * 60
TRACKED_SECONDS = 30 * 60
# Forms with errors whose files are stored, from one address in an hour.
STORED_FORMS = 30
# Forms with a file that was too complicated to open, from one address in an hour. Few can open at
# a time, so whoever sends such files on and on keeps all others waiting.
HEAVY_FORMS = 20
# Attempts that one address may make in an hour, for each that may succeed: checking attachments
# or a code costs the server work, right or wrong.
TRIES = 10


def tracked_complaint(request: HttpRequest) -> Complaint | None:
    """The complaint that this session opened by number and code in the last half hour."""
    tracked = request.session.get(TRACKED)
    if not tracked or time.time() - tracked["at"] > TRACKED_SECONDS:
        return None
    complaints = Complaint.objects.select_related("agency", "duplicate_of__page", "page")
    return complaints.filter(pk=tracked["pk"]).first()


def is_too_heavy(request: HttpRequest) -> bool:
    """Whether a form brings files from an address that has kept the server busy with others."""
    return bool(request.FILES) and throttle.is_over(request, "heavy", HEAVY_FORMS)


def too_heavy() -> str:
    """What is said then."""
    return _(
        "Too many files from your connection were too complicated to open. Send without files, "
        "or try again in an hour."
    )


def take_back(request: HttpRequest, form: AttachingForm) -> None:
    """Before a form is shown again: stores its good files, unless this address did so too often,
    and counts it if a file of it took all the time that a file may take."""
    if form.has_error(form.files_field, "complicated"):
        throttle.count(request, "heavy")
    if form.files and not throttle.is_over(request, "keep", STORED_FORMS):
        throttle.count(request, "keep")
        form.store_files()
