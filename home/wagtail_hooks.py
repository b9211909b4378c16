"""What this site removes from Wagtail's admin, and does in another way."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("construct_main_menu")
def hide_help(request: HttpRequest, menu_items: list[Any]) -> None:
    """The help menu leads to pages in English on other sites."""
    menu_items[:] = [item for item in menu_items if item.name != "help"]


@hooks.register("insert_global_admin_js")
def start_widgets_by_file() -> SafeString:
    return format_html('<script src="{}"></script>', static("home/admin-widgets.js"))
