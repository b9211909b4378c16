"""Wagtail Task classes, one for each SOP step that runs inside Wagtail's workflow.

A task decides nothing: who may act and where it leads stands in procedure/, and its
buttons go through actions. The complaint's state leads and the workflow follows, so a task
that isn't the complaint's step when it starts is skipped: that is how a direct answer (A4)
skips A5 to A8, and how A7 is skipped where nobody called for coordination.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task, TaskState, WorkflowState

from .. import actions, permissions
from ..models import Complaint, ComplaintPage
from ..permissions import Staff
from ..procedure import Action, Step, labels, sop
from .forms import ASKING, WORKFLOW_FORMS, ActionForm, points_to_confirm

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class SopTask(Task):
    """What the tasks of all steps share. `step` is the SOP step that a task stands for."""

    step: Step
    # What get_actions was last asked about, for the forms of get_form_for_action.
    _asked_about: tuple[Complaint, Staff] | None = None

    class Meta:
        abstract = True

    def start(self, workflow_state: WorkflowState, user: Staff | None = None) -> TaskState:
        page = workflow_state.content_object
        if page.locked:
            # A lock is for the step in which it was taken.
            page.locked, page.locked_by, page.locked_at = False, None, None
            page.save(update_fields=["locked", "locked_by", "locked_at"])
        if _complaint_of(page).open_step == self.step:
            return super().start(workflow_state, user=user)
        return TaskState.objects.create(
            workflow_state=workflow_state,
            task=self.task_ptr,
            revision=page.get_latest_revision(),
            status=TaskState.STATUS_SKIPPED,
        )

    def user_can_access_editor(self, obj: Page, user: Staff) -> bool:
        return permissions.may_edit_page(user, _complaint_of(obj))

    def locked_for_user(self, obj: Page, user: Staff) -> bool:
        return not permissions.may_edit_page(user, _complaint_of(obj))

    def user_can_lock(self, obj: Page, user: Staff) -> bool:
        complaint = _complaint_of(obj)
        return complaint.open_step == self.step and permissions.has_workflow_step(user, complaint)

    def get_actions(self, obj: Page, user: Staff) -> list[tuple[str, StrOrPromise, bool]]:
        complaint = _complaint_of(obj)
        self._asked_about = complaint, user
        if complaint.open_step != self.step:
            return []
        allowed = permissions.allowed_actions(user, complaint, sop.WORKFLOW_ACTIONS)
        asking = sop.WORKFLOW_ACTIONS if allowed and points_to_confirm(complaint) else ASKING
        return [
            (action.value, labels.action_label(action, self.step), action in asking)
            for action in allowed
        ]

    def get_form_for_action(self, action: str) -> Callable[..., ActionForm]:
        """Makes the form that the action's dialog shows.

        Wagtail doesn't say for which page, but before it makes the form it asks `get_actions`
        of the same instance about that page. The form needs the complaint: not to offer its
        own agency, and to refuse the reporter's name before the dialog closes.
        """
        form = WORKFLOW_FORMS.get(action)
        if form is None:
            return super().get_form_for_action(action)

        def for_page_asked_about(*args: Any, **kwargs: Any) -> ActionForm:
            if self._asked_about is None:
                raise RuntimeError("A form is made for the page that get_actions was asked about.")
            complaint, user = self._asked_about
            return form(*args, complaint=complaint, user=user, **kwargs)

        return for_page_asked_about

    def on_action(
        self, task_state: TaskState, user: Staff, action_name: str, **kwargs: Any
    ) -> None:
        """Carry out a button through actions; the form is checked again here, because the
        page editor passes on what the browser sent."""
        action = Action(action_name)
        complaint = _complaint_of(task_state.workflow_state.content_object)
        form = WORKFLOW_FORMS[action](kwargs, complaint=complaint, user=user)
        if not form.is_valid():
            errors = [str(text) for texts in form.errors.values() for text in texts]
            raise actions.NotNow(" ".join(errors))
        actions.WORKFLOW_CALLS[action](
            complaint.pk, user, step=self.step, **form.action_arguments()
        )

    def get_task_states_user_can_moderate(self, user: Staff, **kwargs: Any) -> QuerySet[TaskState]:
        role = sop.STEPS[self.step].role
        if role not in permissions.roles_of(user):
            return TaskState.objects.none()
        pages = ComplaintPage.objects.all()
        if role in sop.AGENCY_ROLES:
            pages = pages.filter(agency__in=permissions.agency_ids_of(user))
        keys = pages.annotate(key=Cast("pk", models.CharField())).values("key")
        return self.task_states.filter(
            status=TaskState.STATUS_IN_PROGRESS, workflow_state__object_id__in=keys
        )

    @classmethod
    def get_description(cls) -> str:
        return str(labels.STEPS[cls.step])


def _complaint_of(page: Page) -> Complaint:
    return ComplaintPage.objects.select_related("complaint").get(pk=page.pk).complaint


class StudyTask(SopTask):
    """SOP A5: the official studies it, drafts the answer, and reports to the head."""

    step = Step.A5

    class Meta:
        verbose_name = _("A5 study")
        verbose_name_plural = _("A5 study")


class DecisionTask(SopTask):
    """SOP A6: the head gives the written answer, sends back, or calls for coordination."""

    step = Step.A6

    class Meta:
        verbose_name = _("A6 written answer")
        verbose_name_plural = _("A6 written answer")


class CoordinationTask(SopTask):
    """SOP A7: the head coordinates with other agencies before answering."""

    step = Step.A7

    class Meta:
        verbose_name = _("A7 coordination")
        verbose_name_plural = _("A7 coordination")


class EntryTask(SopTask):
    """SOP A8: the operator enters the answer as the head gave it."""

    step = Step.A8

    class Meta:
        verbose_name = _("A8 entry")
        verbose_name_plural = _("A8 entry")


class EditingTask(SopTask):
    """SOP B1: the editor checks and edits question and answer."""

    step = Step.B1

    class Meta:
        verbose_name = _("B1 editing")
        verbose_name_plural = _("B1 editing")


class PublicationTask(SopTask):
    """SOP B2: the coordinator publishes, or answers the reporter alone."""

    step = Step.B2

    class Meta:
        verbose_name = _("B2 publication")
        verbose_name_plural = _("B2 publication")


TASKS = (StudyTask, DecisionTask, CoordinationTask, EntryTask, EditingTask, PublicationTask)
