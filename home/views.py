"""Addresses of the public site that are not pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

# Forms, people's own pages and endless searches don't belong in a search engine.
NOT_INDEXED = ("/admin/", "/api/", "/cari/", "/lacak/", "/lapor/terima/", "/documents/")


def robots(request: HttpRequest) -> HttpResponse:
    """Which addresses search engines must not index, and where the sitemap is."""
    sitemap = request.build_absolute_uri(reverse("pengaduan:sitemap_index"))
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_INDEXED)]
    text = "\n".join([*lines, "", f"Sitemap: {sitemap}", ""])
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
