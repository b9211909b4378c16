"""Wagtail's home for staff: my steps, soonest due first, instead of the moderation panels.

Wagtail's own panels ask for each page in moderation one by one (two queries a page, and
an error page on SQLite from 999 on); these ask the ledger once.
"""

from __future__ import annotations

from urllib.parse import urlencode

from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.admin.views import home

from .. import permissions
from ..deadlines import reminder_schedule
from ..models import Agency, Complaint, Reminder, StepRecord
from ..procedure import Action, Role, Step, labels, sop
from .filters import AGENCY

SHOWN = 20
AGENCIES_SHOWN = 15
REPLACED = (
    home.UpgradeNotificationPanel,
    home.WhatsNewInWagtailVersionPanel,
    home.UserObjectsInWorkflowModerationPanel,
    home.WorkflowObjectsToModeratePanel,
)


def replace_panels(request, panels):
    """Our panels first; Wagtail's locked pages and recent edits stay."""
    roles, everything = permissions.roles_of(request.user), sees_all(request.user)
    ours = [MyStepsPanel()]
    asked = rows_of(asked_of(request.user), SHOWN)
    if asked:
        ours.append(CoordinationPanel(asked))
    if Role.COORDINATOR in roles or everything:
        ours.append(OverdueByAgencyPanel())
    if Role.ADMIN in roles or everything:
        ours.append(MisroutedPanel())
    panels[:] = [*ours, *(p for p in panels if not isinstance(p, REPLACED))]


def remove_summary(request, items):
    """The tiles count pages, images and documents, which no role works with."""
    items[:] = []


def sees_all(user) -> bool:
    """A superuser who holds no role: acts in no step, and watches them all."""
    return user.is_superuser and not permissions.roles_of(user)


def steps_of(user):
    """The open steps whose turn is the user's, soonest due first. A superuser, who acts
    in none, sees all of them."""
    records = StepRecord.objects.open()
    if sees_all(user):
        return records.order_by("due_at", "pk")
    condition = Q(pk__in=[])
    for step in (*sop.OPEN_STEP.values(), Step.C1):
        role = sop.STEPS[step].role
        if role not in permissions.roles_of(user):
            continue
        mine = Q(step=step.value)
        if role in sop.AGENCY_ROLES:
            mine &= Q(agency__in=permissions.agency_ids_of(user))
        condition |= mine
    return records.filter(condition).order_by("due_at", "pk")


class MyStepsPanel(Component):
    """The user's open steps with how much time is left, in words."""

    name = "my_steps"
    template_name = "pengaduan_app/desk/my_steps_panel.html"
    order = 100

    def get_context_data(self, parent_context):
        steps = steps_of(parent_context["request"].user)
        totals = steps.order_by().aggregate(
            all=Count("pk"), overdue=Count("pk", filter=Q(due_at__lt=timezone.now()))
        )
        return {
            "rows": rows_of(steps, SHOWN),
            "total": totals["all"],
            "overdue": totals["overdue"],
            "shown": SHOWN,
            "more": max(0, totals["all"] - SHOWN),
            "request": parent_context["request"],
        }


def asked_of(user):
    """The open steps in which another agency's head asks the user's for help (SOP A7)."""
    if not permissions.roles_of(user) & sop.AGENCY_ROLES:
        return StepRecord.objects.none()
    complaints = Complaint.objects.filter(coordination__in=permissions.agency_ids_of(user))
    waiting = StepRecord.objects.open().filter(step=Step.A7.value, complaint__in=complaints)
    return waiting.order_by("due_at", "pk")


class CoordinationPanel(Component):
    """What other agencies ask of the user's, which has no step of its own in it."""

    name = "coordination"
    template_name = "pengaduan_app/desk/coordination_panel.html"
    order = 105

    def __init__(self, rows: list[StepRow]):
        self.rows = rows

    def get_context_data(self, parent_context):
        return {"rows": self.rows, "request": parent_context["request"]}


class OverdueByAgencyPanel(Component):
    """Which agencies are past their due times, the longest overdue first (SOP C1)."""

    name = "overdue_by_agency"
    template_name = "pengaduan_app/desk/overdue_by_agency_panel.html"
    order = 110

    def get_context_data(self, parent_context):
        late = late_agency_steps()
        counts = dict(late.order_by().values_list("agency").annotate(Count("pk")))
        user = parent_context["request"].user
        return {
            "rows": agency_rows(late, counts, user),
            "total": sum(counts.values()),
            "agencies": len(counts),
            "more": max(0, len(counts) - AGENCIES_SHOWN),
            "listing_url": late_listing(),
            "request": parent_context["request"],
        }


class MisroutedPanel(Component):
    """Complaints that wait for the right agency (SOP C2), with the time that is left."""

    name = "misrouted"
    template_name = "pengaduan_app/desk/misrouted_panel.html"
    order = 120

    def get_context_data(self, parent_context):
        waiting = StepRecord.objects.open().filter(step=Step.C2.value).order_by("due_at", "pk")
        total = waiting.order_by().count()
        user = parent_context["request"].user
        return {
            "rows": [
                RoutingRow(row.record, user, Action.TRANSFER) for row in rows_of(waiting, SHOWN)
            ],
            "total": total,
            "more": max(0, total - SHOWN),
            "request": parent_context["request"],
        }


def late_agency_steps():
    """The open rows past due that an agency owes."""
    steps = [step.value for step in sop.AGENCY_STEPS]
    return StepRecord.objects.open().filter(
        due_at__lt=timezone.now(), step__in=steps, agency__isnull=False
    )


def late_listing(**narrowed) -> str:
    """The list of exactly the complaints whose steps `late_agency_steps` counts."""
    query = {"holder": AGENCY, "overdue": "true", "ordering": "open_due_at", **narrowed}
    return f"{reverse('pengaduan_admin:list')}?{urlencode(query)}"


def oldest_of_each_agency(late):
    """The row of each agency that is overdue for the longest time; one query."""
    first = late.filter(agency=OuterRef("pk")).order_by("due_at", "pk").values("pk")[:1]
    worst = Agency.objects.annotate(worst=Subquery(first)).filter(worst__isnull=False)
    return (
        StepRecord.objects.filter(pk__in=worst.values("worst"))
        .select_related("complaint", "agency")
        .order_by("due_at", "pk")[:AGENCIES_SHOWN]
    )


def agency_rows(late, counts: dict[int, int], user) -> list[AgencyRow]:
    """A row for each agency that is overdue, those reminded by hand with when they were."""
    worst = list(oldest_of_each_agency(late))
    given = reminder_schedule.latest_manual([record.pk for record in worst])
    return [AgencyRow(row, counts[row.agency_id], user, given.get(row.pk)) for row in worst]


def rows_of(records, most: int) -> list[StepRow]:
    """Rows for the first of these steps, those that the coordinator reminded of with when."""
    shown = list(records.with_sent_back().select_related("complaint", "agency")[:most])
    given = reminder_schedule.latest_manual([record.pk for record in shown])
    return [StepRow(record, given.get(record.pk)) for record in shown]


class StepRow:
    """One open step as the panels show it."""

    def __init__(self, record: StepRecord, reminder: Reminder | None = None):
        self.record, self.complaint = record, record.complaint
        # Lists of none or one, here and below, so that the templates need no condition.
        self.reminded_at = [reminder.created_at] if reminder else []
        self.step_label = labels.STEPS[Step(record.step)]
        self.url = reverse("pengaduan_admin:inspect", args=[record.complaint_id])


class ActionRow(StepRow):
    """One open step, with the button of an action where the user may take it."""

    def __init__(self, record: StepRecord, user, action: Action, reminder: Reminder | None = None):
        super().__init__(record, reminder)
        allowed = permissions.allowed_actions(user, self.complaint, [action])
        self.action_urls = [
            reverse("pengaduan_admin:action", args=[record.complaint_id, each.value])
            for each in allowed
        ]


class RoutingRow(ActionRow):
    """One complaint without the right agency, and how that came about."""

    @property
    def reason(self) -> str:
        agency = self.record.agency
        if agency is None:
            return _("No agency chosen by the reporter")
        return _("Reported as misrouted by %(agency)s") % {"agency": agency.brief}


class AgencyRow(ActionRow):
    """One agency of the overdue panel, with the row that is late for the longest time."""

    def __init__(self, record: StepRecord, count: int, user, reminder: Reminder | None):
        super().__init__(record, user, Action.REMIND, reminder)
        until = reminder_schedule.paused_until(reminder, timezone.now())
        # During the pause the button would only be refused.
        self.paused_until = [until] if until and self.action_urls else []
        self.action_urls = [] if until else self.action_urls
        self.agency, self.count = record.agency, count
        self.listing_url = late_listing(agency=record.agency_id)
