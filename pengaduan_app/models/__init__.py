"""The data of the procedure, one file a subject.

complaint          what the citizen sent, how far it has come, and its attachments
private_storage    where attachments are stored
complaint_queries  who may see which complaints, and how actions lock them
reporter           the vault: who sent it
use_counts         the throttle's counters
vault_openings     who opened the vault, when and why
unsent_forms       what staff had written when their session was over
steps              the ledger
reminders          the reminders that were given, and the settings for them
thread             the conversation between reporter and agency
outbox             messages that wait to be sent
agency             the agencies (SKPD)
reference_data     categories, villages, reply templates, time limits
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
panels             the editor's panel with the citizen's words
text_form          the form of rows that staff maintain
saved_views        how a person or a role wants to see the list of complaints
slugs              the part of their address that is made from their name
published          what the public reads: one narrow row for each answer
statistics         the public figures as last counted
letterhead         letterhead and signature of reports, and what the disposition sheet may show
inspectorate       where a reporter turns whose complaint has a supervisory element
heartbeat          the cluster's sign of life
"""

from .agency import Agency
from .calendar import DayOff, HoursPeriod, OfficeHours, PeriodHours
from .complaint import Attachment, Complaint
from .contributions import Contribution
from .heartbeat import Heartbeat
from .inspectorate import Inspectorate
from .known_names import known_names
from .letterhead import Letterhead
from .name_marks import NOT_THE_PERSON, key_of, marked_words
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
)
from .pages import AgencyPage, ComplaintIndexPage, ComplaintPage
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
from .statistics import StatisticsSnapshot
from .steps import StepRecord, StepRecordQuerySet
from .thread import ThreadEntry
from .unsent_forms import UnsentForm
from .use_counts import UseCount
from .vault_openings import OPENING, VaultOpening

__all__ = [
    "ANSWER_FEATURES",
    "CHECKED_FIELDS",
    "HIDDEN_LINK",
    "MOST_VIEWS",
    "NOT_THE_PERSON",
    "NO_CATEGORY",
    "NO_CORRECTION",
    "OPENING",
    "STEP_CHOICES",
    "Agency",
    "AgencyPage",
    "Attachment",
    "CannedAnswer",
    "Category",
    "Complaint",
    "ComplaintIndexPage",
    "ComplaintPage",
    "Contribution",
    "DayOff",
    "Heartbeat",
    "HoursPeriod",
    "Inspectorate",
    "Letterhead",
    "NextReminder",
    "OfficeHours",
    "OutboxMessage",
    "PeriodHours",
    "PublicPage",
    "PublishedAnswer",
    "Reminder",
    "ReminderSettings",
    "RenderedCard",
    "Reporter",
    "SavedView",
    "StatisticsSnapshot",
    "StepLimit",
    "StepRecord",
    "StepRecordQuerySet",
    "ThreadEntry",
    "UnsentForm",
    "UseCount",
    "VaultOpening",
    "Village",
    "answer_address",
    "blanks_message",
    "hidden_links",
    "key_of",
    "known_names",
    "marked_words",
    "needs_category",
    "page_findings",
    "summary_of",
]
