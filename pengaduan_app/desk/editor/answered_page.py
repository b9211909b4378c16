"""The buttons of an answer's page when it is nobody's step any more: what is so, and what may
still be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import ActionMenuItem

from ... import permissions
from ...models import ComplaintPage
from ...procedure import Action, labels
from ..complaint.complaint_facts import admin_url


class Published(ActionMenuItem):
    """The answer is on the website; leads there."""

    name, label, icon_name = "action-published", _("Published: view on the website"), "globe"

    def is_shown(self, context: Mapping[str, Any]) -> bool:
        return _page(context).live

    def get_url(self, context: Mapping[str, Any]) -> str | None:
        return _page(context).full_url


class AnsweredPrivately(ActionMenuItem):
    """The answer is its reporter's alone, or was withdrawn; leads to the complaint."""

    name, label, icon_name = "action-answered", _("Not on the website: open the complaint"), "mail"

    def is_shown(self, context: Mapping[str, Any]) -> bool:
        return not _page(context).live

    def get_url(self, context: Mapping[str, Any]) -> str:
        return admin_url("inspect", _page(context).complaint)


class Correct(ActionMenuItem):
    """Editor and coordinator have the answer corrected, or put back."""

    name, label, icon_name = "action-correct", labels.ACTIONS[Action.CORRECT], "edit"

    def is_shown(self, context: Mapping[str, Any]) -> bool:
        return permissions.may(context["request"].user, Action.CORRECT, _page(context).complaint)

    def get_url(self, context: Mapping[str, Any]) -> str:
        return admin_url("action", _page(context).complaint, Action.CORRECT.value)


class Withdraw(ActionMenuItem):
    """Off the website; Wagtail's page for that asks once more."""

    name, label, icon_name = "action-withdraw", labels.ACTIONS[Action.WITHDRAW], "download"

    def is_shown(self, context: Mapping[str, Any]) -> bool:
        page = _page(context)
        return page.permissions_for_user(context["request"].user).can_unpublish()

    def get_url(self, context: Mapping[str, Any]) -> str:
        return reverse("wagtailadmin_pages:unpublish", args=[_page(context).pk])


# The first that is shown is the main button, the others stand behind its arrow.
ITEMS = (Published(), AnsweredPrivately(), Correct(), Withdraw())


def buttons(context: Mapping[str, Any]) -> list[ActionMenuItem]:
    """Those of the buttons that this user has on this page."""
    return [item for item in ITEMS if item.is_shown(context)]


def is_answered(page: ComplaintPage) -> bool:
    """True while the answer stands, and nobody works on it again."""
    return page.complaint.is_answered and not page.workflow_in_progress


def _page(context: Mapping[str, Any]) -> ComplaintPage:
    page = context["page"]
    if not isinstance(page, ComplaintPage):
        raise TypeError("These buttons are for the page of a complaint.")
    return page
