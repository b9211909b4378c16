"""The forms of Wagtail's libraries and account page, which open files as carefully as ours.

Wagtail takes the form of every door from a setting: adding one or many, the chooser's upload,
replacing a file. A picture is made anew, as a citizen's photo is. A PDF is looked into and kept,
because its text must stay readable for everybody.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.account import AvatarPreferencesForm, NameEmailForm
from wagtail.admin.views.account import AvatarSettingsPanel
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from ..privacy import Purpose, attachments, is_pdf, kind_of

# Names whose content must be what they say: they are shown in a browser, and not just stored.
PICTURES = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".heic", ".heif", ".avif"}
NO_PDF = _("“%(name)s” is called a PDF and is none. Choose another file.")


class GuardedImageField(WagtailImageField):
    """Wagtail's own field, which opens the file in the web worker, gets the new one to open."""

    def to_python(self, data: Any) -> Any:
        if isinstance(data, UploadedFile):
            self.check_image_file_size(data)
            _make_anew(data)
        return super().to_python(data)


class GuardedImageForm(BaseImageForm):
    """For WAGTAILIMAGES_IMAGE_FORM_BASE."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The form that edits several pictures' words has no file.
        if field := self.fields.get("file"):
            self.fields["file"] = GuardedImageField(
                label=field.label, required=field.required, widget=_as_it_was(field)
            )


class GuardedAvatarField(forms.ImageField):
    """The same for the picture in Wagtail's account page."""

    def to_python(self, data: Any) -> Any:
        if isinstance(data, UploadedFile):
            if (data.size or 0) > attachments.MAX_BYTES:
                raise ValidationError(
                    attachments.TOO_LARGE % {"name": attachments.short(data.name)}
                )
            _make_anew(data)
        return super().to_python(data)


class GuardedAvatarForm(AvatarPreferencesForm):
    """In the place of Wagtail's own, which no setting replaces (`guard_account`)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["avatar"]
        self.fields["avatar"] = GuardedAvatarField(
            label=field.label, required=False, widget=_as_it_was(field)
        )


def guard_account() -> None:
    """Let Wagtail's account page open pictures as the library does, and take a single name: many
    people here have no other."""
    AvatarSettingsPanel.form_class = GuardedAvatarForm
    NameEmailForm.base_fields["last_name"].required = False


class GuardedDocumentForm(BaseDocumentForm):
    """For WAGTAILDOCS_DOCUMENT_FORM_BASE."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            file.seek(0)
            head = file.read(2048)
            suffix = PurePath(str(file.name)).suffix.lower()
            if kind_of(head) or suffix in PICTURES:
                _make_anew(file)
            elif is_pdf(head):
                attachments.opened(file, Purpose.DOCUMENT)
            elif suffix == ".pdf":
                raise ValidationError(NO_PDF % {"name": file.name})
            file.seek(0)
        return file


def _as_it_was(field: forms.Field) -> forms.Widget:
    """The field's widget, without what a new field computes for it anew."""
    field.widget.attrs.pop("accept", None)
    return field.widget


def _make_anew(upload: UploadedFile[bytes]) -> None:
    """Put the new picture in the place of the old one, in the upload itself: Wagtail stores it
    from there also when another field is wrong. Raises ValidationError."""
    made = attachments.opened(upload, Purpose.PICTURE)
    file = upload.file
    assert file is not None
    file.seek(0)
    file.truncate()
    file.write(made.content)
    file.flush()
    file.seek(0)
    upload.size = len(made.content)
    upload.name = f"{PurePath(str(upload.name)).stem}.{made.suffix}"
