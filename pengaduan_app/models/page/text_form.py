"""The form of rows that staff maintain in the admin: the same rule on texts as for citizens."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm

from ...privacy import redaction
from ...text import email_address, is_blank, kept, one_line


class TextModelForm(WagtailAdminModelForm):
    """Keeps texts as they were typed, and takes one that nobody sees for none."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, field in self.fields.items():
            typed = cleaned.get(name)
            if isinstance(field, forms.CharField) and isinstance(typed, str) and typed:
                is_line = isinstance(field.widget, forms.TextInput)
                seen = not is_blank(redaction.plain(typed))
                text = email_address(typed) if isinstance(field, forms.EmailField) else typed
                cleaned[name] = (one_line(text) if is_line else kept(text)) if seen else ""
                if field.required and not seen:
                    self.add_error(name, field.error_messages["required"])
        return cleaned
