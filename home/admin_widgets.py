"""Wagtail's choosers without inline scripts, which the site's policy refuses.

Wagtail writes a `<script>` behind each date field, chooser and list of rows. Here each has a
`<template>` that names what is to be called, and `static/home/admin-widgets.js` calls it. The
templates are in `templates/wagtailadmin/`; for choosers, Wagtail has none, and no hook.
"""

from __future__ import annotations

import json
import re
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.widgets import BaseChooser

# What `render_js_init` writes: `new ImageChooser("id_logo", {…});`
CALL = re.compile(r"(?P<name>(?:new )?\w+)\((?P<arguments>.*)\);?\s*", re.DOTALL)


def start_by_file() -> None:
    """Let every chooser, whatever its model, be written by `render_chooser`."""
    BaseChooser.render = render_chooser


def render_chooser(
    widget: Any,
    name: str,
    value: object,
    attrs: dict[str, Any] | None = None,
    renderer: object = None,
) -> SafeString:
    """The chooser's field, and how it is started.

    Raises TypeError without an id, as Wagtail does, and ValueError for a chooser whose script
    is more than one call.
    """
    if not attrs or not attrs.get("id"):
        raise TypeError("A chooser needs an id: give its widget one in `attrs`.")
    data = widget.get_value_data(value)
    call = CALL.fullmatch(widget.render_js_init(attrs["id"], name, data))
    if call is None:
        raise ValueError(
            f"The browser won't run the script of {type(widget).__name__}: let its "
            "render_js_init write a single call with JSON arguments."
        )
    arguments = json.loads(f"[{call['arguments']}]")
    return format_html(
        '{}<template data-controller="start-widget" data-start-widget-call-value="{}"'
        ' data-start-widget-arguments-value="{}"></template>',
        # Rendered by Wagtail's own template.
        SafeString(widget.render_html(name, data, attrs)),  # nosec B703
        call["name"],
        json.dumps(arguments),
    )
