"""The addresses that search engines should know: all answers, and the site's other pages."""

from __future__ import annotations

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import index, sitemap
from wagtail.contrib.sitemaps import Sitemap as PageSitemap
from wagtail.models import Page

from ..models import ComplaintPage, PublishedAnswer

# Of one file. The protocol allows 50,000; ours stay small enough to make on request.
LIMIT = 2_000


class AnswerSitemap(Sitemap):
    """All published answers, oldest first, so that a full file stays as it is."""

    limit = LIMIT

    def items(self):
        rows = PublishedAnswer.objects.select_related("agency").order_by("answered_at", "pk")
        return rows.only("slug", "published_at", "agency__slug")

    def lastmod(self, row):
        return row.published_at


class OtherPagesSitemap(PageSitemap):
    """Wagtail's own, without the answers: those need no page each."""

    def items(self):
        answers = ComplaintPage.objects.values("pk")
        return super().items().exclude(pk__in=Page.objects.filter(pk__in=answers).values("pk"))


def maps(request) -> dict[str, Sitemap]:
    """The site's parts by name."""
    return {"halaman": OtherPagesSitemap(request), "jawaban": AnswerSitemap()}


def sitemap_index(request):
    """`/sitemap.xml`: one file while everything fits into it, else the list of its parts."""
    parts = maps(request)
    if parts["jawaban"].paginator.num_pages > 1:
        return index(request, parts, sitemap_url_name="pengaduan:sitemap")
    return sitemap(request, parts)


def sitemap_part(request, section: str):
    """`/sitemap-<section>.xml?p=`: one part of it."""
    return sitemap(request, maps(request), section=section)
