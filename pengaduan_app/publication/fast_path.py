"""Public pages put together from what has been drawn already: one narrow query each.

Nothing here decides what is shown: articles and cards were drawn by the very templates
that browse.py falls back on (models/rendering.py). Where something isn't at hand, these
say None.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from django.db import connection
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.cache import get_conditional_response
from django.utils.html import escape
from wagtail import hooks

from ..models import PublishedAnswer, answer_address
from . import facets, page_shell, prerendering
from .answer_context import RELATED_HOOK, origin_of, related_section
from .list_context import Asked
from .pagination import Slice

# Marks in a kept list where its cards and the ways on belong.
CARDS, PREVIOUS, NEXT = "\ue003", "\ue004", "\ue005"


class Article(NamedTuple):
    """What an answer's page takes from its row."""

    pk: int
    agency_id: int
    category_id: int | None
    agency__slug: str
    drawn_by: str
    article: str


def answer(request, agency: str, slug: str) -> HttpResponse | None:
    """One answer's page, or where it stands now."""
    frame = page_shell.frame_of(request)
    if frame is None or hooks.get_hooks(RELATED_HOOK):
        return None
    row = _row(slug)
    if row is None or row.drawn_by != prerendering.version() or not row.article:
        return None
    if row.agency__slug != agency:
        return redirect(answer_address(row.agency__slug, slug), permanent=True)
    article = prerendering.addressed(row.article, origin_of(request), _related(row))
    return _response(request, frame.fill(prerendering.split(article)))


def _row(slug: str) -> Article | None:
    with connection.cursor() as cursor:
        cursor.execute(_statement(), [slug])
        found = cursor.fetchone()
    return found and Article(*found)


@cache
def _statement() -> str:
    """Django's own SQL, made once: making it took longer than all the rest of a page. Its
    one parameter is the slug, and its columns are read as they come."""
    rows = PublishedAnswer.objects.filter(slug="").values_list(*Article._fields)
    return rows.query.sql_with_params()[0]


def listing(request, asked: Asked, found: Slice, shell: Callable[[Slice], dict]):
    """A page of a list, or None; `shell` draws its parts around marks for what changes."""
    frame = page_shell.frame_of(request)
    # A list without rows may be one that is closed: that is asked of its page.
    if frame is None or not found.rows or found.beyond:
        return None
    ways = {"previous": PREVIOUS, "next": NEXT}
    marks = {name: mark for name, mark in ways.items() if getattr(found, name)}
    marked = replace(found, rows=[], **marks)
    key = ("list", asked.address, origin_of(request), asked.choice.query(), found.is_first, *marks)
    text = prerendering.finished.get_or_set(key, lambda: _filled(frame, shell(marked)))
    for name, mark in marks.items():
        text = text.replace(mark, escape(getattr(found, name)))
    cards = "".join(prerendering.cards_of(found.rows))
    return _response(request, text.replace(CARDS, cards)) if text else None


def _filled(frame: page_shell.Frame, parts: dict[str, str]) -> str:
    return frame.fill(parts) if parts else ""


def _related(row) -> str:
    """Others like it, as drawn for its agency and category; each answer leaves out itself."""
    alike = facets.alike(row.agency_id, row.category_id)
    others = facets.others(alike, row.pk)
    key = ("related", *(other.pk for other in others))
    return prerendering.finished.get_or_set(key, lambda: related_section(others))


def _response(request, text: str) -> HttpResponse:
    """Readers' browsers keep it and ask each time whether it still holds: a withdrawn
    answer is gone at once."""
    body = text.encode()
    tag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    response = HttpResponse(body, headers={"ETag": tag, "Cache-Control": "no-cache"})
    return get_conditional_response(request, etag=tag, response=response)
