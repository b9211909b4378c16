"""What staff must be able to report (SOP, "Who acts"): figures from the ledger, for a period.

period             from when to when, in the city's days
scope              a period, and whose rows the user may see
figures            the counting, in the database
percentiles        medians and percentiles of the steps' times
tables             what a report consists of: tables, each with its chart
names              what agencies and steps are called in them
volume             how much came in and was answered
punctuality        which steps and answers were in time
step_times         how long each step takes
misrouting         what was sent to the wrong agency
reminder_response  what reminders brought about
recap              the monthly recap that is signed
catalogue          the reports there are
filters            what a report can be narrowed by
views              Wagtail's report views, spreadsheets, and the A4 version
"""

from .catalogue import REPORTS
from .figures import Punctuality
from .period import Period, month_of
from .punctuality import agencies_own
from .scope import Scope
from .tables import Column, Kind, Table

__all__ = [
    "REPORTS",
    "Column",
    "Kind",
    "Period",
    "Punctuality",
    "Scope",
    "Table",
    "agencies_own",
    "catalogue",
    "figures",
    "month_of",
    "views",
]
