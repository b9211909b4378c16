"""The bare host's addresses: the plugin below a path of its own, and a search page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.api.v2.router import WagtailAPIRouter

from pengaduan_app.contrib.search.api import SearchAPIViewSet
from pengaduan_app.contrib.search.views import search_context, suggestions

PAGE = """{{ summary }}
{% for hit in results.hits %}<a href="{{ hit.url }}">{{ hit.title }}</a>{% endfor %}"""

api_router = WagtailAPIRouter("wagtailapi")
api_router.register_endpoint("search", SearchAPIViewSet)


def search_page(request: HttpRequest) -> HttpResponse:
    template = engines["django"].from_string(PAGE)
    return HttpResponse(template.render(search_context(request.GET), request))


urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("api/", api_router.urls),
    path("find/", search_page),
    path("find/suggestions/", suggestions),
    path("complaints/", include("pengaduan_app.urls")),
    path("", include(wagtail_urls)),
]
