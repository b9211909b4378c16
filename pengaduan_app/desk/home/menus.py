"""What the admin's menus hold for each role. The addresses stay as the permissions rule them."""

from __future__ import annotations

from wagtail.admin.menu import MenuItem
from wagtail.permissions import page_permission_policy

from ... import permissions
from ...models import AgencyPage, ComplaintIndexPage
from ...permissions import Staff, StaffRequest

# Wagtail's reports about pages: of use to whoever keeps a website's pages.
PAGE_REPORTS = frozenset(
    {
        "locked-pages",
        "workflows",
        "workflow-tasks",
        "site-history",
        "aging-pages",
        "page-types-usage",
    }
)


def keep_reports_of_the_role(request: StaffRequest, menu_items: list[MenuItem]) -> None:
    """Only the reports on complaints for people whose pages are answers alone.

    Editors who keep other pages of the site as well, and superusers, have Wagtail's too.
    """
    if permissions.roles_of(request.user) and not keeps_other_pages(request.user):
        menu_items[:] = [item for item in menu_items if item.name not in PAGE_REPORTS]


def keeps_other_pages(user: Staff) -> bool:
    """True if the user has a permission on pages besides the complaints'. No query: Wagtail
    has read the user's permissions for the menu already."""
    if user.is_superuser:
        return True
    held = page_permission_policy.get_cached_permissions_for_user(user)
    ours = (ComplaintIndexPage, AgencyPage)
    return any(not issubclass(each.page.specific_class or object, ours) for each in held)
