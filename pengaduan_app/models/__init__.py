"""The data of the procedure, one file a subject."""

from .agency import Agency
from .calendar import DayOff, HoursPeriod, OfficeHours, PeriodHours
from .complaint import Attachment, Complaint
from .heartbeat import Heartbeat
from .letterhead import Letterhead
from .outbox import OutboxMessage
from .page_checks import (
    CHECKED_FIELDS,
    HIDDEN_LINK,
    blanks_message,
    hidden_links,
    page_findings,
)
from .pages import AgencyPage, ComplaintIndexPage, ComplaintPage, PublicPage
from .published import PublishedAnswer, answer_address, summary_of
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
from .statistics import StatisticsSnapshot
from .steps import StepRecord
from .thread import ThreadEntry

__all__ = [
    "ANSWER_FEATURES",
    "CHECKED_FIELDS",
    "HIDDEN_LINK",
    "STEP_CHOICES",
    "Agency",
    "AgencyPage",
    "Attachment",
    "CannedAnswer",
    "Category",
    "Complaint",
    "ComplaintIndexPage",
    "ComplaintPage",
    "DayOff",
    "Heartbeat",
    "HoursPeriod",
    "Letterhead",
    "NextReminder",
    "OfficeHours",
    "OutboxMessage",
    "PeriodHours",
    "PublicPage",
    "PublishedAnswer",
    "Reminder",
    "ReminderSettings",
    "Reporter",
    "StatisticsSnapshot",
    "StepLimit",
    "StepRecord",
    "ThreadEntry",
    "Village",
    "answer_address",
    "blanks_message",
    "hidden_links",
    "page_findings",
    "summary_of",
]
