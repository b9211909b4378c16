"""What this site removes from Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail import hooks


@hooks.register("construct_main_menu")
def hide_help(request: HttpRequest, menu_items: list[Any]) -> None:
    """The help menu leads to pages in English on other sites."""
    menu_items[:] = [item for item in menu_items if item.name != "help"]
