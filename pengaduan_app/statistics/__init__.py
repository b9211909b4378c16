"""The public figures of `/statistik/`: counted by the cluster, kept, and only read on a visit.

snapshot     counts and draws everything anew and keeps it
counting     one pass over a year of complaints
league       which agencies are compared, and in what order
suppression  what is too small to be shown
tables       the figures as tables, as files and as charts
month        this month's figures, for the front page
views        the page and its files
"""

from .month import MonthFigures, month_figures
from .snapshot import refresh

__all__ = [
    "MonthFigures",
    "counting",
    "month_figures",
    "refresh",
    "snapshot",
    "views",
]
