"""What Wagtail's own views can't read of a request is the sender's mistake: 400, not a 500."""

from __future__ import annotations

import logging
from collections.abc import Callable
from traceback import walk_tb
from types import TracebackType

from django.core.exceptions import ValidationError
from django.db import DataError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)

# What a value that is of another kind, too large or missing makes of code that trusts it.
UNREADABLE = (
    *(ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError),
    *(ValidationError, DataError, NoReverseMatch),
)
# Whose code trusts it, and whose faults stay faults.
WAGTAIL = ("wagtail", "wagtail_modeladmin", "modelcluster", "taggit")
OURS = ("pengaduan_app", "home", "search", "config")


class UnreadableInputMiddleware:
    """For the admin. A fault of our own code, and one without any input, stays a 500.

    The error is logged with its traceback all the same, for it may be a fault of Wagtail's.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not self._is_unreadable(request, exception):
            return None
        logger.error("%s couldn't be read.", request.path, exc_info=exception)
        text = _("What was sent can't be read. Go back, load the page again, and try once more.")
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return JsonResponse({"message": text}, status=400)
        return render(request, "unreadable.html", {"text": text}, status=400)

    def _is_unreadable(self, request: HttpRequest, exception: Exception) -> bool:
        match = request.resolver_match
        asked = request.method != "GET" or bool(request.GET or (match and match.kwargs))
        in_admin = request.path.startswith(reverse("wagtailadmin_home"))
        return (
            in_admin
            and asked
            and isinstance(exception, UNREADABLE)
            and _stumbled_in(exception.__traceback__) in WAGTAIL
        )


def _stumbled_in(traceback: TracebackType | None) -> str:
    """Which package it was, of Wagtail's and ours, whose code ran last; empty for neither."""
    names = [
        frame.f_globals.get("__name__", "").split(".")[0] for frame, _line in walk_tb(traceback)
    ]
    known = [name for name in names if name in WAGTAIL + OURS]
    return known[-1] if known else ""
