"""`/api/v2/search/`: what `/cari/` finds, for programs. The whitelist is `FIELDS`,
with number and title; the excerpt is safe HTML."""

from __future__ import annotations

from django.urls import path
from rest_framework.renderers import BrowsableAPIRenderer, JSONRenderer
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
    authentication_classes = []
    permission_classes = []
    # The router asks every endpoint which model it details; the index has no detail pages.
    model = Answer
    queryset = Answer.objects.none()

    def listing_view(self, request):
        results = search(request.GET)
        return Response({"meta": _meta(results), "items": [_item(hit) for hit in results.hits]})

    @classmethod
    def get_urlpatterns(cls):
        return [path("", cls.as_view({"get": "listing_view"}), name="listing")]


def _meta(results: Results) -> dict:
    return {
        "total_count": results.total,
        "more_than_total": results.is_capped,
        "page": results.page.number,
        "searched_instead": results.match.meant,
        "lacks_words": results.match.lacks_words,
        "did_you_mean": [suggestion["text"] for suggestion in results.suggestions],
    }


def _item(hit: Hit) -> dict:
    return {"id": hit.pk, "title": hit.plain_title} | {name: getattr(hit, name) for name in FIELDS}
