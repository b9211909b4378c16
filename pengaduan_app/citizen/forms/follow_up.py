"""What the reporter fills in on the tracking page. Works without JavaScript."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ...actions import LONGEST_TEXT, SCORES
from ...text import TextField
from .attaching import AttachingForm
from .fields import AttachmentsField, KeyField

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TOO_LONG = _("This is too long (%(show_value)d characters). Use at most %(limit_value)d.")
SCORE_LABELS = (
    _("1 – very poor"),
    _("2 – poor"),
    _("3 – fair"),
    _("4 – good"),
    _("5 – very good"),
)


def text_field(
    label: StrOrPromise,
    missing: StrOrPromise = "",
    limit: int = LONGEST_TEXT,
    rows: int = 5,
    help_text: StrOrPromise = "",
) -> TextField:
    """A text by the reporter; required if `missing` gives the message for an empty field."""
    return TextField(
        label=label,
        required=bool(missing),
        max_length=limit,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing, "max_length": TOO_LONG},
    )


class FollowUpForm(forms.Form):
    """Each form names its complaint, so that a form left open in another tab never writes to
    the complaint that was opened last. Its key ensures that it takes effect only once."""

    ticket = forms.CharField(max_length=20, widget=forms.HiddenInput)
    key = KeyField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, was_said: Callable[[uuid.UUID, str], bool], **kwargs: Any
    ) -> None:
        """`was_said` knows whether a form with this key and text was sent before."""
        super().__init__(*args, **kwargs)
        self.was_said = was_said
        self.initial.setdefault("key", uuid.uuid4())

    def action_arguments(self) -> dict[str, Any]:
        """The keyword arguments of the action; the complaint is passed separately."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "ticket"}
        return {**given, "key": given["key"] or uuid.uuid4()}


class AttachingFollowUpForm(AttachingForm, FollowUpForm):
    """What goes into the thread may have photos or documents with it."""

    files_field = "files"
    files = AttachmentsField()  # type: ignore[assignment]  # no attribute, once it is a field

    field_order = ("ticket", "key", "kept", "text", "files")

    def was_sent(self) -> bool:
        key, text = self.cleaned_data.get("key"), self.cleaned_data.get("text")
        return self.was_said(key, text) if key and text else False

    def action_arguments(self) -> dict[str, Any]:
        arguments = super().action_arguments()
        del arguments["kept"]
        return arguments


class InformForm(AttachingFollowUpForm):
    text = text_field(_("What would you like to add?"), _("Write what you want to add."))


class ReplyForm(AttachingFollowUpForm):
    text = text_field(_("Your answer"), _("Write your answer to the question."))


class RetractForm(FollowUpForm):
    text = text_field(_("Why, if you want to say so"), limit=500, rows=3)
    sure = forms.BooleanField(
        label=_("Yes, I withdraw this complaint. I know that it will not be answered."),
        error_messages={"required": _("Tick this box if you really want to withdraw it.")},
    )

    def action_arguments(self) -> dict[str, Any]:
        arguments = super().action_arguments()
        del arguments["sure"]
        return arguments


class RateForm(FollowUpForm):
    score = forms.TypedChoiceField(
        label=_("How helpful is the answer?"),
        choices=list(zip(SCORES, SCORE_LABELS, strict=True)),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a rating from 1 to 5."),
            "invalid_choice": _("Choose a rating from 1 to 5."),
        },
    )
    text = text_field(_("In one sentence, why?"), limit=300, rows=2)


class ReopenForm(FollowUpForm):
    text = text_field(
        _("What is missing, or not right, in the answer?"),
        _("Say what is missing in the answer."),
        help_text=_("This is possible once. The agency reviews your complaint again."),
    )
