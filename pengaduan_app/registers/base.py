"""What the registers share: nobody writes, who sees which rows, and what a row may show.

Read-only for everybody: there are no URLs to create, edit or delete, and none for
ModelAdmin's history, which checks no permission row by row. Every list and file shows the
`columns` of its register and nothing more: no reporter, no citizen's words, no notes. A
row's own page adds its `details`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django.contrib.admin import display
from django.db.models import Model, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy
from wagtail_modeladmin.options import ModelAdmin

from .. import permissions
from ..models import Complaint
from ..permissions import Staff, StaffRequest
from ..presentation import short_moment
from .views import NoButtons, ReadOnly, RegisterIndexView, RegisterInspectView, TicketSearch

if TYPE_CHECKING:
    # A text that gettext_lazy gives, which exists for type checkers alone.
    from django.utils.functional import _StrPromise


def moment(field: str, label: _StrPromise, *, sortable: bool = False) -> Callable[[Any, Any], str]:
    """A column of the list with a moment, short enough for a table."""

    @display(description=label, ordering=field if sortable else None)
    def column(self: Register, row: Model) -> str:
        return short_moment(getattr(row, field))

    return column


class Register(ModelAdmin):
    """What all registers share. Lists and files show `columns` and nothing more."""

    columns: tuple[str, ...] = ()
    name = ""
    inspect_view_enabled = True
    history_view_enabled = False
    list_per_page = 50
    empty_value_display = "–"
    search_fields = ("complaint",)
    search_handler_class = TicketSearch
    permission_helper_class = ReadOnly
    button_helper_class = NoButtons
    index_view_class = RegisterIndexView
    inspect_view_class = RegisterInspectView
    index_template_name = "pengaduan_app/registers/list.html"
    inspect_template_name = "pengaduan_app/registers/row.html"

    def __init__(self, parent: object = None) -> None:
        self.base_url_path = f"registers/{self.name}"
        super().__init__(parent)

    def get_list_export(self, request: StaffRequest) -> Sequence[str]:
        return self.columns

    def get_admin_urls_for_registration(self) -> tuple[URLPattern, ...]:
        name_of = self.url_helper.get_action_url_name
        base = self.base_url_path
        return (
            path(f"{base}/", self.index_view, name=name_of("index")),
            path(f"{base}/inspect/<int:instance_pk>/", self.inspect_view, name=name_of("inspect")),
        )

    def inspect_view(self, request: StaffRequest, instance_pk: int) -> HttpResponse:
        """The row among those that the user may see; others don't exist for them."""
        found = get_object_or_404(self.get_queryset(request), pk=instance_pk)
        return super().inspect_view(request, str(found.pk))

    def get_queryset(self, request: StaffRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        if not self.permission_helper.user_can_list(request.user):
            return rows.none()
        if permissions.sees_city(request.user):
            return rows
        return rows.filter(self.rows_of(request.user))

    def rows_of(self, user: Staff) -> Q:
        """Which rows the staff of an agency see."""
        raise NotImplementedError

    def register_admin_url_finders(self) -> None:
        """There is no edit view to find."""

    def register_indexing(self) -> None:
        """No reference index: it would be written at each step of each complaint."""

    @display(description=gettext_lazy("ticket"))
    def ticket(self, row: Any) -> str:
        complaint = self.complaint_of(row)
        return complaint.ticket if complaint else ""

    def complaint_of(self, row: Any) -> Complaint | None:
        """The complaint that the row is about; None where it is about several."""
        return row.complaint

    def details(self, row: Any, user: Staff) -> list[tuple[str, str]]:
        """What a row's own page shows besides the columns, each with its label."""
        return []
