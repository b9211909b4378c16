"""When offices are open: weekly hours, periods with hours of their own, days off."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel

from ...procedure import DAY, DayOffKind, Span, labels
from .calendar_forms import DayOffForm, HoursPeriodForm

MIDNIGHT = time(0)


def since_midnight(moment: time) -> timedelta:
    """The time of day as a length of time."""
    return timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second)


class DayHours(models.Model):
    """The opening hours of one weekday, with at most one break.

    A weekday without a row is closed. Closing at 00:00 means midnight at the end of the day.
    """

    weekday = models.PositiveSmallIntegerField(_("day"), choices=list(WEEKDAYS.items()))
    opens = models.TimeField(_("opens"), default=time(7, 30))
    closes = models.TimeField(
        _("closes"), default=time(16), help_text=_("00:00 means midnight at the end of the day.")
    )
    break_starts = models.TimeField(_("break from"), null=True, blank=True)
    break_ends = models.TimeField(_("break until"), null=True, blank=True)

    panels = [
        FieldPanel("weekday"),
        FieldRowPanel([FieldPanel("opens"), FieldPanel("closes")]),
        FieldRowPanel([FieldPanel("break_starts"), FieldPanel("break_ends")]),
    ]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.in_words}"

    @property
    def in_words(self) -> str:
        """The open spans as people write them: 07.30–12.00, 13.00–16.00."""
        moments = [self.opens, self.break_starts, self.break_ends, self.closes]
        texts = [time_format(moment, "H.i") for moment in moments if moment is not None]
        return ", ".join("–".join(texts[at : at + 2]) for at in range(0, len(texts), 2))

    def closing(self) -> timedelta:
        """Closing time, counted from midnight."""
        return DAY if self.closes == MIDNIGHT else since_midnight(self.closes)

    def spans(self) -> tuple[Span, ...]:
        """The open spans of the day, for the clock."""
        opens, closes = since_midnight(self.opens), self.closing()
        if self.break_starts is None or self.break_ends is None:
            return (Span(opens, closes),)
        return (
            Span(opens, since_midnight(self.break_starts)),
            Span(since_midnight(self.break_ends), closes),
        )

    def clean(self) -> None:
        super().clean()
        if self.opens is None or self.closes is None:
            return
        if self.closes.replace(second=0) == time(23, 59):
            raise ValidationError(
                {"closes": _("For an office that is open until midnight, write 00:00.")}
            )
        if since_midnight(self.opens) >= self.closing():
            raise ValidationError({"closes": _("Closing time must be later than opening time.")})
        self._clean_break()

    def _clean_break(self) -> None:
        starts, ends = self.break_starts, self.break_ends
        if (starts is None) != (ends is None):
            raise ValidationError(
                _("Give both the beginning and the end of the break, or leave both empty.")
            )
        if starts is None or ends is None:
            return
        if starts >= ends:
            raise ValidationError({"break_ends": _("The break must end later than it begins.")})
        if starts <= self.opens or since_midnight(ends) >= self.closing():
            raise ValidationError(
                {"break_starts": _("The break must lie between opening and closing time.")}
            )


class OfficeHours(DayHours):
    """The city's ordinary hours of one weekday."""

    class Meta:
        ordering = ["weekday"]
        verbose_name = _("office hours")
        verbose_name_plural = _("office hours")
        constraints = [
            models.UniqueConstraint(
                fields=["weekday"],
                name="office_hours_once_a_weekday",
                violation_error_message=_(
                    "This day has its hours already. Change that entry instead."
                ),
            )
        ]


class HoursPeriod(ClusterableModel):
    """A span of dates with its own hours, such as Ramadan; both days are included."""

    name = models.CharField(_("name"), max_length=80)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))

    base_form_class = HoursPeriodForm
    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")]),
        InlinePanel(
            "hours",
            heading=_("Hours in this period"),
            label=_("day"),
            help_text=_("A day that isn't listed is closed in this period."),
            min_num=1,
            max_num=7,
        ),
    ]

    class Meta:
        ordering = ["first_day"]
        verbose_name = _("period with its own hours")
        verbose_name_plural = _("periods with their own hours")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.first_day is None or self.last_day is None:
            return
        if self.last_day < self.first_day:
            raise ValidationError(
                {"last_day": _("The last day can't be earlier than the first day.")}
            )
        overlapping = HoursPeriod.objects.filter(
            first_day__lte=self.last_day, last_day__gte=self.first_day
        ).exclude(pk=self.pk)
        other = overlapping.first()
        if other:
            raise ValidationError(
                _("These dates overlap with “%(period)s”. A date can belong to one period only.")
                % {"period": other}
            )


class PeriodHours(DayHours):
    """The hours of one weekday within a period."""

    period = ParentalKey(HoursPeriod, on_delete=models.CASCADE, related_name="hours")

    class Meta:
        ordering = ["weekday"]
        verbose_name = _("hours of a day")
        verbose_name_plural = _("hours of a day")
        constraints = [
            models.UniqueConstraint(fields=["period", "weekday"], name="hours_once_a_period_day")
        ]


class DayOffQuerySet(models.QuerySet["DayOff"]):
    def active(self) -> Self:
        """The days on which offices are really closed."""
        return self.filter(active=True)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Imported days are only switched off, so that no later import brings them back."""
        self.exclude(imported_for=None).update(active=False, changed_by_person=True)
        return models.QuerySet.delete(self.filter(imported_for=None))

    delete.queryset_only = True  # type: ignore[attr-defined]  # as Django marks its own


class DayOff(models.Model):
    """A day on which offices stay closed.

    An imported day stores the date that it was imported for, and whether a person has changed
    it since. The import leaves a changed day alone, even if the person moved it to another date
    or switched it off.
    """

    date = models.DateField(
        _("date"),
        unique=True,
        error_messages={
            "unique": _("This date is in the list already. Change that entry instead.")
        },
    )
    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(
        _("kind"),
        max_length=12,
        choices=labels.choices(labels.DAYS_OFF),
        default=DayOffKind.OWN.value,
    )
    active = models.BooleanField(
        _("offices are closed"),
        default=True,
        help_text=_("Untick it when the day has become an ordinary working day."),
    )
    estimated = models.BooleanField(
        _("date is an estimate"),
        default=False,
        help_text=_("The government has not confirmed the date yet."),
    )
    imported_for = models.DateField(null=True, unique=True, editable=False)
    changed_by_person = models.BooleanField(default=False, editable=False)

    objects = DayOffQuerySet.as_manager()
    base_form_class = DayOffForm
    panels = [
        FieldPanel("date"),
        FieldPanel("name"),
        FieldPanel("kind"),
        FieldPanel("active"),
        FieldPanel("estimated"),
    ]

    class Meta:
        ordering = ["date"]
        verbose_name = _("day off")
        verbose_name_plural = _("days off")

    def __str__(self) -> str:
        return f"{date_format(self.date, 'j F Y')}: {self.name}"

    @property
    def source(self) -> str:
        """Where the entry comes from, in words."""
        if self.imported_for is None:
            return str(_("Entered by staff"))
        return str(_("Imported, changed by staff") if self.changed_by_person else _("Imported"))

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if self.imported_for is None:
            return super().delete(*args, **kwargs)
        return DayOff.objects.filter(pk=self.pk).delete()
