"""What this site leaves out of Wagtail's admin."""

from wagtail import hooks


@hooks.register("construct_main_menu")
def hide_help(request, menu_items):
    """Its entries lead to pages in English elsewhere."""
    menu_items[:] = [item for item in menu_items if item.name != "help"]
