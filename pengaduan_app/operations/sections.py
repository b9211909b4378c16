"""What an agency needs to work: its group, its section page, the section's permissions."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Model
from wagtail.models import GroupPagePermission, Page

from ..models import Agency, AgencyPage, ComplaintIndexPage

PAGE_PERMISSION = "change_page"


@transaction.atomic
def ensure_section(agency: Agency) -> AgencyPage | None:
    """Make or update the agency's group and section; safe to repeat.

    Returns None while the site has no ComplaintIndexPage to put the section under; setup
    makes the section later.
    """
    group = _ensure_group(agency)
    index = ComplaintIndexPage.objects.first()
    if index is None:
        return None
    section = AgencyPage.objects.filter(agency=agency).first()
    if section is None:
        section = index.add_child(
            instance=AgencyPage(title=agency.name, slug=agency.slug, agency=agency, live=True)
        )
    elif (section.title, section.slug) != (agency.name, agency.slug):
        section.title = section.draft_title = agency.name
        section.slug = agency.slug
        section.save(clean=False)
    grant(group, section, PAGE_PERMISSION)
    return section


def _ensure_group(agency: Agency) -> Group:
    group = agency.group
    if group is None:
        # Always a new group: one of this name could belong to a role (see Agency.clean).
        group = Group.objects.create(name=agency.name)
        # Not save(): this runs in the agency's own post_save.
        Agency.objects.filter(pk=agency.pk).update(group=group)
        agency.group = group
    elif group.name != agency.name:
        group.name = agency.name
        group.save(update_fields=["name"])
    return group


def grant(group: Group, page: Page, codename: str) -> None:
    """Give a group one of Wagtail's page permissions on a page and all pages below it."""
    permission = Permission.objects.get(
        content_type__app_label="wagtailcore", content_type__model="page", codename=codename
    )
    GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def give_agency_its_section(
    sender: type[Model], instance: Agency, raw: bool = False, **kwargs: object
) -> None:
    """Signal receiver: a saved agency gets its group, its section and the permissions."""
    if not raw:
        ensure_section(instance)
