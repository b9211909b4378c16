"""Public pages assembled from stored HTML: one narrow query each.

Nothing here decides what is shown: prerendering.py rendered the articles and cards with the
same templates that views.py falls back on. These functions return None if something that they
need is missing, and the view renders the page instead.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import NamedTuple, cast

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import get_conditional_response
from django.utils.html import escape
from django.utils.timezone import is_naive
from wagtail import hooks

from ..models import PublishedAnswer, answer_address
from . import neighbours, page_shell, prerendering
from .answer_context import RELATED_HOOK, origin_of, section_of
from .list_context import Asked
from .neighbours import Place
from .pagination import Slice

# Marks in a cached list where its cards and the links to other pages belong.
CARDS, PREVIOUS, NEXT = "\ue003", "\ue004", "\ue005"


class Article(NamedTuple):
    """What an answer's page needs of its row."""

    pk: int
    agency_id: int
    category_id: int | None
    answered_at: datetime
    agency__slug: str
    drawn_by: str
    article: str


def answer(request: HttpRequest, agency: str, slug: str) -> HttpResponse | None:
    """One answer's page, or a redirect to its current address."""
    shell = page_shell.shell_of(request)
    if shell is None or hooks.get_hooks(RELATED_HOOK):
        return None
    row = _row(slug)
    if row is None or row.drawn_by != prerendering.version() or not row.article:
        return None
    if row.agency__slug != agency:
        return redirect(answer_address(row.agency__slug, slug), permanent=True)
    article = prerendering.addressed(row.article, origin_of(request), _related(row))
    return _response(request, shell.fill(prerendering.split(article)))


def _row(slug: str) -> Article | None:
    with connection.cursor() as cursor:
        cursor.execute(_statement(), [slug])
        found = cursor.fetchone()
    return found and Article(*found)


@cache
def _statement() -> str:
    """Django's own SQL, compiled once: compiling it took longer than the rest of the page.

    Its only parameter is the slug; its columns are those of Article, in their order.
    """
    rows = PublishedAnswer.objects.filter(slug="").values_list(*Article._fields)
    return rows.query.sql_with_params()[0]


def listing(
    request: HttpRequest, asked: Asked, found: Slice, parts_of: Callable[[Slice], dict[str, str]]
) -> HttpResponse | None:
    """A page of a list.

    `parts_of` renders the list's parts for a slice whose cards and links are marks; they are
    cached for all readers, and each request fills the marks in.
    """
    shell = page_shell.shell_of(request)
    # A list without rows may be closed to the public; only its page knows.
    if shell is None or not found.rows or found.beyond:
        return None
    previous, following = found.previous and PREVIOUS, found.next and NEXT
    marked = replace(found, rows=[], previous=previous, next=following)
    query = asked.choice.query()
    key = ("list", asked.address, origin_of(request), query, found.is_first, previous, following)
    text = prerendering.finished.get_or_set(key, lambda: _filled(shell, parts_of(marked)))
    text = text.replace(PREVIOUS, escape(found.previous or ""))
    text = text.replace(NEXT, escape(found.next or ""))
    cards = "".join(prerendering.cards_of(found.rows))
    return _response(request, text.replace(CARDS, cards)) if text else None


def _filled(shell: page_shell.PageShell, parts: dict[str, str]) -> str:
    return shell.fill(parts) if parts else ""


def _related(row: Article) -> str:
    """The section with the answers beside this one; cached, as many read the same answer."""
    moment = row.answered_at
    if is_naive(moment):
        # SQLite's own reading of the column, past Django's: in UTC.
        moment = moment.replace(tzinfo=UTC)
    place = Place(row.pk, row.agency_id, row.category_id, moment)
    return prerendering.finished.get_or_set(("related", row.pk), lambda: _beside(place))


def _beside(place: Place) -> str:
    return section_of(prerendering.cards_of(neighbours.beside(place)))


def _response(request: HttpRequest, text: str) -> HttpResponse:
    """Browsers store the page and revalidate it on each visit, so that a withdrawn answer is
    gone at once."""
    body = text.encode()
    tag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    response = HttpResponse(body, headers={"ETag": tag, "Cache-Control": "no-cache"})
    # Never None when it is given a response.
    return cast(HttpResponse, get_conditional_response(request, etag=tag, response=response))
