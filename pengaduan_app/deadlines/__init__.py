"""How much time a step has: limits, office calendars, urgency, and when to remind.

limits             the time limits in force, and when a step is due
office_calendar    when offices are open, cached by each process
national_hours     the office hours that a new site starts with
holidays_import    Indonesia's public holidays and collective leave
urgency            how urgent an open step is, and the time left in words
reminder_schedule  when an open step's reminders are due
quiet_hours        when an office may be disturbed
"""

from .holidays_import import Imported, import_days_off
from .limits import Limit, limit_if_chosen, limit_of, of_record, office_of
from .national_hours import OFFICE_HOURS, RAMADAN_HOURS
from .office_calendar import calendar_changed, forget_calendar
from .reminder_schedule import Verdict
from .urgency import TimeLeft, margin, time_left, urgency_of, words

__all__ = [
    "OFFICE_HOURS",
    "RAMADAN_HOURS",
    "Imported",
    "Limit",
    "TimeLeft",
    "Verdict",
    "calendar_changed",
    "forget_calendar",
    "import_days_off",
    "limit_if_chosen",
    "limit_of",
    "limits",
    "margin",
    "of_record",
    "office_calendar",
    "office_of",
    "quiet_hours",
    "reminder_schedule",
    "time_left",
    "urgency_of",
    "words",
]
