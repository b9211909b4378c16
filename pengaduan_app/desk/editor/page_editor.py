"""Keeps Wagtail's page editor to the procedure's own buttons and to the user's own pages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from django.contrib import messages as django_messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.action_menu import (
    ActionMenuItem,
    PageLockedMenuItem,
    SaveDraftMenuItem,
    WorkflowMenuItem,
)
from wagtail.models import Page

from ... import actions, permissions
from ...models import AgencyPage, Complaint, ComplaintIndexPage, ComplaintPage
from ...permissions import Staff, StaffRequest
from ..complaint import complaint_facts, complaint_page
from ..listing import queue_walk
from . import answered_page, step_button

KEPT = (SaveDraftMenuItem, WorkflowMenuItem, PageLockedMenuItem)


def keep_procedure_buttons(
    menu_items: list[ActionMenuItem], request: StaffRequest, context: Mapping[str, object]
) -> None:
    """On a complaint's page: save, and the buttons of the step. No publish, no cancel."""
    page = context.get("page")
    if not isinstance(page, ComplaintPage):
        return
    if answered_page.is_answered(page):
        menu_items[:] = answered_page.buttons(context)
        return
    names = _labels_of(page, request.user)
    menu_items[:] = [item for item in menu_items if isinstance(item, KEPT)]
    for item in menu_items:
        # Wagtail adds "and publish" to the last task's label; ours says what happens.
        item.label = names.get(getattr(item, "name", ""), item.label)
    step_button.put_step_first(menu_items)


def _labels_of(page: ComplaintPage, user: Staff) -> dict[str, str]:
    """What the buttons of the page's step are called, each by its name in Wagtail."""
    task = page.current_workflow_task
    return {name: label for name, label, _modal in task.get_actions(page, user)} if task else {}


def return_to_my_steps(request: StaffRequest, page: Page) -> HttpResponse | None:
    """After a button of the workflow: to the next complaint of the user's queue, or home when
    none is left, and not to the tree of pages.

    Our message says what the button did; Wagtail's only that a page was updated.
    """
    if not isinstance(page, ComplaintPage) or "action-workflow-action" not in request.POST:
        return None
    # Django drops messages once they are read; nothing else takes back Wagtail's own.
    list(django_messages.get_messages(request))
    complaint = Complaint.objects.get(pk=page.complaint_id)
    link = complaint_page.website_link(complaint)
    buttons = [messages.button(link.url, link.label)] if link else []
    if permissions.may_see(request.user, complaint):
        buttons.append(complaint_facts.button_to(complaint))
    messages.success(request, complaint_facts.state_now(complaint), buttons=buttons)
    going_on = queue_walk.GoingOn.after_workflow(request, complaint)
    return going_on.respond() if going_on else redirect("wagtailadmin_home")


def limit_page_chooser(pages: QuerySet[Page], request: StaffRequest) -> QuerySet[Page]:
    """Agency staff choose among public pages and their own; drafts of others stay hidden."""
    if permissions.sees_city(request.user):
        return pages
    foreign = AgencyPage.objects.exclude(agency__in=permissions.agency_ids_of(request.user))
    hidden = ComplaintPage.objects.hidden_from(request.user)
    return pages.exclude(pk__in=hidden.values("pk")).exclude(pk__in=foreign.values("pk"))


def refuse_stale_button(request: StaffRequest, page: Page) -> None:
    """Raises NotNow for a button of the workflow that no longer holds.

    Two people had the page open, and the other one has since ended its workflow; or the
    browser sent something that Wagtail's own script never sends.
    """
    if "action-workflow-action" not in request.POST or not isinstance(page, ComplaintPage):
        return
    if not page.workflow_in_progress:
        raise actions.NotNow(_("This page is not in the workflow now."))
    try:
        extra = json.loads(request.POST.get("workflow-action-extra-data") or "{}")
    except ValueError:
        extra = None
    if not isinstance(extra, dict) or {"self", "task_state", "user", "action_name"} & set(extra):
        raise actions.NotNow(_("This is not possible now."))


def withdraw_through_actions(request: StaffRequest, page: Page) -> HttpResponse | None:
    """Unpublishing a complaint's page is a move of the procedure, with its log entry."""
    page = page.specific
    if isinstance(page, ComplaintIndexPage):
        messages.error(request, _tree_refusal())
        return redirect("wagtailadmin_explore", page.pk)
    if not isinstance(page, ComplaintPage):
        return None
    complaint = actions.withdraw(page.complaint_id, request.user)
    messages.success(
        request,
        _("The answer to %(ticket)s is no longer on the website; its reporter still finds it.")
        % {"ticket": complaint.ticket},
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


def refuse_tree_change(request: StaffRequest, page: Page, *args: object) -> HttpResponse | None:
    """Complaints' pages are moved by the transfer action alone, never copied or deleted."""
    if not _has_complaints(page):
        return None
    messages.error(request, _tree_refusal())
    return redirect("wagtailadmin_explore", page.get_parent().pk)


def refuse_bulk_action(
    request: StaffRequest, action_type: str, objects: Iterable[object], action: object
) -> HttpResponse | None:
    """The same for bulk actions, whatever they are called."""
    if not any(_has_complaints(page) for page in _pages(objects)):
        return None
    messages.error(request, _tree_refusal())
    return redirect(request.headers.get("referer") or "wagtailadmin_home")


def _has_complaints(page: Page) -> bool:
    pages = Page.objects.descendant_of(page, inclusive=True)
    return pages.type(ComplaintIndexPage, ComplaintPage, AgencyPage).exists()


def _pages(objects: Iterable[object]) -> list[Page]:
    return [item for item in objects if isinstance(item, Page)]


def _tree_refusal() -> str:
    return _(
        "Complaints' pages follow the procedure: they can't be moved, copied, deleted, "
        "published or unpublished from here. Open the complaint and use its actions."
    )
