"""`/lacak/`: number and code."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ...text import LineField, TextField


class TrackForm(forms.Form):
    """`/lacak/`: the number and code that the receipt showed."""

    ticket = LineField(
        label=_("Ticket number"),
        max_length=24,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    code = LineField(
        label=_("Secret code"),
        max_length=24,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    # A form of the tracking page, sent after the half hour, and its text: both return to it.
    kept_word = forms.SlugField(required=False, max_length=20, widget=forms.HiddenInput)
    kept_text = TextField(
        label=_("What you had written is kept here"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not (self.data.get("kept_word") or self.initial.get("kept_word")):
            del self.fields["kept_word"], self.fields["kept_text"]
