"""Connects signal receivers; the receivers themselves are in the wings."""

from __future__ import annotations

from django.db.models.signals import post_delete, post_save

from .deadlines import calendar_changed
from .models import Agency, DayOff, HoursPeriod, OfficeHours, PeriodHours
from .operations import give_agency_its_section
from .workflow import guards


def register() -> None:
    """Called once, when the app is ready."""
    guards.register()
    post_save.connect(give_agency_its_section, sender=Agency)
    for model in (Agency, DayOff, HoursPeriod, OfficeHours, PeriodHours):
        post_save.connect(calendar_changed, sender=model)
        post_delete.connect(calendar_changed, sender=model)
