"""Serves stored files so that a browser neither guesses their type nor runs them."""

from __future__ import annotations

from typing import Protocol

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response

PRIVATE, PUBLIC = "private, no-store", "no-cache"


class StoredPicture(Protocol):
    """What a response needs of one file of an answer's picture."""

    pk: int
    picture_id: int
    width: int
    file: FieldFile
    content_type: str


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


def picture_response(
    request: HttpRequest, picture: StoredPicture, *, is_public: bool
) -> HttpResponseBase:
    """One file of an answer's picture. The caller has checked that the visitor may have it.

    A file never changes; a browser that has a public one asks each time whether it may still show
    it, so that a withdrawn picture is gone at once. Raises Http404 where the file itself is lost.
    """
    tag = f'"{picture.pk}"'
    if is_public and (kept := get_conditional_response(request, etag=tag)):
        return kept
    suffix = str(picture.file.name).rpartition(".")[2]
    try:
        opened = picture.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    name = f"foto-{picture.picture_id}-{picture.width}.{suffix}"
    response = FileResponse(opened, content_type=picture.content_type, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = PUBLIC if is_public else PRIVATE
    if is_public:
        response["ETag"] = tag
    return response
