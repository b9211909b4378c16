"""What the registers can be narrowed by; a value that means nothing is ignored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar, TypeAlias

from django import forms
from django.contrib.admin import ListFilter
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .. import permissions
from ..models import STEP_CHOICES, Agency, OutboxMessage
from ..permissions import StaffRequest
from ..procedure import labels

# Values with their labels; a value is a word or a key.
Options: TypeAlias = Iterable[tuple[object, str | Promise]]


class RegisterFilter(ListFilter):
    """What the registers' filters share: each says which query parameters it reads."""

    request: StaffRequest

    @classmethod
    def parameters(cls) -> list[str]:
        """The query parameters that the filter reads."""
        raise NotImplementedError

    def expected_parameters(self) -> list[str | None]:
        return [*self.parameters()]


class ChoiceFilter(RegisterFilter):
    """One of a few values, in a drop-down."""

    template = "pengaduan_app/registers/choice.html"
    parameter = ""

    def __init__(
        self,
        request: StaffRequest,
        params: dict[str, list[str]],
        model: type[Model],
        model_admin: Any,
    ) -> None:
        super().__init__(request, params, model, model_admin)
        self.options = [(str(key), label) for key, label in self.lookups()]
        value = (params.pop(self.parameter, None) or [""])[-1]
        self.value = value if value in dict(self.options) else ""

    @classmethod
    def parameters(cls) -> list[str]:
        return [cls.parameter]

    def lookups(self) -> Options:
        """The values that are offered, each with its label."""
        raise NotImplementedError

    def has_output(self) -> bool:
        return bool(self.options)

    def choices(self, changelist: object) -> Iterator[dict[str, object]]:
        for key, label in [("", _("All")), *self.options]:
            yield {"value": key, "label": label, "selected": key == self.value}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        return queryset.filter(self.condition()) if self.value else None

    def condition(self) -> Q:
        """What a row must meet for the chosen value."""
        return Q(**{self.parameter: self.value})


class StepFilter(ChoiceFilter):
    """The step as it was judged, or as it is open."""

    title, parameter = _("step"), "step"

    def lookups(self) -> Options:
        return [(code, f"{code} · {label}") for code, label in STEP_CHOICES]

    def condition(self) -> Q:
        return Q(judged_as=self.value) | Q(finished_at__isnull=True, step=self.value)


class AgencyFilter(ChoiceFilter):
    """Offered only to users who see more than one agency."""

    title, parameter = _("agency"), "agency"
    path = "agency"

    def lookups(self) -> Options:
        if not permissions.sees_city(self.request.user):
            return []
        return [(agency.pk, agency.brief) for agency in Agency.objects.all()]

    def condition(self) -> Q:
        return Q(**{self.path: self.value})


class ComplaintAgencyFilter(AgencyFilter):
    path = "complaint__agency"


class ReminderAgencyFilter(AgencyFilter):
    path = "step__agency"


class RemindedStepFilter(StepFilter):
    """The step that was reminded of."""

    def condition(self) -> Q:
        return Q(step__step=self.value)


class ReminderKindFilter(ChoiceFilter):
    title, parameter = _("kind"), "kind"

    def lookups(self) -> Options:
        return labels.choices(labels.REMINDERS)


class OutcomeFilter(ChoiceFilter):
    title, parameter = _("outcome"), "outcome"

    def lookups(self) -> Options:
        return labels.choices(labels.OUTCOMES)


class LateFilter(ChoiceFilter):
    title, parameter = _("punctuality"), "late"
    CONDITIONS: ClassVar[dict[str, Q]] = {
        "yes": Q(late=True),
        "no": Q(late=False),
        "open": Q(finished_at__isnull=True),
        "overdue": Q(finished_at__isnull=True),
    }

    def lookups(self) -> Options:
        return [
            ("yes", _("Finished late")),
            ("no", _("Finished in time")),
            ("open", _("Still open")),
            ("overdue", _("Open and overdue")),
        ]

    def condition(self) -> Q:
        overdue = Q(due_at__lt=timezone.now()) if self.value == "overdue" else Q()
        return self.CONDITIONS[self.value] & overdue


class MessageKindFilter(ChoiceFilter):
    title, parameter = _("kind"), "kind"

    def lookups(self) -> Options:
        return OutboxMessage.Kind.choices


class SentFilter(ChoiceFilter):
    title, parameter = _("sending"), "sent"
    CONDITIONS: ClassVar[dict[str, Q]] = {
        "yes": Q(sent_at__isnull=False),
        "no": Q(sent_at__isnull=True, given_up_at__isnull=True),
        "failed": Q(sent_at__isnull=True, given_up_at__isnull=True) & ~Q(last_error=""),
        "given_up": Q(given_up_at__isnull=False),
    }

    def lookups(self) -> Options:
        return [
            ("yes", _("Sent")),
            ("no", _("Not yet sent")),
            ("failed", _("Failed, will be tried again")),
            ("given_up", _("Given up: the address can't be reached")),
        ]

    def condition(self) -> Q:
        return self.CONDITIONS[self.value]


class PeriodFilter(RegisterFilter):
    """From a day to a day, both included, on the city's clock."""

    title = _("period")
    template = "pengaduan_app/registers/period.html"
    field = "started_at"

    def __init__(
        self,
        request: StaffRequest,
        params: dict[str, list[str]],
        model: type[Model],
        model_admin: Any,
    ) -> None:
        super().__init__(request, params, model, model_admin)
        self.days = {name: self._day(params.pop(name, None)) for name in self.parameters()}

    def _day(self, values: list[str] | None) -> date | None:
        """As the language writes days, or as addresses do: 23-02-2026 or 2026-02-23."""
        try:
            day = forms.DateField(required=False).clean((values or [""])[-1])
        except ValidationError:
            return None
        # Years at either end have no midnight that every time zone can express.
        return day if day and 1 < day.year < 9999 else None

    @classmethod
    def parameters(cls) -> list[str]:
        return ["from", "to"]

    def has_output(self) -> bool:
        return True

    def choices(self, changelist: object) -> Iterator[dict[str, object]]:
        names = {"from": _("From"), "to": _("Until")}
        for name, day in self.days.items():
            # A browser's own field for days writes them in the browser's language.
            value = date_format(day, "SHORT_DATE_FORMAT") if day else ""
            hint = date_format(timezone.localdate(), "SHORT_DATE_FORMAT")
            yield {"name": name, "label": names[name], "value": value, "hint": hint}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        first, last = self.days.values()
        if first:
            queryset = queryset.filter(**{f"{self.field}__gte": _midnight(first)})
        if last:
            queryset = queryset.filter(**{f"{self.field}__lt": _midnight(last + timedelta(1))})
        return queryset


class CreatedPeriodFilter(PeriodFilter):
    field = "created_at"


class OpenedPeriodFilter(PeriodFilter):
    field = "timestamp"


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
