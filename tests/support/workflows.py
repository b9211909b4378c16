"""A workflow that is not the procedure's."""

from __future__ import annotations

from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from tests.support.crowd import superuser


def foreign_workflow() -> Workflow:
    """A workflow of Wagtail's own, whose task mails a group that has somebody in it."""
    workflow = Workflow.objects.create(name="Tinjauan redaksi")
    task = GroupApprovalTask.objects.create(name="Tinjauan")
    group = Group.objects.create(name="Peninjau")
    superuser().groups.add(group)
    task.groups.add(group)
    WorkflowTask.objects.create(workflow=workflow, task=task.task_ptr, sort_order=0)
    return workflow
