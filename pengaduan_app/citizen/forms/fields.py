"""The fields that the citizen's forms share."""

from __future__ import annotations

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ...privacy import attachments

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class CleanCharField(forms.CharField):
    """Text without control characters, which databases and printers choke on."""

    def to_python(self, value):
        text = super().to_python(value)
        text = _CONTROL.sub("", unicodedata.normalize("NFC", text)) if text else text
        return text.strip() if self.strip and text else text

    def clean(self, value):
        if isinstance(value, str):
            value = value.replace("\x00", "")
        return super().clean(value)


class KeyField(forms.UUIDField):
    """The form's own key. A garbled one counts as lost: people can't correct what they
    don't see."""

    def to_python(self, value):
        try:
            return super().to_python(value)
        except ValidationError:
            return None


class MultipleFileInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class AttachmentsField(forms.FileField):
    """Up to five files; cleaned data are actions.CleanFile."""

    def clean(self, data, initial=None):
        uploads = data if isinstance(data, list) else [data]
        uploads = [upload for upload in uploads if upload]
        if len(uploads) > attachments.MAX_FILES:
            raise ValidationError(_("Attach no more than 5 files."))
        errors, files = [], []
        for upload in uploads:
            try:
                super().clean(upload, initial)
                files.append(attachments.clean(upload))
            except ValidationError as error:
                errors.append(error)
        if errors:
            raise ValidationError(errors)
        return files
