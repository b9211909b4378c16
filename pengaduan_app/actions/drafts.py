"""The complaint's page and its workflow, as the actions move them."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState, Workflow, WorkflowState

from ..models import Agency, AgencyPage, Complaint, ComplaintPage, known_names
from ..permissions import Staff
from ..privacy import redaction
from ..procedure import WORKFLOW_STEPS, Step
from ..text import is_blank, shortened
from .core import NotNow

# Of a page, by Wagtail's own column.
LONGEST_TITLE = 255


def lock_page_tree(*parents: Page) -> None:
    """Take the locks that keep `move` from corrupting the tree (PostgreSQL).

    The root's row blocks other moves; the parents' rows block `add_child`, which locks
    only its own parent.
    """
    Page.objects.select_for_update().get(depth=1)
    rows = Page.objects.filter(pk__in=[parent.pk for parent in parents])
    list(rows.select_for_update().order_by("pk"))


def section_of(agency: Agency | None) -> AgencyPage:
    """The agency's section. Raises NotNow when it has none."""
    section: AgencyPage | None = AgencyPage.objects.filter(agency=agency).first()
    if section is None:
        raise NotNow(
            _("%(agency)s has no section on the website yet. Ask the administrator to save it.")
            % {"agency": agency}
        )
    return section


def ensure_draft(complaint: Complaint, answer: str = "") -> ComplaintPage:
    """The complaint's page, made from the citizen's words if it has none yet.

    The copy starts with personal data masked, so that not even its history holds what
    public relations would have to remove.
    """
    page: ComplaintPage | None = ComplaintPage.objects.filter(complaint=complaint).first()
    if page is None:
        page = _new_page(complaint)
        section_of(complaint.agency).add_child(instance=page)
    else:
        page = page.get_latest_revision_as_object()
    if answer:
        page.answer = answer
    return page


def _new_page(complaint: Complaint) -> ComplaintPage:
    name, known = complaint.reporter.name, known_names()
    title = redaction.mask_personal_data(complaint.subject, name, known)
    question = redaction.mask_personal_data(complaint.body, name, known)
    return ComplaintPage(
        # Words that nobody sees were taken in earlier; a page can't be without them.
        title=shortened(complaint.get_kind_display() if is_blank(title) else title, LONGEST_TITLE),
        # Says nothing yet: B2 makes the public address from the title that it publishes.
        slug=f"pengaduan-{complaint.pk}",
        live=False,
        complaint=complaint,
        agency=complaint.agency,
        category=complaint.category,
        village=complaint.village,
        kind=complaint.kind,
        received_at=complaint.created_at,
        question=redaction.MASK if is_blank(question) else question,
    )


def public_slug(title: str, complaint_id: int) -> str:
    """The address of a published answer; the primary key makes it unique, and the ticket
    stays out of it."""
    return f"{slugify(title)[:60].strip('-') or 'pengaduan'}-{complaint_id}"


def save_revision(page: ComplaintPage, user: Staff | None = None) -> None:
    """Save a draft on behalf of the procedure: the action has checked whose step it is."""
    page.moved_by_procedure = True
    page.save_revision(user=user, clean=False)


def start_workflow(page: ComplaintPage, user: Staff | None) -> None:
    """Save the draft as a revision and start the workflow at the complaint's step.

    It has no requester: Wagtail would let the requester cancel it.
    """
    workflow = require_steps(page.get_workflow())
    save_revision(page, user)
    workflow.start(page, None)


def require_steps(workflow: Workflow | None) -> Workflow:
    """The workflow, if it has the procedure's steps. Raises NotNow for any other or none: the
    page would start no workflow or a foreign one, and the complaint would be stuck."""
    if workflow and has_steps(workflow):
        return workflow
    raise NotNow(
        _(
            "The workflow of complaints was changed and doesn't have the procedure's steps, so "
            "nothing was done. Ask the system administrator to run “manage.py pengaduan_setup”."
        )
    )


def has_steps(workflow: Workflow) -> bool:
    """True if the workflow's tasks are the procedure's steps in their order."""
    kinds = workflow.tasks.filter(active=True).values_list("content_type", flat=True)
    models = [ContentType.objects.get_for_id(kind).model_class() for kind in kinds]
    return tuple(getattr(model, "step", None) for model in models) == WORKFLOW_STEPS


def current_task_state(page: ComplaintPage) -> TaskState:
    """The locked task state that is now in progress. Raises NotNow when there is none."""
    state = (
        WorkflowState.objects.select_for_update()
        .filter(
            base_content_type=page.get_base_content_type(),
            object_id=str(page.pk),
            status=WorkflowState.STATUS_IN_PROGRESS,
        )
        .first()
    )
    if state is None or state.current_task_state is None:
        raise NotNow(_("This page is not in the workflow now."))
    require_steps(state.workflow)
    return state.current_task_state.specific


def follow_back(task_state: TaskState, step: Step, user: Staff, comment: str) -> None:
    """Send the workflow back to an earlier step's task.

    Wagtail skips tasks that were approved before, so the approvals from that step on are
    cancelled; the decisions stay in the history.
    """
    workflow_state = task_state.workflow_state
    task_state.reject(user=user, update=False, comment=comment)
    redo = WORKFLOW_STEPS[WORKFLOW_STEPS.index(step) :]
    tasks = {task.pk: task.specific for task in workflow_state.workflow.tasks}
    again = [pk for pk, task in tasks.items() if task.step in redo]
    workflow_state.task_states.filter(
        task__in=again, status__in=[TaskState.STATUS_APPROVED, TaskState.STATUS_SKIPPED]
    ).update(status=TaskState.STATUS_CANCELLED)
    workflow_state.current_task_state = None
    workflow_state.save()
    target = next(task for task in tasks.values() if task.step == step)
    workflow_state.update(user=user, next_task=target)


def stop_workflow(complaint: Complaint, user: Staff | None) -> None:
    """Cancel the page's workflow, if one is running; the draft stays."""
    page = ComplaintPage.objects.filter(complaint=complaint).first()
    state = page and page.current_workflow_state
    if state:
        state.cancel(user=user)


def forget_draft(complaint: Complaint, user: Staff) -> None:
    """Bring the draft back to the answer that was given."""
    page = ComplaintPage.objects.get(complaint=complaint)
    page.moved_by_procedure = True
    page.has_unpublished_changes = not page.live
    page.save_revision(user=user, clean=False, changed=False)


def finish_unpublished(task_state: TaskState, user: Staff) -> None:
    """End the workflow as approved without publishing (SOP B2: only to the reporter)."""
    task_state.approve(user=user, update=False)
    state = task_state.workflow_state
    state.status = WorkflowState.STATUS_APPROVED
    state.save()
    page = ComplaintPage.objects.get(pk=state.object_id).get_latest_revision_as_object()
    page.save(clean=False)


def move_to_section(complaint: Complaint) -> None:
    """Move an existing draft to the section of the complaint's agency (SOP C2)."""
    page = ComplaintPage.objects.filter(complaint=complaint).first()
    if page is None:
        return
    lock_page_tree(page.get_parent(), section_of(complaint.agency))
    # Loaded after the lock: a place in the tree that was read earlier may be out of date.
    page = ComplaintPage.objects.get(pk=page.pk)
    page.move(section_of(complaint.agency), pos="last-child")
    page = ComplaintPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    page.agency = complaint.agency
    page.save(clean=False)
    save_revision(page)
