"""Values of a query string that nobody can read are the asker's mistake, whatever Wagtail and the
database make of them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DataError
from rest_framework.response import Response
from wagtail.api.v2.utils import BadRequestError

# The last one where a value names a site that isn't there.
UNREADABLE = (ValidationError, ValueError, TypeError, OverflowError, DataError, ObjectDoesNotExist)
MESSAGE = (
    "A value in the query string, or the id in the path, can't be read. Dates look like "
    "2026-01-31, times like 2026-01-31T08:00:00Z, ids and numbers are digits, and what is named "
    "must be there."
)


class BadValues:
    """For viewsets of Wagtail's API: 400 with a sentence where a value made the query fail.

    Wagtail's filters refuse only what raises ValueError while they read it: a date that isn't
    one, a key of twenty digits or the text "null" end in a 500.
    """

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, UNREADABLE) and self._was_asked_for_something():
            exc = BadRequestError(MESSAGE)
        response: Response = super().handle_exception(exc)  # type: ignore[misc]
        return response

    def _was_asked_for_something(self) -> bool:
        """Without a value of the asker's, the mistake is ours and stays one."""
        request: Any = self.request  # type: ignore[attr-defined]
        return bool(request.GET or self.kwargs)  # type: ignore[attr-defined]
