"""What staff must be able to report (SOP, "Who acts"): figures from the ledger, for a period.

period             from which day to which, in the city's time
scope              a period, and the agencies whose rows the user may see
figures/           the counting, in the database
tables             a report's tables, whose columns know how values are written
names              what agencies and steps are called in them
volume             the report on what came in
punctuality        the report on which steps kept their limits
step_times         the report on how long each step takes
misrouting         the report on what was sent to the wrong agency
reminder_response  the report on what reminders led to
recap              the monthly recap that is signed
catalogue          all reports, in the order of the menu
filters            what a report can be narrowed by
views              Wagtail's report views, spreadsheets, and the A4 version
"""

from .catalogue import REPORTS
from .figures import Punctuality
from .period import Period, month_of
from .punctuality import agencies_own
from .scope import Scope
from .tables import Column, Kind, Row, Table, bar_chart

__all__ = [
    "REPORTS",
    "Column",
    "Kind",
    "Period",
    "Punctuality",
    "Row",
    "Scope",
    "Table",
    "agencies_own",
    "bar_chart",
    "catalogue",
    "figures",
    "month_of",
    "views",
]
