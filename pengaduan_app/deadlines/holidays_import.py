"""Imports Indonesia's public holidays and collective leave from the package `holidays`.

The package contains the government's joint decree of each year, so this needs no network. When
the decree changes, upgrade the package and import again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import holidays
from django.db import transaction

from ..models import DayOff
from ..procedure import DayOffKind
from .office_calendar import forget_calendar

CATEGORIES = {
    DayOffKind.COLLECTIVE: holidays.GOVERNMENT,
    # Last, so that a day which is both is a public holiday.
    DayOffKind.PUBLIC: holidays.PUBLIC,
}
# How the package marks dates that depend on the moon and aren't decreed yet.
ESTIMATE = " (perkiraan)"


@dataclass
class Imported:
    """What an import did with each day."""

    added: list[DayOff] = field(default_factory=list)
    changed: list[DayOff] = field(default_factory=list)
    # No longer in the package: switched off, not deleted.
    withdrawn: list[DayOff] = field(default_factory=list)
    unchanged: list[DayOff] = field(default_factory=list)
    # Entered or changed by a person, and left alone.
    kept: list[DayOff] = field(default_factory=list)


def published(year: int) -> dict[date, dict[str, object]]:
    """The package's days off in a year, each as the fields of a DayOff."""
    days: dict[date, dict[str, object]] = {}
    for kind, category in CATEGORIES.items():
        found = holidays.country_holidays("ID", years=year, categories=(category,), language="id")
        for day, name in found.items():
            days[day] = {
                "name": name.replace(ESTIMATE, "")[:160],
                "kind": kind.value,
                "estimated": ESTIMATE in name,
                "active": True,
            }
    return days


@transaction.atomic
def import_days_off(years: list[int]) -> Imported:
    """Add and update the days off of these years, except those that people changed. Repeatable.

    Open due times don't move: the caller runs `actions.recompute_due_times` afterwards.
    """
    result = Imported()
    for year in years:
        days = published(year)
        for day, values in sorted(days.items()):
            _import_day(day, values, result)
        gone = DayOff.objects.filter(imported_for__year=year, changed_by_person=False, active=True)
        for row in gone.exclude(imported_for__in=list(days)):
            row.active = False
            row.save(update_fields=["active"])
            result.withdrawn.append(row)
    forget_calendar()
    return result


def _import_day(day: date, values: dict[str, object], result: Imported) -> None:
    row = DayOff.objects.filter(imported_for=day).first() or DayOff.objects.filter(date=day).first()
    if row is None:
        result.added.append(DayOff.objects.create(date=day, imported_for=day, **values))
    elif row.imported_for is None or row.changed_by_person:
        result.kept.append(row)
    elif all(getattr(row, name) == value for name, value in values.items()):
        result.unchanged.append(row)
    else:
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=list(values))
        result.changed.append(row)
