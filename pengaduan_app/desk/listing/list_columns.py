"""The columns of the list of complaints, and which of them somebody wants to see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn

from ...models import Complaint
from ...presentation import short_day, short_moment
from ...text import shortened

PARAMETER = "columns"


class LabelledColumn(Column):
    """Its cells say what they hold: on a telephone a row is a card, and the heads are away."""

    cell_template_name = "pengaduan_app/desk/list_cell.html"


class AgencyColumn(LabelledColumn):
    """The agency that has the complaint, by its short name."""

    def get_value(self, instance: Complaint) -> str | Promise:
        return instance.agency.brief if instance.agency else _("Not yet chosen")


class SubjectColumn(Column):
    """The beginning of the subject: a list has room for some lines of each."""

    def get_value(self, instance: Complaint) -> str:
        return shortened(instance.subject, 80)


class StateColumn(LabelledColumn):
    """The state, with a mark on complaints that were reopened."""

    cell_template_name = "pengaduan_app/desk/state_cell.html"


class RemainingColumn(LabelledColumn):
    """How much time the open step has left, in words, with a colour and an icon."""

    cell_template_name = "pengaduan_app/desk/due_cell.html"


def _choosable() -> dict[str, Column]:
    """The columns that somebody may show or hide, by their names in the query string."""
    return {
        "agency": AgencyColumn("agency", label=_("Agency"), classname="pgd-wide pgd-agency"),
        "state": StateColumn(
            "get_state_display", label=_("State"), sort_key="state", classname="pgd-wide"
        ),
        "step": LabelledColumn("open_step_code", label=_("Step"), classname="pgd-wide pgd-nowrap"),
        "due": LabelledColumn(
            "due",
            label=_("Due"),
            sort_key="open_due_at",
            classname="pgd-wide pgd-moment",
            accessor=lambda complaint: short_moment(complaint.open_due_at),
        ),
        "remaining": RemainingColumn("open_due_at", label=_("Remaining"), sort_key="open_due_at"),
        "category": LabelledColumn("category", label=_("Category"), classname="pgd-wide"),
        "channel": LabelledColumn(
            "get_channel_display",
            label=_("Channel"),
            sort_key="channel",
            classname="pgd-widest",
        ),
        "received": LabelledColumn(
            "created_at",
            label=_("Received"),
            sort_key="created_at",
            classname="pgd-wide pgd-nowrap",
            accessor=lambda complaint: short_day(complaint.created_at),
        ),
    }


USUAL = ("agency", "state", "due", "remaining", "channel", "received")


def chosen(query: QueryDict) -> tuple[str, ...]:
    """The names of the columns that a query string asks for, in the list's own order; the usual
    ones if it names none that there is."""
    named = set(query.get(PARAMETER, "").split(","))
    return tuple(name for name in _choosable() if name in named) or USUAL


def labelled() -> list[tuple[str, Any]]:
    """Each column that may be chosen with what it is called."""
    return [(name, column.label) for name, column in _choosable().items()]


def columns(query: QueryDict, get_url: Callable[[Complaint], str]) -> list[Column]:
    """Ticket and subject, then what is chosen. No buttons: a complaint is
    moved on its own page, or with others that are ticked."""
    choosable = _choosable()
    return [
        TitleColumn(
            "ticket",
            label=_("Ticket"),
            classname="pgd-nowrap",
            get_url=get_url,
            get_title_id=lambda complaint: f"snippet_{complaint.pk}_title",
        ),
        SubjectColumn("subject", label=_("Subject"), width="30%", classname="pgd-cell-words"),
        *(choosable[name] for name in chosen(query)),
    ]


def orderings() -> list[str]:
    """The orders that the list takes, whether or not their column shows."""
    keys = dict.fromkeys(column.sort_key for column in _choosable().values() if column.sort_key)
    return [f"{sign}{key}" for key in keys for sign in ("", "-")]
