"""`/cari/`: the city's page of the search."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pengaduan_app.contrib.search.views import search_context


def search_page(request: HttpRequest) -> HttpResponse:
    return render(request, "search/search.html", search_context(request.GET))
