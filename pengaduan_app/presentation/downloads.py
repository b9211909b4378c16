"""Serves stored files so that a browser neither guesses their type nor runs them."""

from __future__ import annotations

from typing import Protocol

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404


class StoredFile(Protocol):
    """What a response needs of an attachment; the model itself stands in a later wing."""

    pk: int
    file: FieldFile
    content_type: str

    @property
    def is_image(self) -> bool: ...


def attachment_response(attachment: StoredFile) -> FileResponse:
    """The file itself. The caller has checked that the visitor may have it.

    Raises Http404 where the file itself is lost, as after a restored database.
    """
    suffix = str(attachment.file.name).rpartition(".")[2]
    try:
        opened = attachment.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        opened,
        content_type=attachment.content_type,
        as_attachment=not attachment.is_image,
        filename=f"lampiran-{attachment.pk}.{suffix}",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
