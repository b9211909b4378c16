"""Renders finished HTML as a PDF."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from PIL import ImageFile


class PdfUnavailable(Exception):
    """This server lacks the library that renders PDFs; the message says what to do instead."""


def pdf_of(html: str) -> bytes:
    """The page as a PDF. Raises PdfUnavailable if the server lacks Pango."""
    try:
        # Imported here, because a server without Pango must do everything else.
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except OSError as error:
        raise PdfUnavailable(
            _("This server can't make PDFs (Pango is missing). Print the page itself instead.")
        ) from error
    # WeasyPrint turns this on for the whole process, and then truncated photos are accepted.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    # The page contains everything it needs, so WeasyPrint may fetch nothing.
    return HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=())).write_pdf()


def pdf_response(html: str, name: str) -> HttpResponse:
    """The page as a PDF for browsers to show under that name. Raises PdfUnavailable."""
    response = HttpResponse(pdf_of(html), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
