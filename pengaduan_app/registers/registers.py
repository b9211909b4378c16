"""The registers: step ledger, reminders, outbox, vault; to read, search, filter and export."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib.admin import display
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_modeladmin.options import ModelAdminGroup

from .. import permissions
from ..models import Arrival, Complaint, OutboxMessage, Reminder, StepRecord, VaultOpening
from ..permissions import Staff, StaffRequest
from ..presentation import clock, duration, person_name, short_moment
from ..procedure import Step, labels
from .base import Register, moment
from .filters import (
    AgencyFilter,
    ComplaintAgencyFilter,
    CreatedPeriodFilter,
    LateFilter,
    MessageKindFilter,
    OpenedPeriodFilter,
    OutcomeFilter,
    PeriodFilter,
    RemindedStepFilter,
    ReminderAgencyFilter,
    ReminderKindFilter,
    SentFilter,
    StepFilter,
)
from .views import AdministratorsOnly, TextSearch


class StepRegister(Register):
    """Every step of every complaint, as it was judged."""

    model = StepRecord
    name = "steps"
    menu_label = gettext_lazy("Step ledger")
    menu_icon = "history"
    ordering = ("-started_at", "-pk")
    list_select_related = (
        "complaint__official",
        "complaint__assignee",
        "agency",
        "finished_by",
        "assigned_to",
        "complaint__arrival",
    )
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
        "assigned_to_name",
        "finished_by_name",
        "came_on",
    )
    started = moment("started_at", gettext_lazy("started"), sortable=True)
    finished = moment("finished_at", gettext_lazy("finished"))

    def rows_of(self, user: Staff) -> Q:
        return Q(agency__in=permissions.agency_ids_of(user))

    @display(description=gettext_lazy("step"))
    def step_name(self, row: StepRecord) -> str:
        return f"{row.judged_step} · {labels.STEPS[row.judged_step]}"

    @display(description=gettext_lazy("agency"))
    def agency_name(self, row: StepRecord) -> str:
        return row.agency.brief if row.agency else ""

    @display(description=gettext_lazy("due"))
    def due(self, row: StepRecord) -> str:
        return short_moment(self.due_moment(row))

    @display(description=gettext_lazy("due"))
    def due_moment(self, row: StepRecord) -> datetime:
        return row.judged_due_at or row.due_at

    @display(description=gettext_lazy("time taken"))
    def taken(self, row: StepRecord) -> str:
        return duration(row.duration)

    @display(description=gettext_lazy("outcome"))
    def outcome_name(self, row: StepRecord) -> str:
        return row.get_outcome_display()

    @display(description=gettext_lazy("punctuality"))
    def punctuality(self, row: StepRecord) -> str:
        if not row.finished_at:
            return _("open, overdue") if timezone.now() > row.due_at else _("open")
        return _("late") if row.was_late else _("in time")

    @display(description=gettext_lazy("assigned to"))
    def assigned_to_name(self, row: StepRecord) -> str:
        """Whose the step is, or was when it ended."""
        return person_name(row.holder)

    @display(description=gettext_lazy("by"))
    def finished_by_name(self, row: StepRecord) -> str:
        return person_name(row.finished_by)

    @display(description=gettext_lazy("received by the office on"))
    def came_on(self, row: StepRecord) -> date | str:
        """The day on which the office had what staff entered; empty if its reporter sent it."""
        arrival = Arrival.of(row.complaint)
        return arrival.received_on if arrival else ""


class ReminderRegister(Register):
    """The reminders (SOP C1): automatic ones, and the coordinator's own."""

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

    def rows_of(self, user: Staff) -> Q:
        return Q(step__agency__in=permissions.agency_ids_of(user))

    def complaint_of(self, row: Reminder) -> Complaint:
        return row.step.complaint

    @display(description=gettext_lazy("step"))
    def step_name(self, row: Reminder) -> str:
        return f"{row.step.step} · {labels.STEPS[Step(row.step.step)]}"

    @display(description=gettext_lazy("agency"))
    def agency_name(self, row: Reminder) -> str:
        return row.step.agency.brief if row.step.agency else ""

    @display(description=gettext_lazy("kind"))
    def kind_name(self, row: Reminder) -> str:
        return row.get_kind_display()

    @display(description=gettext_lazy("by"))
    def by_name(self, row: Reminder) -> str:
        return person_name(row.by) or _("automatic")

    @display(description=gettext_lazy("sent"))
    def told(self, row: Any) -> str:
        if row.passed_over:
            return _("no: a later one was sent instead")
        if row.undelivered:
            return _("no: the address can't be reached")
        return waiting(row.waits_until) or _("yes")

    def get_queryset(self, request: StaffRequest) -> QuerySet[Any]:
        unsent = OutboxMessage.objects.unsent().filter(reminders=OuterRef("pk"))
        first = unsent.order_by("send_after").values("send_after")[:1]
        given_up = OutboxMessage.objects.given_up().filter(reminders=OuterRef("pk"))
        rows = super().get_queryset(request)
        return rows.annotate(waits_until=Subquery(first), undelivered=Exists(given_up))

    def details(self, row: Reminder, user: Staff) -> list[tuple[str, str]]:
        """Also what the coordinator wrote, and who was told; by name, never by e-mail address."""
        people = get_user_model().objects.filter(pk__in=row.messages.values("recipient"))
        names = [person_name(person) for person in people.order_by("first_name", "pk")]
        return [(_("Message"), row.message), (_("Recipients"), ", ".join(names))]


class OutboxRegister(Register):
    """The messages to staff and reporters, sent and waiting."""

    model = OutboxMessage
    name = "outbox"
    menu_label = gettext_lazy("Outbox")
    menu_icon = "mail"
    ordering = ("-created_at", "-pk")
    list_select_related = ("complaint", "recipient")
    list_filter = (MessageKindFilter, ComplaintAgencyFilter, SentFilter, CreatedPeriodFilter)
    list_display = ("ticket", "kind_name", "recipient_name", "created", "sent", "attempts")
    columns = (*list_display[:3], "created_at", "sent_at", "waits", "attempts", "last_error")
    created = moment("created_at", gettext_lazy("created"), sortable=True)

    @display(description=gettext_lazy("sent"))
    def sent(self, row: OutboxMessage) -> str:
        return self.waits(row) or short_moment(row.sent_at)

    @display(description=gettext_lazy("waiting"))
    def waits(self, row: OutboxMessage) -> str:
        if row.given_up_at:
            return _("given up: the address can't be reached")
        return "" if row.sent_at else waiting(row.send_after)

    def details(self, row: OutboxMessage, user: Staff) -> list[tuple[str, str]]:
        """Also which complaints a mail of reminders is about, of those that the user may see."""
        found = Complaint.objects.visible_to(user).filter(steps__reminders__messages=row)
        tickets = found.order_by("ticket").values_list("ticket", flat=True).distinct()
        return [(_("Tickets"), ", ".join(tickets))] if row.complaint_id is None else []

    def rows_of(self, user: Staff) -> Q:
        """About a step, its agency's; to the reporter, the complaint's agency's."""
        mine = permissions.agency_ids_of(user)
        to_reporter = Q(recipient__isnull=True, complaint__agency__in=mine)
        # A digest is about several steps, so its recipient's agency counts.
        people = get_user_model().objects.filter(groups__agency__in=mine)
        digest = Q(complaint__isnull=True, recipient__in=people.values("pk"))
        return to_reporter | Q(step__agency__in=mine) | digest

    @display(description=gettext_lazy("kind"))
    def kind_name(self, row: OutboxMessage) -> str:
        return row.get_kind_display()

    @display(description=gettext_lazy("recipient"))
    def recipient_name(self, row: OutboxMessage) -> str:
        return person_name(row.recipient) if row.recipient_id else _("reporter")


class VaultRegister(Register):
    """Who opened which reporter's identity, when and why; for the complaint administrator."""

    model = VaultOpening
    name = "vault"
    menu_label = gettext_lazy("Vault openings")
    menu_icon = "key"
    ordering = ("-timestamp", "-pk")
    list_select_related = ("user",)
    list_filter = (OpenedPeriodFilter,)
    list_display = ("ticket", "opened", "by_name", "why")
    columns = ("ticket", "opened_at", "by_name", "why")
    search_fields = ("label",)
    search_handler_class = TextSearch
    permission_helper_class = AdministratorsOnly
    opened = moment("timestamp", gettext_lazy("opened"), sortable=True)

    def rows_of(self, user: Staff) -> Q:
        """The administrator sees the whole city's."""
        return Q()

    @display(description=gettext_lazy("ticket"))
    def ticket(self, row: VaultOpening) -> str:
        return row.label

    def complaint_of(self, row: VaultOpening) -> Complaint | None:
        return Complaint.objects.filter(pk=row.object_id).first()

    @display(description=gettext_lazy("opened"))
    def opened_at(self, row: VaultOpening) -> datetime:
        """On the city's clock like all moments; the log's own name for it says UTC."""
        return row.timestamp

    @display(description=gettext_lazy("by"))
    def by_name(self, row: VaultOpening) -> str:
        return row.user_display_name

    @display(description=gettext_lazy("reason"))
    def why(self, row: VaultOpening) -> str:
        return row.reason


def waiting(until: datetime | None) -> str:
    """Says that a message waits, and until when it is held; empty if none waits."""
    if until is None:
        return ""
    if until <= timezone.now():
        return _("waiting to be sent")
    return _("waiting until %(time)s") % {"time": clock(until)}


class Registers(ModelAdminGroup):
    items = (StepRegister, ReminderRegister, OutboxRegister, VaultRegister)
    menu_label = gettext_lazy("Registers")
    menu_item_name = "registers"
    menu_icon = "list-ul"
    menu_order = 130
