"""What a visitor has open: the receipt, the complaint that number and code opened, files of a form
that came back."""

from __future__ import annotations

import time

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _

from .. import throttle
from ..actions import Receipt
from ..models import Complaint
from ..vault import cipher
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


def browser_of(request: HttpRequest) -> str:
    """A secret that this browser brings with every form, and that no other one has.

    It is the one behind the token against forged requests: there before the first form is sent,
    so that both halves of a double click have it, and new after "Leave this page" and a log-in.
    """
    get_token(request)
    secret: str = request.META["CSRF_COOKIE"]
    return secret


def keep_receipt(request: HttpRequest, receipt: Receipt) -> None:
    """Remember number and code for the page that shows them once."""
    code = cipher().encrypt(receipt.code.encode()).decode("ascii")
    request.session[RECEIPT] = {"pk": receipt.complaint.pk, "code": code, "at": time.time()}


def take_receipt(request: HttpRequest) -> tuple[Complaint, str] | None:
    """The complaint and its code, if they are to be shown and this is the first time."""
    kept = request.session.pop(RECEIPT, None)
    if not kept or "code" not in kept or time.time() - kept["at"] > RECEIPT_SECONDS:
        return None
    complaint = Complaint.objects.select_related("agency").get(pk=kept["pk"])
    return complaint, cipher().decrypt(kept["code"]).decode()


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
