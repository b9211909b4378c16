"""The form fields of all texts: what comes out of them can be stored, and is seen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator, MinLengthValidator

from .keeping import kept, one_line
from .signs import visible_length

# Bringing a text into its form takes longer than its length says, so that a text that is far over
# its field's limit is refused as it came: by so many times the limit, or where the field has none.
FAR_OVER, FAR_TOO_LONG = 4, 20_000


class MinVisible(MinLengthValidator):
    """At least so many signs that a reader sees."""

    def clean(self, text: Any) -> int:
        return visible_length(text)


class TextField(forms.CharField):
    """Text of any number of lines, kept as it was typed; blank if a reader would see nothing."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.validators = [
            MinVisible(validator.limit_value)
            if type(validator) is MinLengthValidator
            else validator
            for validator in self.validators
        ]

    def clean(self, value: Any) -> Any:
        if isinstance(value, str):
            longest = FAR_OVER * self.max_length if self.max_length else FAR_TOO_LONG
            if len(value) > longest:
                said = self.error_messages.get("max_length")
                MaxLengthValidator(self.max_length or longest, said)(value)
            # Before Django's own validators: they would refuse what is taken out here.
            value = self.cleaned(value)
        return super().clean(value)

    def cleaned(self, text: str) -> str:
        return kept(text)


class LineField(TextField):
    """Text of one line: a title, a name, a place."""

    def cleaned(self, text: str) -> str:
        return one_line(text)
