"""The fields that the citizen's forms share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...messaging import reach
from ...privacy import CleanFile, attachments
from ...text import (
    LineField,
    PhoneFault,
    digits_of,
    email_address,
    is_deliverable,
    phone_fault,
    without_invisible,
)

# What a telephone or a browser offers to choose; the content decides all the same.
ACCEPTED = "image/jpeg,image/png,image/webp,image/heic,image/heif,image/avif,application/pdf"
# The reporter must give at least one of these, so that somebody can answer.
REACHABLE_BY = ("phone", "email")
PHONE_FAULTS = {
    PhoneFault.NO_DIGITS: _("Write the number in digits, like 0812…"),
    PhoneFault.SEVERAL: _("Write one number here. Another one can stand in your text."),
    PhoneFault.TOO_SHORT: _(
        "This number is too short: it has %(count)d digits, and a number has 8 to 15."
    ),
    PhoneFault.TOO_LONG: _(
        "This number is too long: it has %(count)d digits, and a number has 8 to 15."
    ),
    PhoneFault.NO_NUMBER: _("Nobody can be called on this number. Check its digits."),
    PhoneFault.NO_BEGINNING: _("Begin the number with 0, or with + and the country: +62…"),
}


def phone_help() -> str:
    """What stands beside the telephone number: also what happens to who gives nothing else."""
    words = gettext("Fill in one of the two: a mobile number or an e-mail address.")
    if reach.brings_news("phone"):
        return words
    alone = gettext(
        "With a number alone you get no message from us, no SMS either: the agency may call you. "
        "Keep the number and code of your complaint, and look on the page “Track your complaint”."
    )
    return f"{words} {alone}"


class SubjectField(LineField):
    """What it is about, in one sentence; whoever writes it."""

    def __init__(self) -> None:
        wrong = _("Write in one sentence what it is about.")
        super().__init__(
            label=_("In one sentence, what is it about?"),
            min_length=5,
            max_length=120,
            error_messages={"required": wrong, "min_length": wrong},
        )


class NameField(LineField):
    """The reporter's name, required unless they stay anonymous: so "optional" is half the truth."""

    one_of = ("name", "anonymous")


class PhoneField(LineField):
    """One telephone number, kept as it was typed but for what nobody sees."""

    # One of these fields is required, so "optional" beside either would be half the truth.
    one_of = REACHABLE_BY

    def cleaned(self, text: str) -> str:
        return super().cleaned(without_invisible(text))

    def validate(self, value: Any) -> None:
        super().validate(value)
        fault = phone_fault(value) if value else None
        if fault:
            message = PHONE_FAULTS[fault]
            raise ValidationError(message, params={"count": len(digits_of(value))})


class AnswerableEmailField(forms.EmailField):
    """An e-mail address that mail can be sent to, required unless there is another way to
    reach the reporter."""

    one_of = REACHABLE_BY

    def clean(self, value: Any) -> str:
        return super().clean(email_address(value) if isinstance(value, str) else value)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not is_deliverable(value):
            raise ValidationError(self.error_messages["invalid"], code="invalid")


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
