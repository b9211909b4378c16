"""The public figures for programs."""

from __future__ import annotations

from django.urls import URLPattern, path
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import APIException
from rest_framework.permissions import BasePermission
from rest_framework.renderers import BrowsableAPIRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from ..models import StatisticsSnapshot

# The whitelist; a village's count is "<3" or null where it is withheld.
FIGURES = {
    "months": ("month", "received", "answered", "on_time"),
    "agencies": (
        "name",
        "rank",
        "steps",
        "steps_in_time",
        "median_seconds",
        "received",
        "answered",
        "closed",
    ),
    "categories": ("name", "received", "answered", "on_time"),
    "villages": ("name", "received", "answered", "on_time"),
}
TOTAL = ("received", "answered", "unanswered", "on_time", "median_seconds")
# Complaints open at the moment of counting, however long ago they came in.
NOW = ("open", "overdue")


class NotYetCounted(APIException):
    status_code = 503
    default_detail = "The figures are being counted. Ask again in a few minutes."
    default_code = "not_yet_counted"


class StatisticsAPIViewSet(GenericViewSet):
    """`/api/v2/statistics/`: what `/statistik/` shows, for programs; FIGURES is the whitelist."""

    renderer_classes = [JSONRenderer, BrowsableAPIRenderer]
    authentication_classes: list[type[BaseAuthentication]] = []
    permission_classes: list[type[BasePermission]] = []
    # Wagtail's router asks every endpoint for its model, though figures have no detail pages.
    model = StatisticsSnapshot
    queryset = StatisticsSnapshot.objects.none()

    def listing_view(self, request: Request) -> Response:
        snapshot = StatisticsSnapshot.current()
        if snapshot is None:
            raise NotYetCounted
        figures = snapshot.figures
        months = {name: figures[name] for name in ("first_month", "last_month")}
        return Response(
            {
                "meta": dict[str, object](made_at=snapshot.made_at, **months),
                "now": {name: figures["now"][name] for name in NOW},
                "total": {name: figures["total"][name] for name in TOTAL},
                **{
                    key: [{name: line[name] for name in fields} for line in figures[key]]
                    for key, fields in FIGURES.items()
                },
            }
        )

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [path("", cls.as_view({"get": "listing_view"}), name="listing")]
