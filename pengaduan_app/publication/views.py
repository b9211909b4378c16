"""Reading: the list, an agency's section and an answer, each served past Wagtail's routing.

Wagtail walks the tree and asks a dozen queries for a page. These views know what stands at
their addresses and read it with one. What they don't know is left to Wagtail: drafts'
previews, restricted pages, redirects, and the site's own page for what isn't there.
"""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import redirect, render
from wagtail.views import serve

from ..models import AgencyPage, ComplaintIndexPage, ComplaintPage, PublishedAnswer
from . import facets, fast_path, prerendering
from .answer_context import answer_page
from .list_context import found_by, index_asked, list_context, list_shell, section_asked
from .projection import is_restricted


def index(request):
    """`/pengaduan/`: all answers."""
    return _list(request, index_asked(request), ComplaintIndexPage.objects.all())


def agency(request, slug: str):
    """`/pengaduan/<agency>/`: one agency's answers."""
    keys = [option.key for option in facets.options()["agency"] if option.value == slug]
    if not keys:
        return _left_to_wagtail(request)
    pages = AgencyPage.objects.filter(agency=keys[0]).select_related("agency")
    return _list(request, section_asked(request, keys[0], slug), pages)


def _list(request, asked, pages):
    found = found_by(request, asked)

    def context(page, make, rows) -> dict:
        return {"page": page, **make(request, asked, rows, getattr(page, "agency", None))}

    def shell(marked) -> dict:
        page = _open(pages)
        around = page and context(page, list_shell, marked) | {"cards": [fast_path.CARDS]}
        return prerendering.parts_of(page.template, around) if page else {}

    if response := fast_path.listing(request, asked, found, shell):
        return response
    page = _open(pages)
    if page is None:
        return _left_to_wagtail(request)
    return render(request, page.template, context(page, list_context, found))


def answer(request, agency: str, slug: str):
    """`/pengaduan/<agency>/<slug>/`: one question with its answer."""
    return fast_path.answer(request, agency, slug) or _answer_drawn(request, agency, slug)


def _answer_drawn(request, agency: str, slug: str):
    row = PublishedAnswer.objects.with_names().defer("article", "card").filter(slug=slug).first()
    if row is None:
        return _missing(request, slug)
    if row.agency.slug != agency:
        # The agency has another name now; the end of the address is the answer's own.
        return redirect(row, permanent=True)
    return render(request, ComplaintPage.template, answer_page(request, row))


def _open(pages):
    """The page, if it is there for everybody to see."""
    return pages.live().filter(~is_restricted()).first()


def _missing(request, slug: str):
    """Gone, for what was on the website once; else whatever Wagtail says."""
    try:
        return _left_to_wagtail(request)
    except Http404:
        withdrawn = ComplaintPage.objects.filter(
            slug=slug, live=False, first_published_at__isnull=False
        )
        if withdrawn.exists():
            return render(request, "pengaduan_app/publication/gone.html", status=410)
        raise


def _left_to_wagtail(request):
    return serve(request, request.path_info.lstrip("/"))
