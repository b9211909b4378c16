"""Headless endpoints of the plugin."""

from __future__ import annotations

from types import SimpleNamespace

from wagtail.api.v2.filters import FieldsFilter
from wagtail.api.v2.pagination import WagtailPagination
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import PagesAPIViewSet

from ..models import ComplaintPage, PublishedAnswer
from ..publication import FILTERS, conditions, facets, read_choice

OFFSET_DIGITS = 9
# As many as every number of so many digits fits into a column of the database.
NUMBER_DIGITS = 18


class BoundedPagination(WagtailPagination):
    """Wagtail's own passes any number on to the database, which knows smaller ones only."""

    def paginate_queryset(self, queryset, request, view=None):
        if len(request.GET.get("offset", "")) > OFFSET_DIGITS:
            raise BadRequestError("offset is too large")
        # Wagtail filters by related rows' numbers too; nothing is asked of the database yet.
        for name, value in request.GET.items():
            if name != "search" and value.isdecimal() and len(value) > NUMBER_DIGITS:
                raise BadRequestError(f"{name} is too large")
        return super().paginate_queryset(queryset, request, view)


class AnswersFilter(FieldsFilter):
    """The public list's own filters, by the values that its addresses have; and Wagtail's
    filters by the other fields."""

    def filter_queryset(self, request, queryset, view):
        asked = [name for name in FILTERS if name in request.GET]
        others = {name: value for name, value in request.GET.items() if name not in asked}
        queryset = super().filter_queryset(SimpleNamespace(GET=others), queryset, view)
        if not asked:
            return queryset
        keys = read_choice(request.GET, facets.options()).keys
        for name in asked:
            if name not in keys:
                raise BadRequestError(f"there is no such {name}")
        if "search" in request.GET:
            # Wagtail's search takes no condition on another table's columns.
            found = PublishedAnswer.objects.filter(conditions(keys))
            return queryset.filter(pk__in=found.values("pk"))
        return queryset.filter(conditions(keys, "published__"))


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

    filter_backends = [
        AnswersFilter,
        *(part for part in PagesAPIViewSet.filter_backends if part is not FieldsFilter),
    ]
    known_query_parameters = PagesAPIViewSet.known_query_parameters | {"year"}

    def get_base_queryset(self):
        """What everybody may read: a page has its public row if and only if it is that."""
        return ComplaintPage.objects.filter(published__isnull=False)

    def get_queryset(self):
        """In an order that holds and an index serves, with what the whitelist reads along."""
        own = ComplaintPage._meta.label_lower
        if self.request.GET.get("type", own).lower() != own:
            raise BadRequestError("this endpoint knows one type")
        named = ComplaintPage.objects.select_related("agency", "category", "village")
        if "search" in self.request.GET:
            return named.filter(pk__in=PublishedAnswer.objects.values("pk"))
        found = named.filter(published__isnull=False)
        return found.order_by("-published__answered_at", "-published__pk")
