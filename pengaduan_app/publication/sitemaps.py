"""Sitemaps for search engines: all answers, and the site's other pages."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import index, sitemap
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from wagtail.contrib.sitemaps import Sitemap as PageSitemap
from wagtail.models import Page

from ..models import ComplaintPage, PublishedAnswer

# Addresses in one file. The protocol allows 50,000; these stay small enough to make on request.
LIMIT = 2_000


class AnswerSitemap(Sitemap):
    """All published answers, oldest first, so that a full file never changes again."""

    limit = LIMIT

    def items(self) -> QuerySet[PublishedAnswer]:
        rows = PublishedAnswer.objects.select_related("agency").order_by("answered_at", "pk")
        return rows.only("slug", "published_at", "agency__slug")

    def lastmod(self, row: PublishedAnswer) -> datetime:
        return row.published_at


class OtherPagesSitemap(PageSitemap):
    """Wagtail's own sitemap without the answers, which need no page object each."""

    def items(self) -> QuerySet[Page]:
        answers = ComplaintPage.objects.values("pk")
        return super().items().exclude(pk__in=Page.objects.filter(pk__in=answers).values("pk"))


def maps(request: HttpRequest) -> dict[str, type[Sitemap] | Sitemap]:
    """The parts of the site's sitemap, by name."""
    return {"halaman": OtherPagesSitemap(request), "jawaban": AnswerSitemap()}


def sitemap_index(request: HttpRequest) -> HttpResponse:
    """`/sitemap.xml`: one file while everything fits into it, otherwise the list of its parts."""
    parts = maps(request)
    if AnswerSitemap().paginator.num_pages > 1:
        return index(request, parts, sitemap_url_name="pengaduan:sitemap")
    return sitemap(request, parts)


def sitemap_part(request: HttpRequest, section: str) -> HttpResponse:
    """`/sitemap-<section>.xml?p=`: one file of one part."""
    return sitemap(request, maps(request), section=section)
