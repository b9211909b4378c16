"""What the registers share: nobody writes, who sees which rows, and what a row may show.

Read-only for everybody: there are no addresses to create, edit or delete, and none for
ModelAdmin's history, which asks no permission of a row. Every list and file shows the
`columns` of its register and nothing else: no reporter, no citizen's words, no notes. A
row's own page adds its `details`.
"""

from __future__ import annotations

from django.contrib.admin import display
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext_lazy
from wagtail_modeladmin.options import ModelAdmin

from .. import permissions
from ..presentation import short_moment
from .views import NoButtons, ReadOnly, RegisterIndexView, RegisterInspectView, TicketSearch


def moment(field: str, label, *, sortable: bool = False):
    """A column of the list with a moment, short enough for a table."""

    @display(description=label, ordering=field if sortable else None)
    def column(self, row):
        return short_moment(getattr(row, field))

    return column


class Register(ModelAdmin):
    """What all registers share. `columns` is the whole of what a row shows anywhere."""

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

    def __init__(self, parent=None):
        self.base_url_path = f"registers/{self.name}"
        super().__init__(parent)

    def get_list_export(self, request):
        return self.columns

    def get_admin_urls_for_registration(self):
        name_of = self.url_helper.get_action_url_name
        base = self.base_url_path
        return (
            path(f"{base}/", self.index_view, name=name_of("index")),
            path(f"{base}/inspect/<int:instance_pk>/", self.inspect_view, name=name_of("inspect")),
        )

    def inspect_view(self, request, instance_pk):
        """The row among those that the user may see; others don't exist for them."""
        found = get_object_or_404(self.get_queryset(request), pk=instance_pk)
        return super().inspect_view(request, str(found.pk))

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        if not self.permission_helper.user_can_list(request.user):
            return rows.none()
        if permissions.sees_city(request.user):
            return rows
        return rows.filter(self.rows_of(request.user))

    def rows_of(self, user) -> Q:
        """Which rows the staff of an agency see."""
        raise NotImplementedError

    def parameters(self, list_filter) -> list[str]:
        """The query parameters of one of the filters."""
        return list(getattr(list_filter, "PARAMETERS", None) or [list_filter.parameter])

    def register_admin_url_finders(self):
        """There is no edit address to find."""

    def register_indexing(self):
        """No reference index: it would be written at each step of each complaint."""

    @display(description=gettext_lazy("ticket"))
    def ticket(self, row):
        complaint = self.complaint_of(row)
        return complaint.ticket if complaint else ""

    def complaint_of(self, row):
        """The complaint that the row is about; None where it is about several."""
        return row.complaint

    def details(self, row, user) -> list[tuple[str, str]]:
        """What a row's own page shows besides the columns, each with its label."""
        return []
