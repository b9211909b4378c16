"""The check-list before publishing: where the administrator keeps it, and how the log says it."""

from __future__ import annotations

from django.template.defaultfilters import yesno
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.log_actions import LogFormatter
from wagtail.models import ModelLogEntry
from wagtail.snippets.views import snippets

from ... import actions
from ...models import ChecklistItem


class _StepColumn(Column):
    """The step that a point is for, or that it is for both."""

    def get_value(self, instance: ChecklistItem) -> str | Promise:
        return instance.step or _("B1 and B2")


class ChecklistViewSet(snippets.SnippetViewSet):
    """A point that is no longer wanted is made inactive: there is no deletion."""

    model = ChecklistItem
    icon = "list-ol"
    copy_view_enabled = False
    list_per_page = 50
    list_display = [
        "text",
        _StepColumn("step", label=_("Step")),
        Column(
            "complaints",
            label=_("Complaints"),
            accessor=lambda row: row.get_complaints_display() or _("All"),
            classname="pgd-wide",
        ),
        Column("active", label=_("Active"), accessor=lambda row: yesno(row.active)),
    ]


class ConfirmedFormatter(LogFormatter):
    """What the log says of a step that ended: what was done, and which points were confirmed."""

    def format_message(self, log_entry: ModelLogEntry) -> str:
        points = log_entry.data.get(actions.CONFIRMED)
        if not points:
            return str(self.message)
        return _("%(done)s. Confirmed: %(points)s") % {
            "done": self.message,
            "points": " ".join(points),
        }


def formatter_of(words: str | Promise) -> type[LogFormatter]:
    """The formatter of an action that is called so."""
    return type("Confirmed", (ConfirmedFormatter,), {"label": words, "message": words})
