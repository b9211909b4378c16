"""Wagtail's database search, fed with plain words.

Its SQLite backend puts quotation marks and null bytes into the full-text expression as they
came, and both backends recurse once a word; so what people type is reduced here, for the
public search, the API and the admin alike.
"""

import re

from wagtail.search.backends import database
from wagtail.search.query import Phrase, PlainText

MOST_WORDS = 20
WORD = re.compile(r"\w+")


def words_of(text: str) -> str:
    """Letters and digits in lower case: upper-case OR and NOT are the index's own words."""
    return " ".join(WORD.findall(text.lower())[:MOST_WORDS])


def plain(query):
    """The same query, text or tree, with plain words alone; empty where one has none left."""
    if isinstance(query, str):
        return words_of(query)
    leaves = list(leaves_of(query))
    for leaf in leaves:
        leaf.query_string = words_of(leaf.query_string)
    return query if all(leaf.query_string for leaf in leaves) else ""


def leaves_of(query):
    """The parts of a query's tree that hold text."""
    if isinstance(query, PlainText | Phrase):
        yield query
    for part in getattr(query, "subqueries", ()):
        yield from leaves_of(part)


class PlainWords:
    """Put before one of Wagtail's database backends."""

    def _search(self, query_compiler_class, query, model_or_queryset, **kwargs):
        return super()._search(query_compiler_class, plain(query), model_or_queryset, **kwargs)


def SearchBackend(params):  # noqa: N802  the name under which Wagtail looks for it
    """The backend of the site's database, SQLite or PostgreSQL."""
    base = type(database.SearchBackend(params))
    return type("PlainWordsBackend", (PlainWords, base), {})(params)
