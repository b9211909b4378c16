"""The public figures of `/statistik/`: counted and stored by the cluster, only read on a visit.

snapshot     counts everything again, draws the charts and stores both
counting     one pass over a year of complaints
league       which agencies are compared, and in what order
suppression  counts too small to be shown
tables       the figures as tables, files and charts
month        this month's figures, for the front page
views        the page and its files
"""

from .month import FrontFigures, MonthFigures, front_figures, month_figures
from .snapshot import refresh

__all__ = [
    "FrontFigures",
    "MonthFigures",
    "counting",
    "front_figures",
    "month_figures",
    "refresh",
    "snapshot",
    "views",
]
