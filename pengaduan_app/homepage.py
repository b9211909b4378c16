"""Wagtail's home for staff: my steps, soonest due first, instead of the moderation panels.

Wagtail's own panels ask for each page in moderation one by one (two queries a page, and
an error page on SQLite from 999 on); these ask the ledger once.
"""

from __future__ import annotations

from django.db.models import Count, Q
from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.admin.views import home

from . import labels, permissions, sop
from .models import StepRecord
from .sop import Step

SHOWN = 20
REPLACED = (
    home.UpgradeNotificationPanel,
    home.WhatsNewInWagtailVersionPanel,
    home.UserObjectsInWorkflowModerationPanel,
    home.WorkflowObjectsToModeratePanel,
)


def replace_panels(request, panels):
    """Our panel first; Wagtail's locked pages and recent edits stay."""
    panels[:] = [MyStepsPanel(), *(p for p in panels if not isinstance(p, REPLACED))]


def remove_summary(request, items):
    """The tiles count pages, images and documents, which no role works with."""
    items[:] = []


def steps_of(user):
    """The open steps whose turn is the user's, soonest due first. A superuser, who acts
    in none, sees all of them."""
    records = StepRecord.objects.open()
    if user.is_superuser and not permissions.roles_of(user):
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
    template_name = "pengaduan_app/admin/my_steps_panel.html"
    order = 100

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        now = timezone.now()
        steps = steps_of(user)
        totals = steps.order_by().aggregate(
            all=Count("pk"), overdue=Count("pk", filter=Q(due_at__lt=now))
        )
        shown = steps.select_related("complaint", "agency")[:SHOWN]
        return {
            "rows": [StepRow(record) for record in shown],
            "total": totals["all"],
            "overdue": totals["overdue"],
            "shown": SHOWN,
            "more": max(0, totals["all"] - SHOWN),
            "request": parent_context["request"],
        }


class StepRow:
    """One open step as the panel shows it."""

    def __init__(self, record: StepRecord):
        self.record, self.complaint = record, record.complaint
        self.step_label = labels.STEPS[Step(record.step)]
