"""The data of the procedure, one file a subject.

staff/             what belongs to a member of staff: leave, assignments, notices, views
page/              the public pages, their rules, and what the public reads of them
course/            a complaint's way: ledger, reminders, talk, messages, figures
office/            what the office maintains: agencies, categories, limits, calendar, letterhead
sender/            the vault of who sent a complaint, and who opened it
complaint          what the citizen sent, how far it has come, and its attachments
answer_pictures    the pictures of an answer, and their files
private_storage    where attachments are stored
complaint_queries  who may see which complaints, and how actions lock them
"""

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
from .complaint import Attachment, Complaint
from .course.contributions import Contribution
from .course.heartbeat import Heartbeat
from .course.outbox import OutboxMessage
from .course.reminders import NextReminder, Reminder, ReminderSettings
from .course.statistics import StatisticsSnapshot
from .course.steps import StepRecord, StepRecordQuerySet
from .course.thread import ThreadEntry
from .course.undoable_ends import UndoableEnd
from .office.agency import Agency
from .office.calendar import DayOff, HoursPeriod, OfficeHours, PeriodHours
from .office.checklist import CHECKED_STEPS, ChecklistItem
from .office.inspectorate import Inspectorate
from .office.known_names import known_names
from .office.letterhead import Letterhead
from .office.name_marks import NOT_THE_PERSON, key_of, marked_words
from .office.placeholders import PLACEHOLDER
from .office.reference_data import (
    ANSWER_FEATURES,
    STEP_CHOICES,
    CannedAnswer,
    Category,
    StepLimit,
    Village,
)
from .page.file_changes import FileChange, FileHost
from .page.page_checks import (
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
from .page.pages import AgencyPage, ComplaintIndexPage, ComplaintPage
from .page.public_page import PublicPage
from .page.published import PublishedAnswer, RenderedCard, answer_address, summary_of
from .sender.arrival import Arrival
from .sender.reporter import Reporter
from .sender.use_counts import UseCount
from .sender.vault_openings import OPENING, VaultOpening
from .staff.absences import Absence, acting_for
from .staff.assignments import held_by, held_by_nobody, holder_key
from .staff.notices import MailChoice, Notice, NoticeQuerySet
from .staff.saved_views import MOST_VIEWS, SavedView
from .staff.staff_contacts import StaffContact
from .staff.unsent_forms import UnsentForm

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
    "FileChange",
    "FileHost",
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
