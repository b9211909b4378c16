"""Addresses of the public site that are not pages."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone

# Forms, people's own pages and endless searches don't belong in a search engine.
NOT_INDEXED = ("/admin/", "/api/", "/cari/", "/lacak/", "/lapor/terima/", "/documents/")


def robots(request: HttpRequest) -> HttpResponse:
    """Which addresses search engines must not index, and where the sitemap is."""
    sitemap = request.build_absolute_uri(reverse("pengaduan:sitemap_index"))
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_INDEXED)]
    text = "\n".join([*lines, "", f"Sitemap: {sitemap}", ""])
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def favicon(request: HttpRequest) -> HttpResponse:
    """What browsers and mail programs ask for by this name, whatever a page says."""
    return redirect(static("home/icon-32.png"))


def security_txt(request: HttpRequest) -> HttpResponse:
    """Where somebody who found a hole reports it (RFC 9116): SECURITY_CONTACT, which may be a
    mailto: or https: address. Raises Http404 while the city has named none."""
    contact = settings.SECURITY_CONTACT
    if not contact:
        raise Http404
    # What is older than its date counts as outdated, so it lies ahead as long as this answers.
    ends = (timezone.now() + timedelta(days=180)).replace(microsecond=0, second=0, minute=0)
    lines = [
        f"Contact: {contact}",
        f"Expires: {ends.isoformat()}",
        "Preferred-Languages: id, en",
        f"Canonical: {request.build_absolute_uri(request.path)}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
