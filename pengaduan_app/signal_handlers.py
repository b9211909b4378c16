"""Connects signal receivers; the receivers themselves are in the wings."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from wagtail.models import GroupPagePermission

from .actions import losing_seats
from .deadlines import calendar_changed
from .desk import unsent_forms
from .models import Agency, ComplaintIndexPage, DayOff, HoursPeriod, OfficeHours, PeriodHours
from .operations import give_agency_its_section, kept
from .workflow import guards, keeping


def register() -> None:
    """Called once, when the app is ready."""
    guards.register()
    keeping.register()
    pre_delete.connect(kept.keep_who_acted, sender=get_user_model())
    m2m_changed.connect(losing_seats.after_groups_changed, sender=get_user_model().groups.through)
    post_save.connect(losing_seats.after_account_saved, sender=get_user_model())
    pre_delete.connect(kept.keep_group, sender=Group)
    pre_delete.connect(kept.keep_page_permission, sender=GroupPagePermission)
    pre_delete.connect(kept.keep_index, sender=ComplaintIndexPage)
    m2m_changed.connect(kept.keep_role_permission, sender=Group.permissions.through)
    user_logged_in.connect(unsent_forms.remember)
    user_logged_out.connect(unsent_forms.forget)
    post_save.connect(give_agency_its_section, sender=Agency)
    for model in (Agency, DayOff, HoursPeriod, OfficeHours, PeriodHours):
        post_save.connect(calendar_changed, sender=model)
        post_delete.connect(calendar_changed, sender=model)
