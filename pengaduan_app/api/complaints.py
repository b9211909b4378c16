"""The published questions and answers for programs."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.db.models import Prefetch, QuerySet
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request
from wagtail.api.v2.filters import FieldsFilter
from wagtail.api.v2.pagination import WagtailPagination
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import PagesAPIViewSet

from ..models import ComplaintPage, PublishedAnswer
from ..publication import FILTERS, conditions, facets, read_choice
from .bad_values import BadValues

OFFSET_DIGITS = 9
# Every number of this many digits fits into a database column.
NUMBER_DIGITS = 18


class BoundedPagination(WagtailPagination):
    """Refuses numbers that are too large for the database; Wagtail's own passes them on."""

    def paginate_queryset(
        self, queryset: QuerySet[ComplaintPage], request: Request, view: Any = None
    ) -> list[ComplaintPage]:
        if len(request.GET.get("offset", "")) > OFFSET_DIGITS:
            raise BadRequestError("offset is too large")
        # Wagtail filters by keys of related rows too, but hasn't queried the database yet.
        for name, value in request.GET.items():
            if name != "search" and value.isdecimal() and len(value) > NUMBER_DIGITS:
                raise BadRequestError(f"{name} is too large")
        return super().paginate_queryset(queryset, request, view)


class AnswersFilter(FieldsFilter):
    """The public list's own filters, with the values of its addresses; Wagtail's filters for
    all other fields."""

    def filter_queryset(
        self, request: Request, queryset: QuerySet[ComplaintPage], view: Any
    ) -> QuerySet[ComplaintPage]:
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
            # Wagtail's search accepts no condition on another table's columns.
            found = PublishedAnswer.objects.filter(conditions(keys))
            return queryset.filter(pk__in=found.values("pk"))
        return queryset.filter(conditions(keys, "published__"))


class ComplaintsAPIViewSet(BadValues, PagesAPIViewSet):
    """The published questions and answers; ComplaintPage.api_fields is the whitelist."""

    name = "complaints"
    pagination_class = BoundedPagination
    # REST framework's own default would try passwords.
    authentication_classes: list[type[BaseAuthentication]] = []
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

    def get_base_queryset(self) -> QuerySet[ComplaintPage]:
        """The pages that everybody may read, which are exactly those with a public row."""
        return ComplaintPage.objects.filter(published__isnull=False)

    def get_queryset(self) -> QuerySet[ComplaintPage]:
        """In a stable order that an index serves, with the related rows of the whitelist."""
        own = ComplaintPage._meta.label_lower
        if self.request.GET.get("type", own).lower() != own:
            raise BadRequestError("this endpoint knows one type")
        named = ComplaintPage.objects.select_related("agency", "category", "village")
        if "fields" in self.request.GET:
            # Perhaps the pictures; of the public row these alone, for the rest of it is long.
            row = PublishedAnswer.objects.only("page", "pictures")
            named = named.prefetch_related(Prefetch("published", row))
        if "search" in self.request.GET:
            return named.filter(pk__in=PublishedAnswer.objects.values("pk"))
        found = named.filter(published__isnull=False)
        return found.order_by("-published__answered_at", "-published__pk")
