"""Filters and tags of the public templates; presentation.formats has the functions."""

from __future__ import annotations

from django import template

from ..presentation import clock, duration, score_in_words, wib

register = template.Library()

for function in (clock, duration, score_in_words, wib):
    register.filter(function)


@register.simple_tag(takes_context=True)
def current(context: template.Context, path: str) -> str:
    """For `aria-current`: "page" on the page at `path`, "true" below it, otherwise "false"."""
    here = getattr(context.get("request"), "path", "")
    if here == path:
        return "page"
    return "true" if path != "/" and here.startswith(path) else "false"
