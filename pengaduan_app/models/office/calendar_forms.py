"""The admin's forms for office hours, days off and time limits."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from ..page.text_form import TextModelForm


class DayOffForm(TextModelForm):
    """Marks a day that a person changed, so that no import changes it back."""

    def save(self, commit: bool = True) -> Model:
        if self.has_changed():
            self.instance.changed_by_person = True
        return super().save(commit)


class StepLimitForm(WagtailAdminModelForm):
    """A limit begins now or later: the limits that past steps were held to stay as they were."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].required = False

    def clean_valid_from(self) -> datetime:
        now = timezone.now()
        valid_from = self.cleaned_data.get("valid_from") or now
        if valid_from < now:
            raise ValidationError(
                _("A limit can't begin in the past. Leave this empty to let it begin now.")
            )
        return valid_from


class HoursPeriodForm(TextModelForm):
    """A period names each weekday at most once."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        rows = [form for form in self.formsets["hours"].forms if form.is_valid()]
        days = [
            form.cleaned_data["weekday"]
            for form in rows
            if "weekday" in form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]
        if len(days) != len(set(days)):
            raise ValidationError(_("Each day of the week can be listed once only."))
        return cleaned
