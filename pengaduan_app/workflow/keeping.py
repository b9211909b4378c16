"""Keeps the procedure's workflow as it is set up: its tasks, their order, and its pages.

Receivers of signals, so that they hold for every form and script. Wagtail lets who may edit
workflows take a task out or hang another workflow on a section; complaints would then be stuck,
or their titles mailed to strangers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.db.models.signals import pre_delete, pre_save
from django.utils.translation import gettext as _
from wagtail.models import Task, Workflow, WorkflowPage, WorkflowState, WorkflowTask

from ..actions import ActionRefused
from ..models import ComplaintIndexPage, ComplaintPage, PublicPage
from .tasks import TASKS

_setting_up: ContextVar[bool] = ContextVar("setting_up", default=False)


class WorkflowKept(ActionRefused):
    """The workflow of complaints was to be changed; the message tells why it isn't."""


@contextmanager
def setting_up() -> Iterator[None]:
    """Within this block the workflow may be put right; only the set-up uses it."""
    token = _setting_up.set(True)
    try:
        yield
    finally:
        _setting_up.reset(token)


def register() -> None:
    """Connect the receivers; called once, when the app is ready."""
    pre_save.connect(keep_workflow_active, sender=Workflow)
    pre_delete.connect(keep_workflow, sender=Workflow)
    for model in (Task, *TASKS):
        pre_save.connect(keep_task_active, sender=model)
        pre_delete.connect(keep_task, sender=model)
    pre_save.connect(keep_place, sender=WorkflowTask)
    pre_delete.connect(keep_member, sender=WorkflowTask)
    pre_save.connect(keep_page_to_its_workflow, sender=WorkflowPage)
    pre_delete.connect(keep_page, sender=WorkflowPage)
    pre_save.connect(refuse_foreign_workflow, sender=WorkflowState)


def is_ours(workflow: Workflow) -> bool:
    """True for a workflow with a step of the procedure in it."""
    # Not by the workflow's own relation, which in a form holds what is about to be saved.
    return WorkflowTask.objects.filter(_our_tasks(), workflow=workflow.pk).exists()


def _our_tasks() -> Q:
    return Q(task__content_type__in=ContentType.objects.get_for_models(*TASKS).values())


def is_step(task: Task) -> bool:
    """True for a task that is a step of the procedure, also as a bare Task."""
    model = ContentType.objects.get_for_id(task.content_type_id).model_class()
    return model in TASKS


def _refuse() -> None:
    if not _setting_up.get():
        raise WorkflowKept(refusal())


def refusal() -> str:
    """Why the workflow stays as it is."""
    return _(
        "Nothing was changed: complaints go through this workflow step by step, as the written "
        "procedure says. Its tasks, their order and its pages stay as they were set up."
    )


def refuse_disabling(view_name: str, key: int | None) -> str | None:
    """Why Wagtail's view doesn't disable this workflow or task; None for others.

    Before the view: it would begin with cancelling what is in progress, which our guards refuse
    without a word on why.
    """
    if view_name == "wagtailadmin_workflows:disable":
        ours = any(map(is_ours, Workflow.objects.filter(pk=key)))
    elif view_name == "wagtailadmin_workflows:disable_task":
        ours = any(map(is_step, Task.objects.filter(pk=key)))
    else:
        return None
    return refusal() if ours else None


def keep_workflow_active(sender: object, instance: Workflow, **kwargs: object) -> None:
    if not instance.active and is_ours(instance):
        _refuse()


def keep_workflow(sender: object, instance: Workflow, **kwargs: object) -> None:
    if is_ours(instance):
        _refuse()


def keep_task_active(sender: object, instance: Task, **kwargs: object) -> None:
    if instance.pk and not instance.active and is_step(instance):
        _refuse()


def keep_task(sender: object, instance: Task, **kwargs: object) -> None:
    if is_step(instance):
        _refuse()


def keep_place(sender: object, instance: WorkflowTask, **kwargs: object) -> None:
    """No foreign task comes in, and no step changes its place."""
    if not is_ours(instance.workflow):
        return
    stored = WorkflowTask.objects.filter(pk=instance.pk).values_list("task", "sort_order").first()
    if stored != (instance.task_id, instance.sort_order):
        _refuse()


def keep_member(sender: object, instance: WorkflowTask, **kwargs: object) -> None:
    if is_step(instance.task) and is_ours(instance.workflow):
        _refuse()


def keep_page_to_its_workflow(sender: object, instance: WorkflowPage, **kwargs: object) -> None:
    """The procedure's pages have this workflow, and no other page has it."""
    if isinstance(instance.page.specific, PublicPage) != is_ours(instance.workflow):
        _refuse()


def keep_page(sender: object, instance: WorkflowPage, **kwargs: object) -> None:
    if isinstance(instance.page.specific, ComplaintIndexPage) and is_ours(instance.workflow):
        _refuse()


def refuse_foreign_workflow(sender: object, instance: WorkflowState, **kwargs: object) -> None:
    """A complaint's page starts no other workflow, whoever starts it: its tasks would mail
    the title around."""
    page = instance.content_object if instance.pk is None else None
    if page and isinstance(page.specific, ComplaintPage) and not is_ours(instance.workflow):
        raise WorkflowKept(refusal())
