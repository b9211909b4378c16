"""Filters and tags of the public templates; what they write stands in presentation.formats."""

from __future__ import annotations

from django import template

from ..presentation import clock, duration, score_in_words, wib

register = template.Library()

for written in (clock, duration, score_in_words, wib):
    register.filter(written)


@register.simple_tag(takes_context=True)
def current(context: template.Context, path: str) -> str:
    """For `aria-current`: "page" on the page at `path`, "true" below it, else "false"."""
    here = getattr(context.get("request"), "path", "")
    if here == path:
        return "page"
    return "true" if path != "/" and here.startswith(path) else "false"
