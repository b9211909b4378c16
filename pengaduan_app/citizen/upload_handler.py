"""Receives uploads that don't fit in the memory; one that no disk takes costs the form nothing.

For FILE_UPLOAD_HANDLERS. Django's own handler raises while the request is read, before any view
could answer: what was typed would be lost in an error page.
"""

from __future__ import annotations

import logging
import os
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest

logger = logging.getLogger(__name__)

LOST = "pengaduan.lost_files"


class ForgivingUploadHandler(TemporaryFileUploadHandler):
    """Leaves out a file that can't be written, and remembers it for the view."""

    is_lost = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.is_lost = False
        try:
            super().new_file(*args, **kwargs)
        except OSError as error:
            self._lose(error)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if not self.is_lost:
            try:
                super().receive_data_chunk(raw_data, start)
            except OSError as error:
                self._lose(error)
        return None

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        return None if self.is_lost else super().file_complete(file_size)

    def _lose(self, error: OSError) -> None:
        self.is_lost = True
        logger.error("An upload could not be received: %s", os.strerror(error.errno or 0))
        if self.request is not None:
            self.request.META[LOST] = True


def has_lost_files(request: HttpRequest) -> bool:
    """Whether a file of this request was left out because no disk took it."""
    # A request is read when its files are asked for.
    _files = request.FILES
    return LOST in request.META
