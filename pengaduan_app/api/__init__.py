"""Headless endpoints, each with a whitelist of what it shows.

complaints  the published questions and answers
statistics  the public figures
"""

from .complaints import BoundedPagination, ComplaintsAPIViewSet
from .statistics import StatisticsAPIViewSet

__all__ = [
    "BoundedPagination",
    "ComplaintsAPIViewSet",
    "StatisticsAPIViewSet",
]
