"""Sets a site up for the procedure: roles, limits, workflow. Safe to repeat.

The site's own set-up command calls it, and adds its agencies, villages and page tree.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import Group, Permission
from django.utils import translation
from wagtail.models import Workflow, WorkflowPage, WorkflowTask

from . import permissions
from .deadlines import OFFICE_HOURS, forget_calendar
from .models import Agency, ComplaintIndexPage, OfficeHours, StepLimit
from .operations import ensure_schedules, health, sections
from .procedure import WIB, Role, labels, sop
from .workflow import TASKS, SopTask, keeping

# The SOP's own words, and names that sites may rely on.
ROLE_GROUPS = {
    Role.OPERATOR: "Operator",
    Role.OFFICIAL: "Pejabat",
    Role.HEAD: "Kepala SKPD",
    Role.EDITOR: "Redaktur Humas",
    Role.COORDINATOR: "Koordinator Humas",
    Role.ADMIN: "Admin Pengaduan",
}
# The roles that talk to the reporter may open the vault, giving a reason.
REVEALERS = {Role.OPERATOR, Role.COORDINATOR}
# Reference data that the complaint administrator maintains.
ADMIN_MODELS = (
    "agency",
    "category",
    "village",
    "cannedanswer",
    "checklistitem",
    "officehours",
    "hoursperiod",
    "dayoff",
    "steplimit",
)
# What the complaint administrator may also delete, so that a weekday can be closed.
CALENDAR_MODELS = ("officehours", "hoursperiod", "dayoff")
WORKFLOW_NAME = "Penanganan pengaduan"
# The SOP is in force from 25 February 2016; its limits hold from then on.
IN_FORCE = datetime(2016, 2, 25, tzinfo=WIB)


def ensure_procedure(index: ComplaintIndexPage, language: str = "id") -> None:
    """Create what the procedure needs below `index`, in the language that staff read."""
    with translation.override(language):
        ensure_roles(index)
        ensure_limits()
        ensure_office_hours()
        ensure_workflow(index)
        for agency in Agency.objects.select_related("group"):
            sections.ensure_section(agency)
        ensure_schedules()
        # From now on a missing heartbeat means that the cluster is down.
        health.expect_heartbeats()


def ensure_roles(index: ComplaintIndexPage) -> None:
    """The six role groups with their permissions."""
    access = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    ours = {
        permission.codename: permission
        for permission in Permission.objects.filter(content_type__app_label="pengaduan_app")
    }
    for role, name in ROLE_GROUPS.items():
        group = _group_of(role, name)
        group.permissions.add(access, ours[permissions.ROLE_PERMISSION[role]])
        if role in REVEALERS:
            group.permissions.add(ours[permissions.REVEAL_PERMISSION])
        if role == Role.ADMIN:
            maintained = [f"{verb}_{model}" for verb in ("add", "change") for model in ADMIN_MODELS]
            maintained += [f"delete_{model}" for model in CALENDAR_MODELS]
            maintained.append("change_remindersettings")
            maintained.append("change_letterhead")
            maintained.append("change_inspectorate")
            group.permissions.add(*(ours[codename] for codename in maintained))
        elif role in sop.CITY_ROLES:
            sections.grant(group, index, sections.PAGE_PERMISSION)


def _group_of(role: Role, name: str) -> Group:
    """The role's group: by its name or, if it was renamed, by the role; a new one if it is gone."""
    known = Group.objects.filter(name=name).first() or (
        Group.objects.filter(
            permissions__content_type__app_label="pengaduan_app",
            permissions__codename=permissions.ROLE_PERMISSION[role],
        )
        .order_by("pk")
        .first()
    )
    return known or Group.objects.create(name=name)


def ensure_limits() -> None:
    """The SOP's limits as rows, which the city may supersede by newer ones."""
    limited = set(StepLimit.objects.values_list("step", flat=True))
    StepLimit.objects.bulk_create(
        StepLimit(
            step=rule.step.value,
            valid_from=IN_FORCE,
            minutes=int(rule.limit.total_seconds() // 60),
        )
        for rule in sop.STEPS.values()
        if rule.step.value not in limited
    )


def ensure_office_hours() -> None:
    """The national hours on a new site; hours that are there already stay as they are."""
    if not OfficeHours.objects.exists():
        OfficeHours.objects.bulk_create(OfficeHours(**row) for row in OFFICE_HOURS)
        forget_calendar()


def ensure_workflow(index: ComplaintIndexPage) -> Workflow:
    """Wagtail's workflow with a task for each step A5 to B2, for every page below `index`.

    Puts it right where it was changed: tasks that are missing, inactive, in another order or
    not the procedure's, and other workflows of its pages.
    """
    with keeping.setting_up():
        workflow = _workflow_of(index)
        tasks = [_task_of(task_class) for task_class in TASKS]
        workflow.workflow_tasks.exclude(task__in=[task.pk for task in tasks]).delete()
        for order, task in enumerate(tasks):
            WorkflowTask.objects.update_or_create(
                workflow=workflow, task=task.task_ptr, defaults={"sort_order": order}
            )
        below = index.get_descendants(inclusive=True)
        WorkflowPage.objects.filter(page__in=below).exclude(workflow=workflow).delete()
        WorkflowPage.objects.update_or_create(page=index, defaults={"workflow": workflow})
    return workflow


def _workflow_of(index: ComplaintIndexPage) -> Workflow:
    """The procedure's workflow: the one with its tasks, whatever it is called now."""
    link = WorkflowPage.objects.select_related("workflow").filter(page=index).first()
    ours = link.workflow if link and keeping.is_ours(link.workflow) else None
    workflow = ours or Workflow.objects.get_or_create(name=WORKFLOW_NAME)[0]
    if not workflow.active:
        workflow.active = True
        workflow.save()
    return workflow


def _task_of(task_class: type[SopTask]) -> SopTask:
    name = f"{task_class.step.value} {labels.STEPS[task_class.step]}"
    task: SopTask = task_class.objects.first() or task_class.objects.create(name=name)
    if not task.active:
        task.active = True
        task.save()
    return task
