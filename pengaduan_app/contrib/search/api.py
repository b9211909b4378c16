"""What the search page finds, for programs: an endpoint for the site's API router. The
whitelist is `FIELDS`, with number and title; the excerpt is safe HTML."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import BasePermission
from rest_framework.renderers import BrowsableAPIRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from .models import Answer
from .results import Hit, Results, search

FIELDS = (
    "excerpt",
    "url",
    "kind",
    "agency",
    "category",
    "village",
    "answered_at",
)


class SearchAPIViewSet(GenericViewSet):
    """Takes `q`, `agency`, `category`, `village`, `kind`, `year` and `page`."""

    renderer_classes = [JSONRenderer, BrowsableAPIRenderer]
    authentication_classes: list[type[BaseAuthentication]] = []
    permission_classes: list[type[BasePermission]] = []
    # The router asks each endpoint for its model; the index has no detail pages.
    model = Answer
    queryset = Answer.objects.none()

    def listing_view(self, request: Request) -> Response:
        results = search(request.GET)
        return Response({"meta": _meta(results), "items": [_item(hit) for hit in results.hits]})

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [path("", cls.as_view({"get": "listing_view"}), name="listing")]


def _meta(results: Results) -> dict[str, Any]:
    return {
        "total_count": results.total,
        "more_than_total": results.is_capped,
        "page": results.page.number,
        "searched_instead": results.match.meant,
        "lacks_words": results.match.lacks_words,
        "did_you_mean": [suggestion["text"] for suggestion in results.suggestions],
    }


def _item(hit: Hit) -> dict[str, Any]:
    return {"id": hit.pk, "title": hit.plain_title} | {name: getattr(hit, name) for name in FIELDS}
