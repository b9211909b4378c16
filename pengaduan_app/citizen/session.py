"""What a visitor has open: the complaint that number and code opened, what they had written before,
files of a form that came back."""

from __future__ import annotations

import json
import time
from math import ceil
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

from .. import throttle
from ..models import Complaint
from ..privacy import measured
from .forms.attaching import AttachingForm
from .sealing import seal, unseal

TRACKED = "pengaduan_tracked"
# How long a tracked complaint stays open.
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


def tracked_complaint(request: HttpRequest) -> Complaint | None:
    """The complaint that this session opened by number and code in the last half hour."""
    tracked = request.session.get(TRACKED)
    if not tracked or time.time() - tracked["at"] > TRACKED_SECONDS:
        return None
    complaints = Complaint.objects.select_related("agency", "duplicate_of__page", "page")
    return complaints.filter(pk=tracked["pk"]).first()


def open_tracked(request: HttpRequest, complaint: Complaint, typed: dict[str, Any]) -> None:
    """Open the complaint for half an hour; `typed` was written into one of its forms before and is
    shown in it until it is sent, however often the page is loaded."""
    # A new session id, so that nobody can have planted it; it ends with the window.
    request.session.cycle_key()
    sealed = seal(request, json.dumps(typed, default=str)) if typed else ""
    request.session[TRACKED] = {"pk": complaint.pk, "at": time.time(), "typed": sealed}
    if not request.user.is_authenticated:
        # The session of staff has an end of its own.
        request.session.set_expiry(0)


def typed_before(request: HttpRequest) -> dict[str, Any]:
    """What was typed into a form of the open complaint before number and code were asked again."""
    sealed = request.session.get(TRACKED, {}).get("typed")
    text = unseal(request, sealed, TRACKED_SECONDS) if sealed else None
    found: dict[str, Any] = json.loads(text) if text else {}
    return found


def forget_typed(request: HttpRequest) -> None:
    """It has been sent."""
    if tracked := request.session.get(TRACKED):
        request.session[TRACKED] = {**tracked, "typed": ""}


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
