"""What a visitor has open: the receipt, the complaint that number and code opened, files of a form
that came back."""

from __future__ import annotations

import time
from math import ceil

from django import forms
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _

from .. import throttle
from ..actions import Receipt
from ..models import Complaint
from ..privacy import measured
from ..vault import cipher
from .forms.attaching import AttachingForm

RECEIPT = "pengaduan_receipt"
TRACKED = "pengaduan_tracked"
# How long an unread receipt can be opened, and how long a tracked complaint stays open.
RECEIPT_SECONDS = 15 * 60
TRACKED_SECONDS = 30 * 60
# Forms with errors whose files are stored, from one address in an hour.
STORED_FORMS = 30
# Seconds for which files from one address may be open in an hour. Two are open at a time on a
# machine, so whoever sends heavy files on and on keeps all others waiting. A photo takes about half
# a second, the worst document 8: enough for hundreds of people behind one address.
OPENING = 300
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
    return bool(request.FILES) and throttle.is_over(request, "opening", OPENING * 1000)


def too_heavy() -> str:
    """What is said then."""
    return _(
        "Too many large or complicated files came from your connection. Send without files, or try "
        "again in an hour."
    )


def look_through(request: HttpRequest, form: forms.Form) -> bool:
    """Whether the form is valid; counts for how long its files were open, whatever came of it."""
    with measured() as spent:
        is_valid = form.is_valid()
    if spent.seconds:
        throttle.count(request, "opening", amount=ceil(spent.seconds * 1000))
    return is_valid


def take_back(request: HttpRequest, form: AttachingForm) -> None:
    """Before a form is shown again: stores its good files, unless this address did so too often."""
    if form.files and not throttle.is_over(request, "keep", STORED_FORMS):
        throttle.count(request, "keep")
        form.store_files()
