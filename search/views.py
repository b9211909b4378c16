"""Search over the published questions and answers."""

from django.core.paginator import Paginator
from django.shortcuts import render

from pengaduan_app.models import ComplaintPage

PER_PAGE = 20
LONGEST_QUERY = 200


def search(request):
    """Answers that match `q`; an empty query shows the newest."""
    query = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_QUERY]
    pages = ComplaintPage.objects.published()
    found = pages.search(query) if query else pages
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "search/search.html", {"query": query, "page": page})
