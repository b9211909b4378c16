"""The form fields of all texts: what comes out of them can be stored, and is seen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MinLengthValidator

from .keeping import kept, one_line
from .signs import visible_length


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
        # Before Django's own validators: they would refuse what is taken out here.
        return super().clean(self.cleaned(value) if isinstance(value, str) else value)

    def cleaned(self, text: str) -> str:
        return kept(text)


class LineField(TextField):
    """Text of one line: a title, a name, a place."""

    def cleaned(self, text: str) -> str:
        return one_line(text)
