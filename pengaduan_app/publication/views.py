"""The public's views: the list, an agency's section and an answer, past Wagtail's routing.

Wagtail walks the page tree and needs a dozen queries for a page. These views know what stands
at their addresses and read it with one query. They leave everything else to Wagtail: previews
of drafts, restricted pages, redirects, and the site's own 404 page.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from wagtail.query import PageQuerySet
from wagtail.views import serve

from ..models import (
    Agency,
    AgencyPage,
    ComplaintIndexPage,
    ComplaintPage,
    PublicPage,
    PublishedAnswer,
)
from . import facets, fast_path, prerendering
from .answer_context import answer_page
from .list_context import (
    Asked,
    context_without_cards,
    found_by,
    index_asked,
    list_context,
    section_asked,
)
from .pagination import Slice
from .projection import is_restricted


def index(request: HttpRequest) -> HttpResponseBase:
    """`/pengaduan/`: all answers."""
    return _list(request, index_asked(request), ComplaintIndexPage.objects.all())


def agency(request: HttpRequest, slug: str) -> HttpResponseBase:
    """`/pengaduan/<agency>/`: one agency's answers."""
    keys = [int(option.key) for option in facets.options()["agency"] if option.value == slug]
    if not keys:
        return _left_to_wagtail(request)
    pages = AgencyPage.objects.filter(agency=keys[0]).select_related("agency")
    return _list(request, section_asked(request, keys[0], slug), pages)


def _list(request: HttpRequest, asked: Asked, pages: PageQuerySet) -> HttpResponseBase:
    found = found_by(request, asked)

    def parts_of(marked: Slice) -> dict[str, str]:
        page = _open(pages)
        if page is None:
            return {}
        context = context_without_cards(request, asked, marked, _agency_of(page))
        return prerendering.parts_of(
            page.template, context | {"page": page, "cards": [fast_path.CARDS]}
        )

    if response := fast_path.listing(request, asked, found, parts_of):
        return response
    page = _open(pages)
    if page is None:
        return _left_to_wagtail(request)
    context = list_context(request, asked, found, _agency_of(page))
    return render(request, page.template, context | {"page": page})


def _agency_of(page: PublicPage) -> Agency | None:
    return page.agency if isinstance(page, AgencyPage) else None


def answer(request: HttpRequest, agency: str, slug: str) -> HttpResponseBase:
    """`/pengaduan/<agency>/<slug>/`: one question with its answer."""
    return fast_path.answer(request, agency, slug) or _render_answer(request, agency, slug)


def _render_answer(request: HttpRequest, agency: str, slug: str) -> HttpResponseBase:
    row = PublishedAnswer.objects.with_names().defer("article", "card").filter(slug=slug).first()
    if row is None:
        return _missing(request, slug)
    if row.agency.slug != agency:
        # The agency has been renamed; the slug alone identifies the answer.
        return redirect(row, permanent=True)
    return render(request, ComplaintPage.template, answer_page(request, row))


def _open(pages: PageQuerySet) -> PublicPage | None:
    """The page, if it is live and open to everybody."""
    return pages.live().filter(~is_restricted()).first()


def _missing(request: HttpRequest, slug: str) -> HttpResponseBase:
    """410 for an answer that was on the website once; otherwise Wagtail's response."""
    try:
        return _left_to_wagtail(request)
    except Http404:
        withdrawn = ComplaintPage.objects.filter(
            slug=slug, live=False, first_published_at__isnull=False
        )
        if withdrawn.exists():
            gone = render(request, "pengaduan_app/publication/gone.html", status=410)
            # It may be put back: browsers keep a 410 that says nothing of this for good.
            patch_cache_control(gone, no_cache=True)
            return gone
        raise


def _left_to_wagtail(request: HttpRequest) -> HttpResponseBase:
    return serve(request, request.path_info.lstrip("/"))
