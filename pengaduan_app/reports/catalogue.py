"""The reports there are, in the order of the menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from .misrouting import misrouting
from .punctuality import on_time
from .recap import build_recap
from .reminder_response import build_reminders
from .step_times import step_times
from .tables import Content
from .volume import volume


@dataclass(frozen=True)
class Report:
    """What the menu, the view and the benchmark need of a report.

    `build` takes a Scope, and what the report's own filter set chooses besides.
    """

    title: str | Promise
    about: str | Promise
    build: Callable[..., Content]
    icon: str = "doc-full"


REPORTS: dict[str, Report] = {
    "on-time": Report(
        gettext_lazy("Steps in time"),
        gettext_lazy("Steps finished in the period, judged by the limit they started under."),
        on_time,
        "time",
    ),
    "step-times": Report(
        gettext_lazy("Time per step"),
        gettext_lazy("How long the steps took that were finished in the period."),
        step_times,
        "history",
    ),
    "volume": Report(
        gettext_lazy("Complaints received"),
        gettext_lazy("Complaints that came in during the period."),
        volume,
        "mail",
    ),
    "misrouting": Report(
        gettext_lazy("Misrouted complaints"),
        gettext_lazy("Complaints that were sent to another agency in the period."),
        misrouting,
        "redirect",
    ),
    "reminders": Report(
        gettext_lazy("Reminders"),
        gettext_lazy("Reminders given in the period, and how soon the step was finished."),
        build_reminders,
        "comment",
    ),
    "recap": Report(
        gettext_lazy("Monthly recap"),
        gettext_lazy("What came in during the month, and what became of it."),
        build_recap,
        "clipboard-list",
    ),
}
