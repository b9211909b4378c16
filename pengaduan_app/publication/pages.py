"""Hands the public pages the functions that make their template context.

The pages are data and stand below this wing, so they can't import these functions themselves.
Wagtail gives its snippets their viewset in the same way.
"""

from __future__ import annotations

from django.http import HttpRequest

from ..models import AgencyPage, ComplaintIndexPage, ComplaintPage, shown_pictures
from . import answer_context, list_context, projection
from .pictures import public_address, staff_address


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
    """One question and its answer; in a preview, the draft's with its pictures, which have no
    public address yet."""
    shown = shown_pictures(page.pictures.all()).get(page.pk, [])
    is_preview = getattr(request, "is_preview", False)
    address = staff_address(page.complaint_id) if is_preview else public_address
    return answer_context.answer_page(request, projection.project(page, shown), address)
