"""Wagtail's database search, fed with plain words.

Its SQLite backend puts quotation marks and null bytes into the full-text expression unescaped,
and both backends recurse once for each word. So what people type is reduced here, for pages,
API and admin alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from wagtail.search.backends import database
from wagtail.search.query import Phrase, PlainText, SearchQuery

MOST_WORDS = 20
WORD = re.compile(r"\w+")


def words_of(text: str) -> str:
    """Letters and digits in lower case: upper-case OR and NOT are the index's operators."""
    return " ".join(WORD.findall(text.lower())[:MOST_WORDS])


def plain(query: SearchQuery | str) -> SearchQuery | str:
    """The same query, text or tree, with plain words only; empty if a part has none left."""
    if isinstance(query, str):
        return words_of(query)
    leaves = list(leaves_of(query))
    for leaf in leaves:
        leaf.query_string = words_of(leaf.query_string)
    return query if all(leaf.query_string for leaf in leaves) else ""


def leaves_of(query: SearchQuery) -> Iterator[PlainText | Phrase]:
    """The parts of a query's tree that hold text."""
    if isinstance(query, PlainText | Phrase):
        yield query
    for part in getattr(query, "subqueries", ()):
        yield from leaves_of(part)


class PlainWords:
    """A mixin for Wagtail's database backends."""

    def _search(
        self,
        query_compiler_class: type,
        query: SearchQuery | str,
        model_or_queryset: Any,
        **kwargs: Any,
    ) -> Any:
        return super()._search(  # type: ignore[misc]
            query_compiler_class, plain(query), model_or_queryset, **kwargs
        )


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802  the name that Wagtail looks for
    """The backend of the site's database, SQLite or PostgreSQL."""
    base = type(database.SearchBackend(params))
    return type("PlainWordsBackend", (PlainWords, base), {})(params)
