"""`/lacak/`: number and code."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ...text import LineField, TextField
from .fields import KeyField

# Fields of the tracking page's forms, and what they are called while they wait here.
CARRIED = {"text": "kept_text", "key": "kept_key", "kept": "kept_files", "score": "kept_score"}


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
    # A form of the tracking page, sent after the half hour, and what was in it: all return to it.
    kept_word = forms.SlugField(required=False, max_length=20, widget=forms.HiddenInput)
    kept_key = KeyField(required=False, widget=forms.HiddenInput)
    kept_files = LineField(required=False, widget=forms.HiddenInput)
    kept_score = LineField(required=False, widget=forms.HiddenInput)
    kept_text = TextField(
        label=_("What you had written is kept here"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not (self.data.get("kept_word") or self.initial.get("kept_word")):
            for name in ("kept_word", *CARRIED.values()):
                del self.fields[name]

    @classmethod
    def carrying(cls, ticket: str, word: str, form: forms.Form) -> TrackForm:
        """The form that takes along what was typed into another one."""
        kept = {name: form[of].value() for of, name in CARRIED.items() if of in form.fields}
        return cls(initial={"ticket": ticket, "kept_word": word, **kept})

    def carried(self) -> dict[str, Any]:
        """What was typed into that form, by the names of its fields. Valid forms only."""
        data = self.cleaned_data
        return {of: data[name] for of, name in CARRIED.items() if data.get(name)}
