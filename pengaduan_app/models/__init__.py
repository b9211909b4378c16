"""The data of the procedure, one file a subject."""

from .agency import Agency
from .calendar import DayOff, HoursPeriod, OfficeHours, PeriodHours
from .complaint import Attachment, Complaint
from .heartbeat import Heartbeat
from .letterhead import Letterhead
from .outbox import OutboxMessage
from .pages import AgencyPage, ComplaintIndexPage, ComplaintPage
from .published import PublishedAnswer
from .reference_data import CannedAnswer, Category, StepLimit, Village
from .reminders import NextReminder, Reminder, ReminderSettings
from .reporter import Reporter
from .statistics import StatisticsSnapshot
from .steps import StepRecord
from .thread import ThreadEntry

__all__ = [
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
    "PublishedAnswer",
    "Reminder",
    "ReminderSettings",
    "Reporter",
    "StatisticsSnapshot",
    "StepLimit",
    "StepRecord",
    "ThreadEntry",
    "Village",
]
