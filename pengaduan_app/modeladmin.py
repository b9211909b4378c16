"""The registers: step ledger and outbox, to read, search, filter and export.

Read-only for everybody: there are no addresses to create, edit or delete, and none for
ModelAdmin's history, which asks no permission of a row. Every screen and file shows the
`columns` of its register and nothing else: no reporter, no citizen's words, no notes.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib.admin import display
from django.contrib.admin.utils import label_for_field, lookup_field
from django.contrib.auth.models import Permission
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_modeladmin.helpers import ButtonHelper, DjangoORMSearchHandler, PermissionHelper
from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup
from wagtail_modeladmin.views import IndexView, InspectView

from . import labels, permissions
from .models import Complaint, OutboxMessage, StepRecord
from .register_filters import (
    AgencyFilter,
    ComplaintAgencyFilter,
    CreatedPeriodFilter,
    LateFilter,
    MessageKindFilter,
    OutcomeFilter,
    PeriodFilter,
    SentFilter,
    StepFilter,
)
from .templatetags.pengaduan_tags import duration

# A cell that begins with one of these would be a formula in a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
CHUNK = 2000


class ReadOnly(PermissionHelper):
    """Staff of the procedure read; nobody writes, superusers included."""

    def get_all_model_permissions(self):
        return Permission.objects.none()

    def user_can_list(self, user):
        return user.is_active and (user.is_superuser or bool(permissions.roles_of(user)))

    def user_can_inspect_obj(self, user, obj):
        # The view has looked the row up among those that the user may see.
        return self.user_can_list(user)

    def user_can_create(self, user):
        return False

    def user_can_edit_obj(self, user, obj):
        return False

    user_can_delete_obj = user_can_edit_obj


class NoButtons(ButtonHelper):
    """The ticket leads to the row's own page; there is nothing else to press."""

    def get_buttons_for_obj(self, obj, *args, **kwargs):
        return []


class TicketSearch(DjangoORMSearchHandler):
    """By ticket, in the complaints first: they are fewer than the rows of a register."""

    def search_queryset(self, queryset, search_term, **kwargs):
        term = search_term.replace("\x00", "").strip()
        if not term:
            return queryset
        (path_to_complaint,) = self.search_fields
        found = Complaint.objects.filter(ticket__icontains=term)
        return queryset.filter(**{f"{path_to_complaint}__in": found.values("pk")})


class RegisterIndexView(IndexView):
    """The rows and the export; asks for nothing but the filters that are offered."""

    def get_filters_params(self, params=None):
        # ModelAdmin would take any lookup from the address, also one into the vault.
        known = {name for each in self.list_filter for name in self.model_admin.parameters(each)}
        found = super().get_filters_params(params)
        return {name: value for name, value in found.items() if name in known}

    def as_spreadsheet(self, queryset, spreadsheet_format):
        """Row by row: a register can be longer than the memory."""
        return super().as_spreadsheet(queryset.iterator(chunk_size=CHUNK), spreadsheet_format)

    def get_heading(self, queryset, field):
        return heading(self.model_admin, field)

    def to_row_dict(self, item):
        return {field: self._cell(field, item) for field in self.list_export}

    def _cell(self, field, item):
        value = lookup_field(field, item, self.model_admin)[2]
        if isinstance(value, datetime):
            # Spreadsheets know no time zones: the city's clock.
            return timezone.make_naive(value)
        if value is None:
            return ""
        text = str(value)
        return f"'{text}" if text.startswith(FORMULA) else value


class RegisterInspectView(InspectView):
    """One row: the register's columns, and the complaint for who may see it."""

    def get_page_title(self):
        return self.model_admin.get_menu_label()

    def get_page_subtitle(self):
        return self.model_admin.ticket(self.instance)

    def get_meta_title(self):
        return f"{self.get_page_title()} {self.get_page_subtitle()}"

    def get_fields_dict(self):
        return [
            {"label": heading(self.model_admin, name), "value": self._value(name)}
            for name in self.model_admin.columns
        ]

    def _value(self, name):
        value = lookup_field(name, self.instance, self.model_admin)[2]
        return "–" if value in (None, "") else value

    def get_context_data(self, **kwargs):
        complaint = self.instance.complaint
        links = []
        if complaint and permissions.may_see(self.request.user, complaint):
            links.append(reverse("pengaduan_admin:inspect", args=[complaint.pk]))
        return super().get_context_data(complaint_urls=links, **kwargs)


def heading(register, field: str) -> str:
    """What a column is called."""
    label = str(label_for_field(field, register.model, register))
    return label[:1].upper() + label[1:]


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
    index_template_name = "pengaduan_app/admin/register.html"
    inspect_template_name = "pengaduan_app/admin/register_row.html"

    def __init__(self, parent=None):
        self.base_url_path = f"registers/{self.name}"
        self.export_filename = f"register-{self.name}"
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
        return row.complaint.ticket if row.complaint else ""


class StepRegister(Register):
    model = StepRecord
    name = "steps"
    menu_label = gettext_lazy("Step ledger")
    menu_icon = "history"
    ordering = ("-started_at", "-pk")
    list_select_related = ("complaint", "agency", "finished_by")
    list_filter = (StepFilter, AgencyFilter, OutcomeFilter, LateFilter, PeriodFilter)
    list_display = (
        "ticket",
        "step_name",
        "agency_name",
        "started_at",
        "due",
        "finished_at",
        "outcome",
        "punctuality",
    )
    columns = (*list_display[:6], "taken", *list_display[6:], "finished_by_name")

    def rows_of(self, user):
        return Q(agency__in=permissions.agency_ids_of(user))

    @display(description=gettext_lazy("step"))
    def step_name(self, row):
        return f"{row.judged_step} · {labels.STEPS[row.judged_step]}"

    @display(description=gettext_lazy("agency"))
    def agency_name(self, row):
        return (row.agency.short_name or row.agency.name) if row.agency else ""

    @display(description=gettext_lazy("due"))
    def due(self, row):
        return row.judged_due_at or row.due_at

    @display(description=gettext_lazy("time taken"))
    def taken(self, row):
        return duration(row.duration)

    @display(description=gettext_lazy("outcome"))
    def outcome(self, row):
        return row.get_outcome_display()

    @display(description=gettext_lazy("punctuality"))
    def punctuality(self, row):
        if not row.finished_at:
            return _("open, overdue") if timezone.now() > row.due_at else _("open")
        return _("late") if row.was_late else _("in time")

    @display(description=gettext_lazy("by"))
    def finished_by_name(self, row):
        return _person(row.finished_by)


class OutboxRegister(Register):
    model = OutboxMessage
    name = "outbox"
    menu_label = gettext_lazy("Outbox")
    menu_icon = "mail"
    ordering = ("-created_at", "-pk")
    list_select_related = ("complaint", "recipient")
    list_filter = (MessageKindFilter, ComplaintAgencyFilter, SentFilter, CreatedPeriodFilter)
    list_display = ("ticket", "kind_name", "recipient_name", "created_at", "sent_at", "attempts")
    columns = (*list_display, "last_error")

    def rows_of(self, user):
        """About a step, its agency's; to the reporter, the complaint's agency's."""
        mine = permissions.agency_ids_of(user)
        to_reporter = Q(recipient__isnull=True, complaint__agency__in=mine)
        return to_reporter | Q(step__agency__in=mine) | Q(recipient=user)

    @display(description=gettext_lazy("kind"))
    def kind_name(self, row):
        return row.get_kind_display()

    @display(description=gettext_lazy("recipient"))
    def recipient_name(self, row):
        return _person(row.recipient) if row.recipient_id else _("reporter")


def _person(user) -> str:
    """The name of a member of staff; never an address."""
    return (user.get_full_name() or user.get_username()) if user else ""


class Registers(ModelAdminGroup):
    items = (StepRegister, OutboxRegister)
    menu_label = gettext_lazy("Registers")
    menu_item_name = "registers"
    menu_icon = "list-ul"
    menu_order = 130
