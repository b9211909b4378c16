"""Guards on Wagtail's own workflow rows: they hold whatever screen or code changes a row."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models.signals import pre_save
from django.utils.translation import gettext_lazy
from wagtail.admin import mail
from wagtail.models import Page, PageSubscription, Revision, TaskState, WorkflowState
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)

from ..models import Complaint, ComplaintPage, PublicPage
from ..procedure import sop
from .tasks import SopTask

REFUSAL = gettext_lazy(
    "This step is decided with the procedure's own buttons, so that the ledger is kept."
)


def register() -> None:
    """Connect the guards; called once, when the app is ready."""
    pre_save.connect(guard_workflow_state, sender=WorkflowState)
    pre_save.connect(guard_task_state, sender=TaskState)
    pre_save.connect(quiet_subscription, sender=PageSubscription)
    pre_save.connect(unschedule_revision, sender=Revision)
    pre_save.connect(guard_page_row, sender=Page)
    for signal, name, notifier in NOTIFIERS:
        # Under Wagtail's own name, so that only one of the two is ever connected.
        uid = f"workflow_state_{name}_email_notification"
        signal.disconnect(sender=WorkflowState, dispatch_uid=uid)
        signal.connect(notifier, sender=WorkflowState, dispatch_uid=uid, weak=False)
    uid = "group_approval_task_submitted_email_notification"
    task_submitted.disconnect(sender=TaskState, dispatch_uid=uid)
    task_submitted.connect(_TaskSubmitted(), sender=TaskState, dispatch_uid=uid, weak=False)


class _NotOfComplaints:
    """Wagtail's workflow e-mails, for every page except a complaint's.

    They go to superusers and requesters with the page's title in them, inside the
    transaction; a complaint's news goes through the outbox and names only its ticket.
    """

    def can_handle(self, instance: WorkflowState, **kwargs: Any) -> bool:
        wanted: bool = super().can_handle(instance, **kwargs)  # type: ignore[misc]  # a mixin
        return wanted and _complaint_of(instance) is None


class _Submitted(_NotOfComplaints, mail.WorkflowStateSubmissionEmailNotifier):
    pass


class _Rejected(_NotOfComplaints, mail.WorkflowStateRejectionEmailNotifier):
    pass


class _Approved(_NotOfComplaints, mail.WorkflowStateApprovalEmailNotifier):
    pass


class _TaskSubmitted(mail.GroupApprovalTaskStateSubmissionEmailNotifier):
    """The mail to the groups of a task of Wagtail's own: never about a complaint."""

    def can_handle(self, instance: TaskState, **kwargs: Any) -> bool:
        wanted: bool = super().can_handle(instance, **kwargs)
        return wanted and _complaint_of(instance.workflow_state) is None


NOTIFIERS = (
    (workflow_submitted, "submitted", _Submitted()),
    (workflow_rejected, "rejected", _Rejected()),
    (workflow_approved, "approved", _Approved()),
)


def _complaint_of(workflow_state: WorkflowState) -> Complaint | None:
    page = workflow_state.content_object
    page = page and page.specific
    return page.complaint if isinstance(page, ComplaintPage) else None


def guard_workflow_state(sender: object, instance: WorkflowState, **kwargs: object) -> None:
    """A workflow ends or stops only after an action has moved its complaint on.

    Checked before the row is saved: `WorkflowState.cancel` runs outside a transaction.
    """
    if instance.pk is None or instance.status == WorkflowState.STATUS_IN_PROGRESS:
        return
    complaint = _complaint_of(instance)
    if complaint and complaint.state in sop.WORKFLOW_STATES:
        raise PermissionDenied(REFUSAL)


def guard_task_state(sender: object, instance: TaskState, **kwargs: object) -> None:
    """A task is decided only after an action has moved its complaint past that step."""
    if instance.status == TaskState.STATUS_IN_PROGRESS:
        return
    task = instance.task.specific
    complaint = isinstance(task, SopTask) and _complaint_of(instance.workflow_state)
    if complaint and complaint.open_step == task.step:
        raise PermissionDenied(REFUSAL)


def quiet_subscription(sender: object, instance: PageSubscription, **kwargs: object) -> None:
    """Wagtail sends no e-mail for comments on a complaint's page: it would quote them to
    staff who may no longer see the complaint."""
    if isinstance(instance.page.specific, ComplaintPage):
        instance.comment_notifications = False


def unschedule_revision(sender: object, instance: Revision, **kwargs: object) -> None:
    """No revision of the procedure's pages waits for a moment to be published."""
    model = instance.content_type.model_class()
    if instance.approved_go_live_at and model and issubclass(model, PublicPage):
        instance.approved_go_live_at = None


def guard_page_row(sender: object, instance: Page, **kwargs: object) -> None:
    """A complaint's page isn't put on the website, or taken off it, as a bare Page either, which
    knows nothing of ComplaintPage.save: Wagtail lets pages expire in this way."""
    page = ComplaintPage.objects.filter(pk=instance.pk).select_related("complaint").first()
    if page and instance.live != page.complaint.is_public:
        raise PermissionDenied(REFUSAL)
