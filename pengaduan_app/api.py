"""Headless endpoints of the plugin."""

from __future__ import annotations

from wagtail.api.v2.views import PagesAPIViewSet

from .models import ComplaintPage


class ComplaintsAPIViewSet(PagesAPIViewSet):
    """The published questions and answers; ComplaintPage.api_fields is the whitelist."""

    name = "complaints"
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
