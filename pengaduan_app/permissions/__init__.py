"""Who holds a role, who may do what. Code asks here; nothing else looks at groups.

roles         who holds a role, and in which agency
seats         the groups by which somebody has roles and agencies
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
    may_enter,
    may_keep_people,
    may_publish_photo,
    may_reveal,
    may_see,
)
from .seats import Seats, are_above, other_groups_of, role_group_ids, seats_of, take_seats

__all__ = [
    "REVEAL_PERMISSION",
    "ROLE_PERMISSION",
    "ComplaintPageTester",
    "ComplaintPermissionPolicy",
    "IndexPageTester",
    "Seats",
    "SectionPageTester",
    "Staff",
    "StaffRequest",
    "Visitor",
    "acts_as",
    "agencies_with",
    "agency_ids_of",
    "allowed_actions",
    "are_above",
    "has_workflow_step",
    "holders_of",
    "is_called",
    "makes",
    "may",
    "may_contribute",
    "may_edit_page",
    "may_enter",
    "may_keep_people",
    "may_publish_photo",
    "may_reveal",
    "may_see",
    "other_groups_of",
    "publishing",
    "role_group_ids",
    "roles_of",
    "seats_of",
    "sees_city",
    "staff_of",
    "take_seats",
]
