"""The staff's screens in Wagtail's admin.

accounts           whoever acted is deactivated, not deleted
viewsets           the list of complaints, and the reference data
complaint_views    one complaint: page, actions, sheet, attachments
complaint_page     its buttons and the limits beside them
complaint_facts    what is known of it
desk_actions       the desk's actions, a row each
name_marks         what may be the reporter's name, and the editor's word that it is not
action_forms       what each action asks
filters            what the list can be narrowed by
complaint_search   finds complaints, for the list and the admin's big search
home_panels        my steps, soonest due first
my_steps           a group for each step, and which called agencies have answered
queue              which open steps wait for whom, and in which order
queue_walk         where one stands in the queue, and what opens after an action
list_query         what of the list's query string is known, and what it opens on
list_columns       the list's columns, and which of them are chosen
saved_views        the views above the list, a role's and a person's own
page_editor        restricts Wagtail's page editor to the procedure
answered_page      its buttons once the answer stands
menus              what the menus hold for each role
disposition_sheet  the printed sheet (SOP A2)
calendar_viewsets  office hours, days off and time limits
wagtail_reports    Wagtail's own reports, where they would say or write too much
warnings           what staff are told when nobody would act
unsent_forms       what was written when the session was over comes back after the log-in
library            the forms of Wagtail's image and document libraries
stored_pictures    what stands for a stored picture that can't be shown
"""

from .complaint_search import ComplaintSearchArea
from .desk_actions import DESK_ROWS, DeskAction
from .viewsets import ComplaintViewSet, NoBulkDelete, ReferenceViewSetGroup

__all__ = [
    "DESK_ROWS",
    "ComplaintSearchArea",
    "ComplaintViewSet",
    "DeskAction",
    "NoBulkDelete",
    "ReferenceViewSetGroup",
    "accounts",
    "calendar_viewsets",
    "home_panels",
    "library",
    "menus",
    "page_editor",
    "unsent_forms",
    "wagtail_reports",
    "warnings",
]
