"""The fields that the citizen's forms share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ...privacy import CleanFile, attachments

# What a telephone or a browser offers to choose; the content decides all the same.
ACCEPTED = "image/jpeg,image/png,image/webp,image/heic,image/heif,image/avif,application/pdf"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class CleanCharField(forms.CharField):
    """Text without control characters, which break databases and printers."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        text = _CONTROL.sub("", unicodedata.normalize("NFC", text)) if text else text
        return text.strip() if self.strip and text else text

    def clean(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.replace("\x00", "")
        return super().clean(value)


class KeyField(forms.UUIDField):
    """The form's own key. A malformed key counts as missing: people can't correct a field
    that they don't see."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError:
            return None


class MultipleFileInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class AttachmentsField(forms.FileField):
    """Up to five photos or documents, none required; cleaned to a list of CleanFile.

    `accepted` holds those of them that can be used, also if others can't. attachments.js reads
    the limits and sentences from the input.
    """

    accepted: Sequence[CleanFile] = ()

    def __init__(self) -> None:
        super().__init__(
            label=_("Photos or documents"),
            required=False,
            help_text=_(
                "Up to 5 files: photos or PDF, 10 MB each. "
                "Where and when a photo was taken is removed from it."
            ),
            widget=MultipleFileInput(
                attrs={
                    "accept": ACCEPTED,
                    "data-most-files": attachments.MAX_FILES,
                    "data-most-bytes": attachments.MAX_BYTES,
                    "data-longest-side": attachments.LONGEST_SIDE,
                    "data-too-many": _("Attach no more than 5 files."),
                    "data-too-large": attachments.TOO_LARGE,
                    "data-working": _("Making your photos smaller …"),
                    "data-ready": _("Ready to send: %(names)s"),
                }
            ),
        )

    def clean(self, data: Any, initial: Any = None) -> list[CleanFile]:
        uploads = data if isinstance(data, list) else [data]
        uploads = [upload for upload in uploads if upload]
        most = attachments.MAX_FILES
        files, errors = attachments.clean_all(uploads[:most])
        self.accepted = files
        errors += [attachments.one_too_many(str(upload.name)) for upload in uploads[most:]]
        if errors:
            raise ValidationError(errors)
        return files
