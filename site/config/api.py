"""The headless side: Wagtail's API v2 with an explicit list of endpoints."""

from __future__ import annotations

from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import BaseAPIViewSet, PagesAPIViewSet
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet

from pengaduan_app.api import (
    BadValues,
    BoundedPagination,
    ComplaintsAPIViewSet,
    StatisticsAPIViewSet,
)
from pengaduan_app.contrib.search.api import SearchAPIViewSet


def bounded(viewset: type[BaseAPIViewSet]) -> type[BaseAPIViewSet]:
    """Wagtail's viewset, which says what it can't read instead of failing."""
    parents = (BadValues, viewset)
    return type(viewset.__name__, parents, {"pagination_class": BoundedPagination})


api_router = WagtailAPIRouter("wagtailapi")
api_router.register_endpoint("pages", bounded(PagesAPIViewSet))
api_router.register_endpoint("images", bounded(ImagesAPIViewSet))
api_router.register_endpoint("documents", bounded(DocumentsAPIViewSet))
api_router.register_endpoint("complaints", ComplaintsAPIViewSet)
api_router.register_endpoint("search", SearchAPIViewSet)
api_router.register_endpoint("statistics", StatisticsAPIViewSet)
