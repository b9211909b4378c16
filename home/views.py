"""Addresses of the public site that are not pages."""

from django.http import HttpResponse
from django.urls import reverse

# Forms, people's own pages and endless searches are nothing for a search engine.
NOT_INDEXED = ("/admin/", "/api/", "/cari/", "/lacak/", "/lapor/terima/", "/documents/")


def robots(request):
    """What search engines shall leave alone, and where they find the rest."""
    sitemap = request.build_absolute_uri(reverse("pengaduan:sitemap_index"))
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_INDEXED)]
    text = "\n".join([*lines, "", f"Sitemap: {sitemap}", ""])
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
