"""Wagtail's home for staff: my steps, soonest due first, instead of the moderation panels.

Wagtail's own panels load the pages in moderation one by one (two queries a page, and an
error page on SQLite from 999 pages on); these query the ledger once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar
from urllib.parse import urlencode

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.template import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.admin.views import home

from ... import actions, permissions
from ...deadlines import reminder_schedule
from ...models import Agency, Complaint, Reminder, StepRecord, StepRecordQuerySet
from ...permissions import Staff, StaffRequest
from ...procedure import Action, Role, Step, labels, sop
from ..complaint import assigned
from ..complaint.complaint_facts import admin_url
from ..listing.complaint_search import ComplaintSearchArea
from ..listing.filters import AGENCY
from ..listing.queue import counts_by_step, in_order, sees_all, steps_of
from . import my_steps

SHOWN = 20
AGENCIES_SHOWN = 15
SHOWN_WITH = ("complaint__official", "complaint__assignee", "agency")
REPLACED = (
    home.UpgradeNotificationPanel,
    home.WhatsNewInWagtailVersionPanel,
    home.UserObjectsInWorkflowModerationPanel,
    home.WorkflowObjectsToModeratePanel,
)


def replace_panels(request: StaffRequest, panels: list[Component]) -> None:
    """Our panels first; Wagtail's locked pages and recent edits stay."""
    roles, everything = permissions.roles_of(request.user), sees_all(request.user)
    ours: list[Component] = [MyStepsPanel()]
    if ComplaintSearchArea().is_shown(request):
        ours.insert(0, SearchPanel())
    asked = rows_of(asked_of(request.user), SHOWN)
    if asked:
        ours.append(CoordinationPanel(asked))
    if Role.COORDINATOR in roles or everything:
        ours.append(OverdueByAgencyPanel())
    if Role.ADMIN in roles or everything:
        ours.append(MisroutedPanel())
    panels[:] = [*ours, *(p for p in panels if not isinstance(p, REPLACED))]


def remove_summary(request: StaffRequest, items: list[Component]) -> None:
    """Wagtail's tiles count pages, images and documents, which no role works with."""
    items[:] = []


class SearchPanel(Component):
    """Finds complaints; the style sheet hides Wagtail's search of pages where this one is."""

    name = "complaint_search"
    template_name = "pengaduan_app/desk/search_panel.html"
    order = 50


class MyStepsPanel(Component):
    """The user's open steps with how much time is left, in words."""

    name = "my_steps"
    template_name = "pengaduan_app/desk/my_steps_panel.html"
    order = 100

    class Media:
        js: ClassVar = ["pengaduan_app/js/queue.js"]

    def get_context_data(self, parent_context: Context) -> dict[str, object]:
        request = parent_context["request"]
        steps = steps_of(request.user)
        rows = rows_of(assigned.mine_first(steps, request.user), SHOWN)
        assigned.marked(rows, request.user)
        counts = counts_by_step(steps)
        # Whoever acts in no step only watches: nothing waits for them.
        watches = sees_all(request.user)
        return {
            "groups": my_steps.grouped(rows, counts, watches),
            "shown": len(rows),
            "watches": watches,
            "total": sum(count for count, _late in counts.values()),
            "overdue": sum(late for _count, late in counts.values()),
            "all_url": my_steps.list_of(watches),
            "request": request,
        }


def asked_of(user: Staff) -> StepRecordQuerySet:
    """The open steps in which another agency's head waits for the user's agency (SOP A7)."""
    if not permissions.roles_of(user) & sop.AGENCY_ROLES:
        return StepRecord.objects.none()
    own = permissions.agency_ids_of(user)
    complaints = Complaint.objects.filter(coordination__in=own)
    waiting = StepRecord.objects.open().filter(step=Step.A7.value, complaint__in=complaints)
    return in_order(waiting.exclude(contributions__agency__in=own))


class CoordinationPanel(Component):
    """What other agencies ask of the user's agency, which has no step of its own in it."""

    name = "coordination"
    template_name = "pengaduan_app/desk/coordination_panel.html"
    order = 105

    def __init__(self, rows: list[StepRow]) -> None:
        self.rows = rows

    def get_context_data(self, parent_context: Context) -> dict[str, object]:
        return {"rows": self.rows, "request": parent_context["request"]}


class OverdueByAgencyPanel(Component):
    """Which agencies are past their due times, the longest overdue first (SOP C1)."""

    name = "overdue_by_agency"
    template_name = "pengaduan_app/desk/overdue_by_agency_panel.html"
    order = 110

    def get_context_data(self, parent_context: Context) -> dict[str, object]:
        late = actions.late_agency_steps()
        counts = dict(late.order_by().values_list("agency").annotate(Count("pk")))
        user = parent_context["request"].user
        return {
            "rows": agency_rows(late, counts, user),
            "total": sum(counts.values()),
            "listing_url": late_listing(),
            # Only who reminds has the screen behind it.
            "owed_url": Role.COORDINATOR in permissions.roles_of(user)
            and reverse("pengaduan_admin:owed"),
            "request": parent_context["request"],
        }


class MisroutedPanel(Component):
    """Complaints that wait for the right agency (SOP C2), with the time that is left."""

    name = "misrouted"
    template_name = "pengaduan_app/desk/misrouted_panel.html"
    order = 120

    def get_context_data(self, parent_context: Context) -> dict[str, object]:
        waiting = StepRecord.objects.open().filter(step=Step.C2.value).order_by("due_at", "pk")
        total = waiting.order_by().count()
        user = parent_context["request"].user
        return {
            "rows": [
                RoutingRow(row.record, user, Action.TRANSFER) for row in rows_of(waiting, SHOWN)
            ],
            "total": total,
            "request": parent_context["request"],
        }


def late_listing(**narrowed: object) -> str:
    """The URL of the list with exactly the complaints whose steps `late_agency_steps` of actions
    counts, `narrowed` by more of its filters."""
    query = {"holder": AGENCY, "overdue": "true", "ordering": "open_due_at", **narrowed}
    return f"{reverse('pengaduan_admin:list')}?{urlencode(query)}"


def oldest_of_each_agency(late: StepRecordQuerySet) -> QuerySet[StepRecord]:
    """The row of each agency that is overdue for the longest time; one query."""
    first = late.filter(agency=OuterRef("pk")).order_by("due_at", "pk").values("pk")[:1]
    worst = Agency.objects.annotate(worst=Subquery(first)).filter(worst__isnull=False)
    return (
        StepRecord.objects.filter(pk__in=worst.values("worst"))
        .select_related("complaint", "agency")
        .order_by("due_at", "pk")[:AGENCIES_SHOWN]
    )


def agency_rows(
    late: StepRecordQuerySet, counts: Mapping[int | None, int], user: Staff
) -> list[AgencyRow]:
    """A row for each agency that is overdue, with when the coordinator last reminded it."""
    worst = list(oldest_of_each_agency(late))
    given = reminder_schedule.latest_manual([record.pk for record in worst])
    return [AgencyRow(row, counts[row.agency_id], user, given.get(row.pk)) for row in worst]


def rows_of(records: StepRecordQuerySet, most: int) -> list[StepRow]:
    """Rows for the first `most` of these steps, with when the coordinator last reminded of
    each."""
    shown = list(records.with_sent_back().select_related(*SHOWN_WITH)[:most])
    given = reminder_schedule.latest_manual([record.pk for record in shown])
    answers = my_steps.answers_to(shown)
    return [StepRow(record, given.get(record.pk), answers.get(record.pk, "")) for record in shown]


class StepRow:
    """One open step as the panels show it."""

    def __init__(
        self, record: StepRecord, reminder: Reminder | None = None, answers: str = ""
    ) -> None:
        self.record, self.complaint, self.answers = record, record.complaint, answers
        self.reminded_at = reminder.created_at if reminder else None
        self.step_label: str | Promise = labels.STEPS[Step(record.step)]
        self.url = admin_url("inspect", self.complaint)
        # Whose the step is, in words; only my steps say it.
        self.whose = ""


class ActionRow(StepRow):
    """One open step, with the button of an action; without it where the user may not act."""

    def __init__(
        self, record: StepRecord, user: Staff, action: Action, reminder: Reminder | None = None
    ) -> None:
        super().__init__(record, reminder)
        self.action_url: str | None = None
        if permissions.may(user, action, self.complaint):
            self.action_url = admin_url("action", self.complaint, action.value)


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

    def __init__(
        self, record: StepRecord, count: int, user: Staff, reminder: Reminder | None
    ) -> None:
        super().__init__(record, user, Action.REMIND, reminder)
        self.paused_until: datetime | None = None
        if self.action_url:
            self.paused_until = reminder_schedule.paused_until(reminder, timezone.now())
        if self.paused_until:
            # During the pause the action would only be refused.
            self.action_url = None
        self.agency, self.count = record.agency, count
        self.listing_url = late_listing(agency=record.agency_id)
