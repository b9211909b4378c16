"""Headless endpoints, each with its whitelist.

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
