"""Reading: the list, an agency's section and an answer, each served past Wagtail's routing.

Wagtail walks the tree and asks a dozen queries for a page. These views know what stands at
their addresses and read it with one. What they don't know is left to Wagtail: drafts'
previews, restricted pages, redirects, and the site's own page for what isn't there.
"""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import redirect, render
from wagtail.views import serve

from .models import AgencyPage, ComplaintIndexPage, ComplaintPage, PublishedAnswer
from .models.browsing import answer_context, index_context, section_context
from .models.published import is_restricted


def index(request):
    """`/pengaduan/`: all answers."""
    page = _open(ComplaintIndexPage.objects.all())
    if page is None:
        return _left_to_wagtail(request)
    return render(request, page.template, {"page": page, **index_context(request)})


def agency(request, slug: str):
    """`/pengaduan/<agency>/`: one agency's answers."""
    page = _open(AgencyPage.objects.filter(agency__slug=slug).select_related("agency"))
    if page is None:
        return _left_to_wagtail(request)
    return render(request, page.template, {"page": page, **section_context(request, page.agency)})


def answer(request, agency: str, slug: str):
    """`/pengaduan/<agency>/<slug>/`: one question with its answer."""
    row = PublishedAnswer.objects.with_names().filter(slug=slug).first()
    if row is None:
        return _missing(request, slug)
    if row.agency.slug != agency:
        # The agency has another name now; the end of the address is the answer's own.
        return redirect(row, permanent=True)
    return render(request, ComplaintPage.template, answer_context(request, row))


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
            return render(request, "pengaduan_app/gone.html", status=410)
        raise


def _left_to_wagtail(request):
    return serve(request, request.path_info.lstrip("/"))
