"""The data of the procedure, one file a subject.

complaint          what the citizen sent, how far it has come, and its attachments
answer_pictures    the pictures of an answer, and their files
private_storage    where attachments are stored
assignments        whose the open step is
absences           who is on leave, and who stands in
complaint_queries  who may see which complaints, and how actions lock them
reporter           the vault: who sent it
arrival            how the office received what staff entered
use_counts         the throttle's counters
vault_openings     who opened the vault, when and why
undoable_ends      ends of complaints that nobody has been told of yet
unsent_forms       what staff had written when their session was over
steps              the ledger
placeholders       the placeholders of reply templates
reminders          the reminders that were given, and the settings for them
thread             the conversation between reporter and agency
outbox             messages that wait to be sent
notices            what is new for a member of staff, and how their mail comes
agency             the agencies (SKPD)
reference_data     categories, villages, reply templates, time limits
checklist          what is confirmed before an answer is published
calendar           office hours, periods, days off
calendar_forms     their forms in the admin
known_names        the names of places and agencies, which a reporter may have too
name_marks         what may be the reporter's name on a page, and what an editor has judged
contributions      what the agencies that a head called have answered
public_page        what all pages that the public reads share
pages              the public pages
page_checks        the rules of a page's text on its way to the public
page_lock          why a page can't be edited while no step is open
page_form          the page's form in the editor
pictures_api       the same as the API gives them
picture_panel      the editor's panel with the answer's pictures
page_changes       what a page's text has changed since the agency entered it
panels             the editor's panels: the citizen's words, what was changed, what to write from
text_form          the form of rows that staff maintain
saved_views        how a person or a role wants to see the list of complaints
slugs              the part of their address that is made from their name
published          what the public reads: one narrow row for each answer
statistics         the public figures as last counted
staff_contacts     how colleagues reach a member of staff by telephone
letterhead         letterhead and signature of reports, and what the disposition sheet may show
inspectorate       where a reporter turns whose complaint has a supervisory element
heartbeat          the cluster's sign of life
"""

from .absences import Absence, acting_for
from .agency import Agency
from .answer_pictures import (
    LONGEST_WORDS,
    PHOTO_CHOSEN,
    PICTURE_ADDED,
    PICTURES_ARRANGED,
    TYPES,
    AnswerPicture,
    Picture,
    PictureFile,
    ShownPicture,
    publishable_photos,
    shown_pictures,
)
from .arrival import Arrival
from .assignments import held_by, held_by_nobody, holder_key
from .calendar import DayOff, HoursPeriod, OfficeHours, PeriodHours
from .checklist import CHECKED_STEPS, ChecklistItem
from .complaint import Attachment, Complaint
from .contributions import Contribution
from .heartbeat import Heartbeat
from .inspectorate import Inspectorate
from .known_names import known_names
from .letterhead import Letterhead
from .name_marks import NOT_THE_PERSON, key_of, marked_words
from .notices import MailChoice, Notice, NoticeQuerySet
from .outbox import OutboxMessage
from .page_checks import (
    CHECKED_FIELDS,
    HIDDEN_LINK,
    NO_CATEGORY,
    NO_CORRECTION,
    blanks_message,
    hidden_links,
    needs_category,
    page_findings,
    picture_words,
)
from .pages import AgencyPage, ComplaintIndexPage, ComplaintPage
from .placeholders import PLACEHOLDER
from .public_page import PublicPage
from .published import PublishedAnswer, RenderedCard, answer_address, summary_of
from .reference_data import (
    ANSWER_FEATURES,
    STEP_CHOICES,
    CannedAnswer,
    Category,
    StepLimit,
    Village,
)
from .reminders import NextReminder, Reminder, ReminderSettings
from .reporter import Reporter
from .saved_views import MOST_VIEWS, SavedView
from .staff_contacts import StaffContact
from .statistics import StatisticsSnapshot
from .steps import StepRecord, StepRecordQuerySet
from .thread import ThreadEntry
from .undoable_ends import UndoableEnd
from .unsent_forms import UnsentForm
from .use_counts import UseCount
from .vault_openings import OPENING, VaultOpening

__all__ = [
    "ANSWER_FEATURES",
    "CHECKED_FIELDS",
    "CHECKED_STEPS",
    "HIDDEN_LINK",
    "LONGEST_WORDS",
    "MOST_VIEWS",
    "NOT_THE_PERSON",
    "NO_CATEGORY",
    "NO_CORRECTION",
    "OPENING",
    "PHOTO_CHOSEN",
    "PICTURES_ARRANGED",
    "PICTURE_ADDED",
    "PLACEHOLDER",
    "STEP_CHOICES",
    "TYPES",
    "Absence",
    "Agency",
    "AgencyPage",
    "AnswerPicture",
    "Arrival",
    "Attachment",
    "CannedAnswer",
    "Category",
    "ChecklistItem",
    "Complaint",
    "ComplaintIndexPage",
    "ComplaintPage",
    "Contribution",
    "DayOff",
    "Heartbeat",
    "HoursPeriod",
    "Inspectorate",
    "Letterhead",
    "MailChoice",
    "NextReminder",
    "Notice",
    "NoticeQuerySet",
    "OfficeHours",
    "OutboxMessage",
    "PeriodHours",
    "Picture",
    "PictureFile",
    "PublicPage",
    "PublishedAnswer",
    "Reminder",
    "ReminderSettings",
    "RenderedCard",
    "Reporter",
    "SavedView",
    "ShownPicture",
    "StaffContact",
    "StatisticsSnapshot",
    "StepLimit",
    "StepRecord",
    "StepRecordQuerySet",
    "ThreadEntry",
    "UndoableEnd",
    "UnsentForm",
    "UseCount",
    "VaultOpening",
    "Village",
    "acting_for",
    "answer_address",
    "blanks_message",
    "held_by",
    "held_by_nobody",
    "hidden_links",
    "holder_key",
    "key_of",
    "known_names",
    "marked_words",
    "needs_category",
    "page_findings",
    "picture_words",
    "publishable_photos",
    "shown_pictures",
    "summary_of",
]
