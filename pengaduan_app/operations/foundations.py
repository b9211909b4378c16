"""What the procedure rests on in the database, and what of it is missing.

`manage.py check --database default`, `manage.py health` and `/healthz/` ask; the site's set-up, or
`manage.py pengaduan_setup`, puts it back.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import Permission
from django.db.models import Exists, OuterRef
from wagtail.models import GroupPagePermission, WorkflowPage

from .. import permissions
from ..actions import has_steps
from ..models import Agency, ComplaintIndexPage
from ..procedure import Role, sop
from . import sections
from .schedules import missing_schedules


def missing() -> list[str]:
    """A sentence for each thing that isn't there; about eight small queries."""
    index = ComplaintIndexPage.objects.first()
    if index is None or not index.live:
        return ["There is no public index page of complaints (ComplaintIndexPage)."]
    return [
        *(f"The schedule “{name}” is missing." for name in missing_schedules()),
        *_workflow(index),
        *_roles(index),
        *_agencies(),
    ]


def _workflow(index: ComplaintIndexPage) -> Iterator[str]:
    link = WorkflowPage.objects.select_related("workflow").filter(page=index).first()
    if link is None or not link.workflow.active:
        yield "The index page of complaints has no active workflow."
        return
    if not has_steps(link.workflow):
        yield f"The workflow “{link.workflow}” doesn't have the procedure's steps in their order."


def _roles(index: ComplaintIndexPage) -> Iterator[str]:
    held = Permission.objects.filter(
        content_type__app_label="pengaduan_app", group__isnull=False
    ).values_list("codename", flat=True)
    codenames = set(held)
    for role, codename in permissions.ROLE_PERMISSION.items():
        if codename not in codenames:
            yield f"No group has the role “{role.value}” ({codename})."
    editing = GroupPagePermission.objects.filter(
        page=index, permission__codename=sections.PAGE_PERMISSION
    ).values_list("group__permissions__codename", flat=True)
    editors = set(editing)
    for role in sop.CITY_ROLES:
        if role != Role.ADMIN and permissions.ROLE_PERMISSION[role] not in editors:
            yield f"The role “{role.value}” may not edit the pages of complaints."


def _agencies() -> Iterator[str]:
    granted = GroupPagePermission.objects.filter(
        page=OuterRef("section"),
        group=OuterRef("group"),
        permission__codename=sections.PAGE_PERMISSION,
    )
    lacking = Agency.objects.filter(active=True).exclude(Exists(granted))
    for name in lacking.values_list("name", flat=True):
        yield f"“{name}” has no group, no section page or no permission on it."
