"""Forms with photos or documents: what was good comes back with the form, whatever was wrong."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...privacy import CleanFile, attachments
from ...text import LineField
from .. import upload_store
from .fields import AttachmentsField, KeyField


class AttachingForm(forms.Form):
    """A form whose field `files_field` takes files. A browser doesn't send them a second time, so
    those that can be used are stored while the form comes back (`store_files`)."""

    files_field: ClassVar[str]
    data: QueryDict

    # The form's own key, which ensures that it takes effect only once.
    key = KeyField(widget=forms.HiddenInput, required=False)
    # The ticket for files in the upload store.
    kept = LineField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("kept"):
            try:
                stored = upload_store.load(cleaned["kept"], cleaned.get("key"))
            except upload_store.UploadExpired:
                self._say_expired()
            else:
                self._put_before(stored)
        return cleaned

    def store_files(self) -> None:
        """Store the good files of a form that comes back with errors, if there is room. The form
        must have been validated."""
        files, key = self._field.accepted, self.cleaned_data.get("key")
        if not (self.files and files and key and self.may_store()):
            return
        if ticket := upload_store.store(files, key):
            upload_store.discard(self.cleaned_data.get("kept", ""), key)
            self._show_ticket(ticket)
            self.files.clear()

    def notes(self) -> list[str]:
        """What the form's page says about its files."""
        notes = []
        if self.files:
            notes.append(attach_again())
        if names := upload_store.names(self["kept"].value() or "", self._shown_key()):
            notes.append(stored_note(names))
        return notes

    def may_store(self) -> bool:
        """Whether the citizen agreed to have the files stored."""
        return True

    def was_sent(self) -> bool:
        """Whether this form has taken effect already, with these words."""
        raise NotImplementedError

    @property
    def _field(self) -> AttachmentsField:
        field = self.fields[self.files_field]
        assert isinstance(field, AttachmentsField)
        return field

    def _put_before(self, stored: list[CleanFile]) -> None:
        """Put the stored files before those that were sent now."""
        files = [*stored, *self._field.accepted]
        surplus = files[attachments.MAX_FILES :]
        self._field.accepted = files[: attachments.MAX_FILES]
        if self.files_field in self.cleaned_data:
            self.cleaned_data[self.files_field] = self._field.accepted
        for file in surplus:
            self.add_error(self.files_field, attachments.one_too_many(file.name))

    def _say_expired(self) -> None:
        # After a double click the form has been sent and its result is shown: no error.
        if self.was_sent():
            return
        self._show_ticket("")
        sentence = _("Your files are no longer kept here. Please attach them again.")
        self.add_error(self.files_field, ValidationError(sentence))

    def _show_ticket(self, ticket: str) -> None:
        """Let the page carry this ticket instead of the one that was sent."""
        data = self.data.copy()
        data[self.add_prefix("kept")] = ticket
        self.data = data

    def _shown_key(self) -> UUID | None:
        try:
            return UUID(str(self["key"].value()))
        except ValueError:
            return None


def attach_again() -> str:
    """Said where files came in and weren't stored."""
    return _("Please attach your photos or documents again: the browser does not keep them.")


def stored_note(names: list[str]) -> str:
    """Which files are stored, for the citizen who has sent them."""
    return ngettext(
        "Your file is kept here safely for two hours and goes along when you send: %(names)s",
        "Your %(count)d files are kept here safely for two hours and go along when you send: "
        "%(names)s",
        len(names),
    ) % {"count": len(names), "names": ", ".join(name or "…" for name in names)}
