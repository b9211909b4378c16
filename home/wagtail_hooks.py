"""What this site adds to Wagtail's admin, what it removes, and does in another way."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from .staff_login import factor_log, requirement


@hooks.register("construct_help_menu")
def hide_foreign_help(request: HttpRequest, menu_items: list[Any]) -> None:
    """Wagtail's own help leads to pages in English on other sites; ours stays."""
    menu_items[:] = [item for item in menu_items if item.name == "pengaduan-guide"]


@hooks.register("register_account_menu_item")
def show_second_factor(request: HttpRequest) -> dict[str, str] | None:
    """The way to one's own factors, where the site asks for them."""
    if not requirement.is_on():
        return None
    return {
        "url": reverse("mfa_index"),
        "label": _("Two-step verification"),
        "help_text": _("Apps, passkeys and recovery codes: what you show besides the password."),
    }


@hooks.register("register_log_actions")
def name_factor_log(actions: LogActionRegistry) -> None:
    """What stands in the site history."""
    for action, label in (
        (factor_log.ADDED, gettext_lazy("Second factor set up")),
        (factor_log.REMOVED, gettext_lazy("Second factor removed")),
        (factor_log.RESET, gettext_lazy("Second factor reset")),
        (factor_log.LINKED, gettext_lazy("Linked to single sign-on")),
        (factor_log.UNLINKED, gettext_lazy("Unlinked from single sign-on")),
    ):
        actions.register_action(action, label, factor_log.MESSAGES[action])


@hooks.register("insert_global_admin_js")
def start_widgets_by_file() -> SafeString:
    return format_html('<script src="{}"></script>', static("home/admin-widgets.js"))


@hooks.register("pengaduan_listing_addresses")
def name_front_page() -> list[str]:
    """The front page shows the newest answers, so it is written again with each of them."""
    return ["/"]
