"""What a report can be narrowed by, and the period that the choice means."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, cast

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from ..models import Agency, StepRecord
from ..permissions import Staff
from ..procedure import WIB, Step, labels
from .figures import COUNTED_STEPS
from .period import DEFAULT_PRESET, PRESETS, Period, month_of, preset
from .scope import Scope, agencies_seen_by, scope_for
from .step_times import COMPARED_STEP

# Dates outside these are typing mistakes, and a database may refuse them.
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
MONTHS_OFFERED = 36


def today() -> date:
    """Today's date in the city."""
    return timezone.localdate(timezone=WIB)


def _agencies(request: HttpRequest) -> QuerySet[Agency]:
    # Wagtail's admin lets in nobody who isn't logged in.
    return agencies_seen_by(cast(Staff, request.user))


class AgencyFilterSet(WagtailFilterSet):
    """The part that all reports share: an agency, of those whose figures the user may see."""

    agency = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Agency"), queryset=_agencies, empty_label=gettext_lazy("All")
    )

    class Meta:
        model = StepRecord
        fields: list[str] = []

    @property
    def chosen(self) -> dict[str, Any]:
        """What was chosen and is valid, by filter."""
        self.is_valid()
        return self.form.cleaned_data

    @property
    def problems(self) -> list[str]:
        """What is invalid, in sentences, and that the usual period is shown instead; or nothing."""
        wrong = [str(error) for errors in self.form.errors.values() for error in errors]
        try:
            self._period()
        except ValidationError as error:
            wrong += error.messages
        return wrong and [*wrong, _("The usual period is shown instead.")]

    @property
    def scope(self) -> Scope:
        """The period and the agencies that the figures cover."""
        try:
            period = self._period()
        except ValidationError:
            period = self.usual_period()
        return scope_for(self.request.user, period, self.chosen.get("agency"))

    @property
    def options(self) -> dict[str, object]:
        """What else the report's `build` takes."""
        return {}

    def usual_period(self) -> Period:
        """The period that is shown when none is chosen."""
        raise NotImplementedError

    def _period(self) -> Period:
        """The chosen period. Raises ValidationError with a sentence for the reader."""
        raise NotImplementedError


class ReportFilterSet(AgencyFilterSet):
    """A period by name, or from one day to another; days take precedence over the name."""

    preset = django_filters.ChoiceFilter(
        label=gettext_lazy("Period"),
        choices=[(key, label) for key, (label, _of) in PRESETS.items() if key != DEFAULT_PRESET],
        empty_label=PRESETS[DEFAULT_PRESET][0],
        widget=forms.RadioSelect,
    )
    dates = django_filters.DateFromToRangeFilter(
        label=gettext_lazy("From one day to another"), widget=DateRangePickerWidget
    )

    def usual_period(self) -> Period:
        return preset(DEFAULT_PRESET, today())

    def _period(self) -> Period:
        if dates := self.chosen.get("dates"):
            return _between(dates.start, dates.stop)
        return preset(self.chosen.get("preset") or DEFAULT_PRESET, today())


def _between(start: datetime | None, stop: datetime | None) -> Period:
    """The period between two days, of which either may be missing.

    Raises ValidationError with a sentence for the reader.
    """
    given = [moment.date() for moment in (start, stop) if moment]
    if not all(EARLIEST <= day <= LATEST for day in given):
        raise ValidationError(_("Choose days between the years 2000 and 2100."))
    last = stop.date() if stop else today()
    first = start.date() if start else month_of(last).first
    if first > last:
        raise ValidationError(_("The first day is after the last one. Swap them."))
    return Period(first, last)


class StepFilterSet(ReportFilterSet):
    """Adds the step that agencies are compared by."""

    step = django_filters.ChoiceFilter(
        label=gettext_lazy("Step to compare"),
        choices=[
            (step.value, labels.STEPS[step]) for step in COUNTED_STEPS if step != COMPARED_STEP
        ],
        empty_label=labels.STEPS[COMPARED_STEP],
        widget=forms.RadioSelect,
    )

    @property
    def options(self) -> dict[str, object]:
        return {"step": Step(self.chosen.get("step") or COMPARED_STEP)}


def _months() -> list[tuple[str, str]]:
    month, offered = month_of(today()), list[tuple[str, str]]()
    for _number in range(MONTHS_OFFERED):
        offered.append((f"{month.first:%Y-%m}", date_format(month.first, "F Y")))
        month = month_of(month.first - timedelta(days=1))
    return offered


class MonthFilterSet(AgencyFilterSet):
    """One month; last month unless another is chosen."""

    month = django_filters.ChoiceFilter(
        label=gettext_lazy("Month"), choices=_months, empty_label=PRESETS["last_month"][0]
    )

    def usual_period(self) -> Period:
        return preset("last_month", today())

    def _period(self) -> Period:
        chosen = self.chosen.get("month")
        return month_of(date.fromisoformat(f"{chosen}-01")) if chosen else self.usual_period()
