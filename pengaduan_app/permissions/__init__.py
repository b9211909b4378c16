"""Who holds a role, who may do what. Code asks here; nothing else looks at groups.

roles         who holds a role, and in which agency
rules         who may take an action, see a complaint, open the vault
page_testers  what Wagtail may offer on the procedure's pages
policy        the same for Wagtail's listings, exports and searches of complaints
"""

from .page_testers import ComplaintPageTester, IndexPageTester, SectionPageTester, publishing
from .policy import ComplaintPermissionPolicy
from .roles import (
    ROLE_PERMISSION,
    Staff,
    StaffRequest,
    Visitor,
    acts_as,
    agencies_with,
    agency_ids_of,
    holders_of,
    roles_of,
    sees_city,
    staff_of,
)
from .rules import (
    REVEAL_PERMISSION,
    allowed_actions,
    has_workflow_step,
    is_called,
    makes,
    may,
    may_contribute,
    may_edit_page,
    may_reveal,
    may_see,
)

__all__ = [
    "REVEAL_PERMISSION",
    "ROLE_PERMISSION",
    "ComplaintPageTester",
    "ComplaintPermissionPolicy",
    "IndexPageTester",
    "SectionPageTester",
    "Staff",
    "StaffRequest",
    "Visitor",
    "acts_as",
    "agencies_with",
    "agency_ids_of",
    "allowed_actions",
    "has_workflow_step",
    "holders_of",
    "is_called",
    "makes",
    "may",
    "may_contribute",
    "may_edit_page",
    "may_reveal",
    "may_see",
    "publishing",
    "roles_of",
    "sees_city",
    "staff_of",
]
