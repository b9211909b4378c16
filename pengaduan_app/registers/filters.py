"""What the registers can be narrowed by; a value that means nothing is ignored."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.contrib.admin import ListFilter
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import permissions
from ..models import STEP_CHOICES, Agency, OutboxMessage
from ..procedure import labels


class ChoiceFilter(ListFilter):
    """One of a few values, in a drop-down."""

    template = "pengaduan_app/registers/choice.html"
    parameter = ""

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        self.options = [(str(key), label) for key, label in self.lookups()]
        value = (params.pop(self.parameter, None) or [""])[-1]
        self.value = value if value in dict(self.options) else ""

    def lookups(self) -> list[tuple]:
        """The values that are offered, each with its label."""
        raise NotImplementedError

    def expected_parameters(self):
        return [self.parameter]

    def has_output(self):
        return bool(self.options)

    def choices(self, changelist):
        for key, label in [("", _("All")), *self.options]:
            yield {"value": key, "label": label, "selected": key == self.value}

    def queryset(self, request, queryset):
        return queryset.filter(self.condition()) if self.value else None

    def condition(self) -> Q:
        """What a row must meet for the chosen value."""
        return Q(**{self.parameter: self.value})


class StepFilter(ChoiceFilter):
    """The step as it was judged, or as it is open."""

    title, parameter = _("step"), "step"

    def lookups(self):
        return [(code, f"{code} · {label}") for code, label in STEP_CHOICES]

    def condition(self):
        return Q(judged_as=self.value) | Q(finished_at__isnull=True, step=self.value)


class AgencyFilter(ChoiceFilter):
    """Only for who sees more than one agency."""

    title, parameter = _("agency"), "agency"
    path = "agency"

    def lookups(self):
        if not permissions.sees_city(self.request.user):
            return []
        return [(agency.pk, agency.brief) for agency in Agency.objects.all()]

    def condition(self):
        return Q(**{self.path: self.value})


class ComplaintAgencyFilter(AgencyFilter):
    path = "complaint__agency"


class ReminderAgencyFilter(AgencyFilter):
    path = "step__agency"


class RemindedStepFilter(StepFilter):
    """The step that was reminded of."""

    def condition(self):
        return Q(step__step=self.value)


class ReminderKindFilter(ChoiceFilter):
    title, parameter = _("kind"), "kind"

    def lookups(self):
        return labels.choices(labels.REMINDERS)


class OutcomeFilter(ChoiceFilter):
    title, parameter = _("outcome"), "outcome"

    def lookups(self):
        return labels.choices(labels.OUTCOMES)


class LateFilter(ChoiceFilter):
    title, parameter = _("punctuality"), "late"
    CONDITIONS = {
        "yes": Q(late=True),
        "no": Q(late=False),
        "open": Q(finished_at__isnull=True),
        "overdue": Q(finished_at__isnull=True),
    }

    def lookups(self):
        return [
            ("yes", _("Finished late")),
            ("no", _("Finished in time")),
            ("open", _("Still open")),
            ("overdue", _("Open and overdue")),
        ]

    def condition(self):
        overdue = Q(due_at__lt=timezone.now()) if self.value == "overdue" else Q()
        return self.CONDITIONS[self.value] & overdue


class MessageKindFilter(ChoiceFilter):
    title, parameter = _("kind"), "kind"

    def lookups(self):
        return OutboxMessage.Kind.choices


class SentFilter(ChoiceFilter):
    title, parameter = _("sending"), "sent"
    CONDITIONS = {
        "yes": Q(sent_at__isnull=False),
        "no": Q(sent_at__isnull=True),
        "failed": Q(sent_at__isnull=True) & ~Q(last_error=""),
    }

    def lookups(self):
        return [
            ("yes", _("Sent")),
            ("no", _("Not yet sent")),
            ("failed", _("Failed, will be tried again")),
        ]

    def condition(self):
        return self.CONDITIONS[self.value]


class PeriodFilter(ListFilter):
    """From a day to a day, both included, on the city's clock."""

    title = _("period")
    template = "pengaduan_app/registers/period.html"
    PARAMETERS = ("from", "to")
    field = "started_at"

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        self.days = {name: self._day(params.pop(name, None)) for name in self.PARAMETERS}

    def _day(self, values) -> date | None:
        try:
            day = date.fromisoformat((values or [""])[-1])
        except ValueError:
            return None
        # Farther away there is no midnight that every time zone can name.
        return day if 1 < day.year < 9999 else None

    def expected_parameters(self):
        return list(self.PARAMETERS)

    def has_output(self):
        return True

    def choices(self, changelist):
        names = {"from": _("From"), "to": _("Until")}
        for name, day in self.days.items():
            value = day.isoformat() if day else ""
            yield {"name": name, "label": names[name], "value": value}

    def queryset(self, request, queryset):
        first, last = self.days.values()
        if first:
            queryset = queryset.filter(**{f"{self.field}__gte": _midnight(first)})
        if last:
            queryset = queryset.filter(**{f"{self.field}__lt": _midnight(last + timedelta(1))})
        return queryset


class CreatedPeriodFilter(PeriodFilter):
    field = "created_at"


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
