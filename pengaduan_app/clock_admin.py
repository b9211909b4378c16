"""The admin's screens for office hours, days off and time limits, and what follows a change."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import redirect
from django.template.defaultfilters import yesno
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views import snippets

from . import actions, calendars, clock
from .models import Agency, DayOff, HoursPeriod, OfficeHours, PeriodHours, StepLimit
from .setup import RAMADAN_HOURS

CALENDAR_MODELS = (OfficeHours, HoursPeriod, DayOff)


def follow_change(request, changed) -> None:
    """After Wagtail saved or deleted snippets: bring the open due times after them, and say
    how many moved. For the hooks after_create_, after_edit_ and after_delete_snippet."""
    rows = changed if isinstance(changed, list | tuple) else [changed]
    if any(isinstance(row, CALENDAR_MODELS) for row in rows):
        _tell(request, actions.follow_calendar())
        _warn_when_never_open(request)
    for agency in (row for row in rows if isinstance(row, Agency)):
        moved = actions.follow_calendar(agency) if agency.pk else 0
        if moved != 0:
            _tell(request, moved)


def _tell(request, moved: int | None) -> None:
    if moved is None:
        text = _("Many steps are open: their due times are being brought up to date.")
    elif moved == 0:
        text = _("No due time of an open step changed.")
    else:
        text = ngettext(
            "The due time of %(count)s open step changed.",
            "The due times of %(count)s open steps changed.",
            moved,
        ) % {"count": moved}
    messages.info(request, text)


def _warn_when_never_open(request) -> None:
    try:
        clock.next_opening(timezone.now(), calendars.calendar_of())
    except clock.NeverOpens:
        text = _(
            "With these hours the office is never open. Until you enter opening hours, "
            "every step's time runs day and night."
        )
        messages.warning(request, text)


class ClockViewSet(snippets.SnippetViewSet):
    """Shared by the calendar's data; no chooser, since nothing refers to them."""

    copy_view_enabled = False
    add_to_reference_index = False
    list_per_page = 60

    def register_chooser_viewset(self):
        """None."""


class OfficeHoursViewSet(ClockViewSet):
    model = OfficeHours
    icon = "time"
    list_display = [
        Column("weekday", label=_("day"), accessor="get_weekday_display"),
        Column("in_words", label=_("open")),
    ]


class PeriodCreateView(snippets.CreateView):
    """Starts with the Ramadan hours of the national rule, for the office to adjust."""

    def get_initial_form_instance(self):
        period = super().get_initial_form_instance() or HoursPeriod()
        if self.request.method == "GET":
            period.hours = [PeriodHours(**row) for row in RAMADAN_HOURS]
        return period


class HoursPeriodViewSet(ClockViewSet):
    model = HoursPeriod
    icon = "date"
    add_view_class = PeriodCreateView
    list_display = [
        "name",
        Column("first_day", label=_("first day"), accessor=lambda row: in_words(row.first_day)),
        Column("last_day", label=_("last day"), accessor=lambda row: in_words(row.last_day)),
    ]


class DayOffViewSet(ClockViewSet):
    model = DayOff
    icon = "calendar-alt"
    list_display = [
        Column("date", label=_("date"), accessor=lambda row: in_words(row.date)),
        "name",
        Column("get_kind_display", label=_("kind")),
        # In words: Wagtail's tick says “True” to a screen reader.
        Column("active", label=_("offices are closed"), accessor=lambda row: yesno(row.active)),
        Column("estimated", label=_("estimate"), accessor=lambda row: yesno(row.estimated)),
        Column("source", label=_("source")),
    ]
    list_filter = {"date": ["year"], "kind": ["exact"], "active": ["exact"]}
    search_fields = ["name"]


class StepLimitEditView(snippets.EditView):
    """Only a limit that has not begun yet can still be changed."""

    def dispatch(self, request, *args, **kwargs):
        if self.object.holds:
            messages.warning(request, refusal())
            return redirect(self.index_url_name)
        return super().dispatch(request, *args, **kwargs)


class StepLimitDeleteView(snippets.DeleteView):
    """The same for deleting."""

    dispatch = StepLimitEditView.dispatch


def refusal() -> str:
    return _(
        "This limit already holds, so it stays as it is: open steps and reports rely on it. "
        "Add a new limit that begins later."
    )


class StepLimitViewSet(ClockViewSet):
    model = StepLimit
    icon = "history"
    edit_view_class = StepLimitEditView
    delete_view_class = StepLimitDeleteView
    list_display = [
        Column("step", label=_("step"), accessor="step_in_words"),
        Column("minutes", label=_("limit in minutes")),
        Column("clock", label=_("clock"), accessor="get_clock_display"),
        Column("valid_from", label=_("valid from"), accessor=lambda row: at_wib(row.valid_from)),
    ]
    list_filter = ["step", "clock"]


def in_words(day) -> str:
    return date_format(day, "l, j F Y")


def at_wib(moment) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")


class ClockViewSetGroup(snippets.SnippetViewSetGroup):
    items = (OfficeHoursViewSet, HoursPeriodViewSet, DayOffViewSet, StepLimitViewSet)
    menu_label = _("Hours and time limits")
    menu_name = "complaint-clock"
    menu_icon = "time"
    menu_order = 130
