"""The staff's screens in Wagtail's admin.

accounts           whoever acted is deactivated, not deleted
viewsets           the list of complaints, and the reference data
complaint_views    one complaint: page and actions
complaint_papers   its sheet, its attachments, who sent it
complaint_page     its buttons and the limits beside them
complaint_facts    what is known of it
desk_actions       the desk's actions, a row each
bulk_actions       what the list offers for several complaints at a time
bulk_view          asks once, does it for each by itself, and reports
bulk_forms         what these ask
owed               C1 for all that agencies owe, several at once
owed_facts         what that screen says of each agency
proposals          which agencies are proposed for a complaint (SOP C2), and why
entering           enters what came by telephone, letter, counter or social media
entering_form      what is asked then
entering_receipt   what is printed then
name_marks         what may be the reporter's name, and the editor's word that it is not
assigned           whose the open step is, and the ways to change it
assigning_forms    what is asked for that
answer_pictures    the pictures of an answer, and the citizen's photo that becomes one
picture_forms      their forms
action_forms       what each action asks
filters            what the list can be narrowed by
complaint_ends     what staff are told of an end: until when it can be undone
similar            which complaints may be about the same thing
joining            the screen on which they are joined
complaint_search   finds complaints, for the list and the admin's big search
home_panels        my steps, soonest due first
my_steps           a group for each step, and which called agencies have answered
queue              which open steps wait for whom, and in which order
queue_walk         where one stands in the queue, and what opens after an action
list_query         what of the list's query string is known, and what it opens on
list_columns       the list's columns, and which of them are chosen
saved_views        the views above the list, a role's and a person's own
page_editor        restricts Wagtail's page editor to the procedure
writing_help       what an answer can be written from
step_button        its main button while a step is open
answered_page      its buttons once the answer stands
menus              what the menus hold for each role
disposition_sheet  the printed sheet (SOP A2)
calendar_viewsets  office hours, days off and time limits
wagtail_reports    Wagtail's own reports, where they would say or write too much
warnings           what staff are told when nobody would act
guide              each role's day on one page
notices            the bell: what is new, and how the mail comes
unsent_forms       what was written when the session was over comes back after the log-in
checklist_viewset  the check-list before publishing
library            the forms of Wagtail's image and document libraries
stored_pictures    what stands for a stored picture that can't be shown
"""

from .bulk_actions import BULK_ACTIONS
from .complaint_search import ComplaintSearchArea
from .desk_actions import DESK_ROWS, DeskAction
from .viewsets import ComplaintViewSet, NoBulkDelete, ReferenceViewSetGroup
from .writing_help import Help, help_with

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
    "assigned",
    "calendar_viewsets",
    "checklist_viewset",
    "entering",
    "help_with",
    "home_panels",
    "library",
    "menus",
    "page_editor",
    "unsent_forms",
    "wagtail_reports",
    "warnings",
]
