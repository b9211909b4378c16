"""Guards on Wagtail's own workflow rows: what must hold whichever way somebody took."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models.signals import pre_save
from django.utils.translation import gettext_lazy
from wagtail.admin import mail
from wagtail.models import PageSubscription, TaskState, WorkflowState
from wagtail.signals import workflow_approved, workflow_rejected, workflow_submitted

from ..models import ComplaintPage
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
    for signal, uid, notifier in _quiet_notifiers():
        # Under Wagtail's own name, so that only one of the two is ever connected.
        signal.disconnect(sender=WorkflowState, dispatch_uid=uid)
        signal.connect(notifier, sender=WorkflowState, dispatch_uid=uid, weak=False)


def _quiet_notifiers():
    """Wagtail's workflow mails, for every page but a complaint's.

    They go to superusers and requesters with the page's title in them, inside the
    transaction; a complaint's news goes through the outbox, which names its ticket only.
    """
    named = (
        (workflow_submitted, "submitted", mail.WorkflowStateSubmissionEmailNotifier),
        (workflow_rejected, "rejected", mail.WorkflowStateRejectionEmailNotifier),
        (workflow_approved, "approved", mail.WorkflowStateApprovalEmailNotifier),
    )
    for signal, name, base in named:
        yield signal, f"workflow_state_{name}_email_notification", _quiet(base)()


def _quiet(base):
    class QuietNotifier(base):
        def can_handle(self, instance, **kwargs):
            return super().can_handle(instance, **kwargs) and _complaint_of(instance) is None

    return QuietNotifier


def _complaint_of(workflow_state):
    page = workflow_state.content_object
    page = page and page.specific
    return page.complaint if isinstance(page, ComplaintPage) else None


def guard_workflow_state(sender, instance, **kwargs):
    """A workflow ends or stops only after an action has moved its complaint on.

    Checked before the row is saved: `WorkflowState.cancel` runs outside a transaction.
    """
    if instance.pk is None or instance.status == WorkflowState.STATUS_IN_PROGRESS:
        return
    complaint = _complaint_of(instance)
    if complaint and complaint.state in sop.WORKFLOW_STATES:
        raise PermissionDenied(REFUSAL)


def guard_task_state(sender, instance, **kwargs):
    """A task is decided only after an action has moved its complaint past that step."""
    if instance.status == TaskState.STATUS_IN_PROGRESS:
        return
    task = instance.task.specific
    complaint = isinstance(task, SopTask) and _complaint_of(instance.workflow_state)
    if complaint and complaint.open_step == task.step:
        raise PermissionDenied(REFUSAL)


def quiet_subscription(sender, instance, **kwargs):
    """No mail of Wagtail's for comments on a complaint's page: it would quote them to
    staff who may no longer see the complaint."""
    if isinstance(instance.page.specific, ComplaintPage):
        instance.comment_notifications = False
