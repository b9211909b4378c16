"""Draws finished HTML as a PDF."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from PIL import ImageFile


class PdfUnavailable(Exception):
    """This server lacks the library that draws PDFs; the message tells a person what to do."""


def pdf_of(html: str) -> bytes:
    """The page as a PDF. Raises PdfUnavailable where the server lacks Pango."""
    try:
        # Here and not above: a server without Pango still does everything else.
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except OSError as error:
        raise PdfUnavailable(
            _("This server can't make PDFs (Pango is missing). Print the page itself instead.")
        ) from error
    # WeasyPrint turns this on for the whole process, and then half a photo is a photo.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    # Everything is inside the page, so its maker is let out to nowhere.
    return HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=())).write_pdf()


def pdf_response(html: str, name: str) -> HttpResponse:
    """The page as a PDF that a browser shows under that name. Raises PdfUnavailable."""
    response = HttpResponse(pdf_of(html), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
