"""The registers: step ledger, reminders, outbox; to read, search, filter and export.

Read-only for everybody: there are no addresses to create, edit or delete, and none for
ModelAdmin's history, which asks no permission of a row. Every screen and file shows the
`columns` of its register and nothing else: no reporter, no citizen's words, no notes.
"""

from __future__ import annotations

from django.contrib.admin import display
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup

from . import labels, permissions
from .models import OutboxMessage, Reminder, StepRecord
from .register_filters import (
    AgencyFilter,
    ComplaintAgencyFilter,
    CreatedPeriodFilter,
    LateFilter,
    MessageKindFilter,
    OutcomeFilter,
    PeriodFilter,
    RemindedStepFilter,
    ReminderAgencyFilter,
    ReminderKindFilter,
    SentFilter,
    StepFilter,
)
from .register_views import (
    NoButtons,
    ReadOnly,
    RegisterIndexView,
    RegisterInspectView,
    TicketSearch,
)
from .sop import Step
from .templatetags.pengaduan_tags import duration, short_moment


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
        complaint = self.complaint_of(row)
        return complaint.ticket if complaint else ""

    def complaint_of(self, row):
        """The complaint that the row is about; None where it is about several."""
        return row.complaint


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
        "started",
        "due",
        "finished",
        "outcome_name",
        "punctuality",
    )
    columns = (
        *list_display[:3],
        "started_at",
        "due_moment",
        "finished_at",
        "taken",
        *list_display[6:],
        "finished_by_name",
    )
    started = moment("started_at", gettext_lazy("started"), sortable=True)
    finished = moment("finished_at", gettext_lazy("finished"))

    def rows_of(self, user):
        return Q(agency__in=permissions.agency_ids_of(user))

    @display(description=gettext_lazy("step"))
    def step_name(self, row):
        return f"{row.judged_step} · {labels.STEPS[row.judged_step]}"

    @display(description=gettext_lazy("agency"))
    def agency_name(self, row):
        return _agency(row.agency)

    @display(description=gettext_lazy("due"))
    def due(self, row):
        return short_moment(self.due_moment(row))

    @display(description=gettext_lazy("due"))
    def due_moment(self, row):
        return row.judged_due_at or row.due_at

    @display(description=gettext_lazy("time taken"))
    def taken(self, row):
        return duration(row.duration)

    @display(description=gettext_lazy("outcome"))
    def outcome_name(self, row):
        return row.get_outcome_display()

    @display(description=gettext_lazy("punctuality"))
    def punctuality(self, row):
        if not row.finished_at:
            return _("open, overdue") if timezone.now() > row.due_at else _("open")
        return _("late") if row.was_late else _("in time")

    @display(description=gettext_lazy("by"))
    def finished_by_name(self, row):
        return _person(row.finished_by)


class ReminderRegister(Register):
    model = Reminder
    name = "reminders"
    menu_label = gettext_lazy("Reminders")
    menu_icon = "time"
    ordering = ("-created_at", "-pk")
    search_fields = ("step__complaint",)
    list_select_related = ("step__complaint", "step__agency", "by")
    list_filter = (
        RemindedStepFilter,
        ReminderAgencyFilter,
        ReminderKindFilter,
        CreatedPeriodFilter,
    )
    list_display = ("ticket", "step_name", "agency_name", "kind_name", "created", "by_name", "told")
    columns = (*list_display[:4], "created_at", *list_display[5:])
    created = moment("created_at", gettext_lazy("created"), sortable=True)

    def rows_of(self, user):
        return Q(step__agency__in=permissions.agency_ids_of(user))

    def complaint_of(self, row):
        return row.step.complaint

    @display(description=gettext_lazy("step"))
    def step_name(self, row):
        return f"{row.step.step} · {labels.STEPS[Step(row.step.step)]}"

    @display(description=gettext_lazy("agency"))
    def agency_name(self, row):
        return _agency(row.step.agency)

    @display(description=gettext_lazy("kind"))
    def kind_name(self, row):
        return row.get_kind_display()

    @display(description=gettext_lazy("by"))
    def by_name(self, row):
        return _person(row.by) or _("automatic")

    @display(description=gettext_lazy("sent"))
    def told(self, row):
        return _("no: a later one was sent instead") if row.passed_over else _("yes")


class OutboxRegister(Register):
    model = OutboxMessage
    name = "outbox"
    menu_label = gettext_lazy("Outbox")
    menu_icon = "mail"
    ordering = ("-created_at", "-pk")
    list_select_related = ("complaint", "recipient")
    list_filter = (MessageKindFilter, ComplaintAgencyFilter, SentFilter, CreatedPeriodFilter)
    list_display = ("ticket", "kind_name", "recipient_name", "created", "sent", "attempts")
    columns = (*list_display[:3], "created_at", "sent_at", "attempts", "last_error")
    created = moment("created_at", gettext_lazy("created"), sortable=True)
    sent = moment("sent_at", gettext_lazy("sent"))

    def rows_of(self, user):
        """About a step, its agency's; to the reporter, the complaint's agency's."""
        mine = permissions.agency_ids_of(user)
        to_reporter = Q(recipient__isnull=True, complaint__agency__in=mine)
        # A digest is about several steps: the agency of whoever gets it.
        people = get_user_model().objects.filter(groups__agency__in=mine)
        digest = Q(complaint__isnull=True, recipient__in=people.values("pk"))
        return to_reporter | Q(step__agency__in=mine) | digest

    @display(description=gettext_lazy("kind"))
    def kind_name(self, row):
        return row.get_kind_display()

    @display(description=gettext_lazy("recipient"))
    def recipient_name(self, row):
        return _person(row.recipient) if row.recipient_id else _("reporter")


def _agency(agency) -> str:
    return (agency.short_name or agency.name) if agency else ""


def _person(user) -> str:
    """The name of a member of staff; never an address."""
    return (user.get_full_name() or user.get_username()) if user else ""


class Registers(ModelAdminGroup):
    items = (StepRegister, ReminderRegister, OutboxRegister)
    menu_label = gettext_lazy("Registers")
    menu_item_name = "registers"
    menu_icon = "list-ul"
    menu_order = 130
