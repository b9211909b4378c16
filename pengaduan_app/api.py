"""Headless endpoints of the plugin."""

from __future__ import annotations

from wagtail.api.v2.pagination import WagtailPagination
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import PagesAPIViewSet

from .models import ComplaintPage

OFFSET_DIGITS = 9


class BoundedPagination(WagtailPagination):
    """Wagtail's own passes any number on to the database, which knows smaller ones only."""

    def paginate_queryset(self, queryset, request, view=None):
        if len(request.GET.get("offset", "")) > OFFSET_DIGITS:
            raise BadRequestError("offset is too large")
        return super().paginate_queryset(queryset, request, view)


class ComplaintsAPIViewSet(PagesAPIViewSet):
    """The published questions and answers; ComplaintPage.api_fields is the whitelist."""

    name = "complaints"
    pagination_class = BoundedPagination
    model = ComplaintPage
    listing_default_fields = [
        *PagesAPIViewSet.listing_default_fields,
        "question",
        "kind",
        "agency",
        "category",
        "village",
        "received_at",
        "answered_at",
    ]

    def get_base_queryset(self):
        """Live pages that are not restricted, with what the whitelist reads along."""
        pages = super().get_base_queryset()
        return ComplaintPage.objects.published().filter(pk__in=pages.values("pk"))
