"""How large a request's body may be, by its address; larger ones are refused unread."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

MB = 1024 * 1024
USUAL = 1 * MB
# The first that fits counts. A form with five attachments of 10 MB and some fields; what the
# libraries take (WAGTAILIMAGES_ and WAGTAILDOCS_MAX_UPLOAD_SIZE), with room for the form around.
LIMITS = (
    (re.compile(r"/(lapor|lacak)/"), 55 * MB),
    (re.compile(r"/admin/documents/"), 55 * MB),
    (re.compile(r"/admin/images/"), 12 * MB),
    (re.compile(r"/admin/complaints/\d+/pictures/"), 12 * MB),
)


def limit_of(path: str) -> int:
    """In bytes."""
    return next((limit for pattern, limit in LIMITS if pattern.match(path)), USUAL)


class BodyLimitMiddleware:
    """Answers 413 before anything of the body is read: neither memory nor disk is taken.

    A body without a stated length has none for Django, which reads what is stated.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        stated = request.META.get("CONTENT_LENGTH") or "0"
        limit = limit_of(request.path)
        if not stated.isdecimal() or int(stated) <= limit:
            return self.get_response(request)
        if request.path.startswith("/api/"):
            return JsonResponse({"message": f"The body is larger than {limit} bytes."}, status=413)
        return render(request, "413.html", {"most": limit // MB}, status=413)
