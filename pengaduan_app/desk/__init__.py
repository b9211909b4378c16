"""The staff's screens in Wagtail's admin.

complaint/         one complaint: its page, what staff do there, and its papers
listing/           the list of complaints: finding, filtering, the queue and saved views
several/           what is done for several complaints at once
entry/             what came by telephone, letter, counter or social media
editor/            Wagtail's page editor, as each step of the procedure needs it
home/              the admin's home and menus, each role's day, and the bell
accounts           whoever acted is deactivated, not deleted
viewsets           the list of complaints, and the reference data
calendar_viewsets  office hours, days off and time limits
wagtail_reports    Wagtail's own reports, where they would say or write too much
unsent_forms       what was written when the session was over comes back after the log-in
library            the forms of Wagtail's image and document libraries
stored_pictures    what stands for a stored picture that can't be shown
"""

from .complaint.desk_actions import DESK_ROWS, DeskAction
from .editor.writing_help import Help, help_with
from .listing.complaint_search import ComplaintSearchArea
from .several.bulk_actions import BULK_ACTIONS
from .viewsets import ComplaintViewSet, NoBulkDelete, ReferenceViewSetGroup

__all__ = [
    "BULK_ACTIONS",
    "DESK_ROWS",
    "ComplaintSearchArea",
    "ComplaintViewSet",
    "DeskAction",
    "Help",
    "NoBulkDelete",
    "ReferenceViewSetGroup",
    "accounts",
    "calendar_viewsets",
    "help_with",
    "library",
    "unsent_forms",
    "wagtail_reports",
]
