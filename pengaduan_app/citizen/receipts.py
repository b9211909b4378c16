"""The receipts that a browser may look at for a quarter of an hour: the code is in no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from ..actions import Receipt
from ..messaging import reach
from ..models import Complaint
from .sealing import seal, unseal

RECEIPTS = "pengaduan_receipts"
# How long a receipt can be opened.
SECONDS = 15 * 60
# Of one browser at a time, the newest first.
MOST = 5


@dataclass(frozen=True, repr=False)
class OpenReceipt:
    """Number and code as the page shows them, until when, and whether news reaches anybody."""

    complaint: Complaint
    code: str
    until: datetime
    gets_news: bool
    link: str


def keep(request: HttpRequest, receipt: Receipt) -> None:
    """Remember number and code for the page that shows them."""
    pk, gets_news = receipt.complaint.pk, reach.gets_news(receipt.complaint.reporter)
    others = [row for row in _open_rows(request) if row["pk"] != pk]
    if not request.user.is_authenticated:
        _begin_anew(request.session)
        # It ends with the window; that of staff has an end of its own.
        request.session.set_expiry(0)
    row = {
        "pk": pk,
        "code": seal(request, receipt.code),
        "until": (timezone.now() + timedelta(seconds=SECONDS)).isoformat(),
        "gets_news": gets_news,
    }
    request.session[RECEIPTS] = [row, *others][:MOST]


def open_receipts(request: HttpRequest) -> list[OpenReceipt]:
    """What this browser may still see, newest first; forgets what is over."""
    if RECEIPTS not in request.session:
        return []
    rows = _open_rows(request)
    if len(rows) < len(request.session[RECEIPTS]):
        request.session[RECEIPTS] = rows
    found = Complaint.objects.select_related("agency").in_bulk([row["pk"] for row in rows])
    return [_opened(request, found[row["pk"]], row) for row in rows if row["pk"] in found]


def forget(request: HttpRequest) -> None:
    """Nothing is left for whoever uses this browser next."""
    request.session.pop(RECEIPTS, None)


def _open_rows(request: HttpRequest) -> list[dict[str, Any]]:
    rows = request.session.get(RECEIPTS, [])
    return [row for row in rows if unseal(request, row["code"], SECONDS) is not None]


def _opened(request: HttpRequest, complaint: Complaint, row: dict[str, Any]) -> OpenReceipt:
    code = unseal(request, row["code"], SECONDS) or ""
    # Behind the "#", which no browser sends: track.js fills the form in and removes it.
    link = request.build_absolute_uri(reverse("pengaduan:track"))
    link += "#" + urlencode({"nomor": complaint.ticket, "kode": code})
    until = datetime.fromisoformat(row["until"])
    return OpenReceipt(complaint, code, until, row["gets_news"], link)


def _begin_anew(session: SessionBase) -> None:
    """A new session with what is in this one, so that nobody can have planted its name.

    The old one stays without the receipt: the other half of a double click still has it.
    """
    kept = dict(session.items())
    session.create()
    session.update(kept)
