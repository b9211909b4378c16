"""Hands the public pages the functions that make their template context.

The pages are data and stand below this wing, so they can't import these functions themselves.
Wagtail gives its snippets their viewset in the same way.
"""

from __future__ import annotations

from django.http import HttpRequest

from ..models import AgencyPage, ComplaintIndexPage, ComplaintPage
from . import answer_context, list_context, projection


def present() -> None:
    """Called once, when the app is ready."""
    ComplaintIndexPage.public_context = index_context
    AgencyPage.public_context = section_context
    ComplaintPage.public_context = complaint_context


def index_context(request: HttpRequest, page: ComplaintIndexPage) -> dict[str, object]:
    """All agencies' answers."""
    return list_context.index_context(request)


def section_context(request: HttpRequest, page: AgencyPage) -> dict[str, object]:
    """One agency's answers."""
    return list_context.section_context(request, page.agency)


def complaint_context(request: HttpRequest, page: ComplaintPage) -> dict[str, object]:
    """One question and its answer; in a preview, the draft's."""
    return answer_context.answer_page(request, projection.project(page))
