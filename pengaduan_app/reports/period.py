"""The period that a report covers: whole days in western Indonesia (WIB)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..procedure import WIB

# A chart has room for this many days, and this many months.
MOST_DAYS, MOST_MONTHS = 31, 24


@dataclass(frozen=True)
class Period:
    """From the first day to the last, both included."""

    first: date
    last: date

    @property
    def start(self) -> datetime:
        return datetime.combine(self.first, time.min, WIB)

    @property
    def end(self) -> datetime:
        """The first moment after the period."""
        return datetime.combine(self.last, time.min, WIB) + timedelta(days=1)

    def within(self, field: str) -> dict[str, datetime]:
        """The period as keyword arguments for a query: `field` lies in it."""
        return {f"{field}__gte": self.start, f"{field}__lt": self.end}

    def is_running(self, today: date) -> bool:
        """True while its last day isn't over."""
        return self.first <= today <= self.last

    def until(self, today: date) -> Period:
        """The same period without the days to come."""
        return Period(self.first, min(self.last, today))

    def in_words(self, today: date) -> str:
        """The period's name; provisional while it runs, because its figures can still change."""
        if not self.is_running(today):
            return str(self)
        if self.last == today:
            return _("%(period)s (provisional)") % {"period": self}
        return _("%(period)s, up to %(day)s (provisional)") % {
            "period": self,
            "day": date_format(today, "j F"),
        }

    def __str__(self) -> str:
        if self.first == self.last:
            return date_format(self.first, "j F Y")
        if self == month_of(self.first):
            return date_format(self.first, "F Y")
        if self == year_of(self.first):
            return date_format(self.first, "Y")
        first, last = (date_format(day, "j F Y") for day in (self.first, self.last))
        return _("%(first)s to %(last)s") % {"first": first, "last": last}

    def parts(self) -> list[tuple[str, Period]]:
        """Its days, months or years, whichever fit into a chart, each with its label."""
        if (self.last - self.first).days < MOST_DAYS:
            return self._cut(lambda day: Period(day, day), "j/n")
        if (self.last - self.first).days < MOST_MONTHS * 30.5:
            return self._cut(month_of, "M y")
        return self._cut(year_of, "Y")

    def _cut(self, part_of: Callable[[date], Period], label: str) -> list[tuple[str, Period]]:
        found, day = [], self.first
        while day <= self.last:
            last = min(part_of(day).last, self.last)
            found.append((date_format(day, label), Period(day, last)))
            day = last + timedelta(days=1)
        return found


def month_of(day: date) -> Period:
    """The calendar month of the day."""
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return Period(day.replace(day=1), following - timedelta(days=1))


def quarter_of(day: date) -> Period:
    """The calendar quarter of the day."""
    first = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return Period(first, month_of(first.replace(month=first.month + 2)).last)


def year_of(day: date) -> Period:
    """The calendar year of the day."""
    return Period(day.replace(month=1, day=1), day.replace(month=12, day=31))


def _before(part_of: Callable[[date], Period]) -> Callable[[date], Period]:
    return lambda day: part_of(part_of(day).first - timedelta(days=1))


# The periods offered by name, each computed from today's date.
PRESETS: dict[str, tuple[str | Promise, Callable[[date], Period]]] = {
    "month": (gettext_lazy("This month"), month_of),
    "last_month": (gettext_lazy("Last month"), _before(month_of)),
    "quarter": (gettext_lazy("This quarter"), quarter_of),
    "last_quarter": (gettext_lazy("Last quarter"), _before(quarter_of)),
    "year": (gettext_lazy("This year"), year_of),
    "last_year": (gettext_lazy("Last year"), _before(year_of)),
}
DEFAULT_PRESET = "month"


def preset(name: str, today: date) -> Period:
    """The period of that name in PRESETS. Raises KeyError for an unknown name."""
    return PRESETS[name][1](today)
