"""Headless endpoints, each with a whitelist of what it shows.

bad_values  400 where a value in an address can't be read
complaints  the published questions and answers
statistics  the public figures
"""

from .bad_values import BadValues
from .complaints import BoundedPagination, ComplaintsAPIViewSet
from .statistics import StatisticsAPIViewSet

__all__ = [
    "BadValues",
    "BoundedPagination",
    "ComplaintsAPIViewSet",
    "StatisticsAPIViewSet",
]
