"""The admin's screens for office hours, days off and time limits, and what follows a change."""

from __future__ import annotations

from collections.abc import Iterable

import django_filters
from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import yesno
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views import snippets

from .. import actions
from ..deadlines import RAMADAN_HOURS, office_calendar
from ..models import Agency, DayOff, HoursPeriod, OfficeHours, PeriodHours, StepLimit
from ..permissions import StaffRequest
from ..procedure import clock

CALENDAR_MODELS = (OfficeHours, HoursPeriod, DayOff)


def keep_limit_that_holds(
    request: StaffRequest, rows: Model | Iterable[Model]
) -> HttpResponse | None:
    """A limit that has begun stays: for the hooks before_edit_ and before_delete_snippet."""
    if any(isinstance(row, StepLimit) and row.holds for row in _listed(rows)):
        text = _(
            "A limit that already holds stays as it is: reports rely on it. "
            "Add a new limit that begins now or later."
        )
        messages.warning(request, text)
        return redirect("wagtailsnippets_pengaduan_app_steplimit:list")
    return None


def follow_change(request: StaffRequest, changed: Model | Iterable[Model]) -> None:
    """Recompute the open due times after the calendar has changed, and say how many moved.

    For the hooks after_create_, after_edit_ and after_delete_snippet.
    """
    rows = _listed(changed)
    if any(isinstance(row, CALENDAR_MODELS) for row in rows):
        _tell(request, actions.follow_calendar())
        _warn_when_never_open(request)
    for agency in (row for row in rows if isinstance(row, Agency)):
        moved = actions.follow_calendar(agency) if agency.pk else 0
        if moved != 0:
            _tell(request, moved)


def _listed(rows: Model | Iterable[Model]) -> list[Model]:
    """Wagtail's hooks give one snippet or several."""
    return [rows] if isinstance(rows, Model) else list(rows)


def _tell(request: StaffRequest, moved: int | None) -> None:
    """Say how many due times moved; None while a task of the cluster moves them."""
    text: str | Promise
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


def _warn_when_never_open(request: StaffRequest) -> None:
    try:
        clock.next_opening(timezone.now(), office_calendar.calendar_of())
    except clock.NeverOpens:
        text = _(
            "With these hours the office is never open. Until you enter opening hours, "
            "every step's time runs day and night."
        )
        messages.warning(request, text)


class ClockViewSet(snippets.SnippetViewSet):
    """Shared by the calendar's data. No chooser: nothing refers to them."""

    copy_view_enabled = False
    list_per_page = 60

    def register_chooser_viewset(self) -> None:
        """No chooser."""


class OfficeHoursViewSet(ClockViewSet):
    model = OfficeHours
    icon = "time"
    list_display = ["weekday", Column("in_words", label=_("Opening hours"))]


class PeriodCreateView(snippets.CreateView):
    """Starts with the Ramadan hours of the national rule, for the office to adjust."""

    def get_initial_form_instance(self) -> HoursPeriod:
        period = super().get_initial_form_instance() or HoursPeriod()
        if self.request.method == "GET":
            period.hours = [PeriodHours(**row) for row in RAMADAN_HOURS]
        return period


class HoursPeriodViewSet(ClockViewSet):
    model = HoursPeriod
    icon = "date"
    add_view_class = PeriodCreateView
    list_display = ["name", "first_day", "last_day"]


class DayOffFilterSet(WagtailFilterSet):
    """By year, kind, and whether offices are closed."""

    year = django_filters.NumberFilter(
        label=_("Year"), field_name="date", lookup_expr="year", min_value=1, max_value=9999
    )

    class Meta:
        model = DayOff
        fields = ["kind", "active"]


class DayOffViewSet(ClockViewSet):
    model = DayOff
    icon = "calendar-alt"
    list_display = [
        "date",
        "name",
        Column("get_kind_display", label=_("Kind"), classname="pgd-wide"),
        # In words: Wagtail's tick says “True” to a screen reader.
        Column("active", label=_("Offices closed"), accessor=lambda row: yesno(row.active)),
        Column(
            "estimated",
            label=_("Estimate"),
            classname="pgd-wide",
            accessor=lambda row: yesno(row.estimated),
        ),
        Column("source", label=_("Source"), classname="pgd-wide"),
    ]
    filterset_class = DayOffFilterSet
    search_fields = ["name"]


class StepLimitViewSet(ClockViewSet):
    model = StepLimit
    icon = "history"
    list_display = [
        "step_in_words",
        Column("minutes", label=_("Minutes"), sort_key="minutes"),
        Column("get_clock_display", label=_("Clock"), classname="pgd-wide"),
        Column(
            "valid_from",
            label=_("Valid from"),
            sort_key="valid_from",
            accessor=lambda row: date_format(
                timezone.localtime(row.valid_from), "SHORT_DATETIME_FORMAT"
            ),
        ),
    ]
    list_filter = ["step", "clock"]


class ClockViewSetGroup(snippets.SnippetViewSetGroup):
    items = (OfficeHoursViewSet, HoursPeriodViewSet, DayOffViewSet, StepLimitViewSet)
    menu_label = _("Hours and time limits")
    menu_name = "complaint-clock"
    menu_icon = "time"
    menu_order = 130
