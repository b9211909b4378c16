"""The query string of the complaint list: what of it is known, and what the list opens on."""

from __future__ import annotations

from django.http import QueryDict
from django.urls import reverse

from ...permissions import StaffRequest
from .filters import OPEN, ComplaintFilterSet

# What narrows the list besides its filters.
SEARCH = "q"


def names_of(filters: ComplaintFilterSet) -> list[str]:
    """The names under which the filters' values stand in a query string; a period has two."""
    names = []
    for name, field in filters.form.fields.items():
        suffixes = getattr(field.widget, "suffixes", None)
        names += [f"{name}_{suffix}" for suffix in suffixes] if suffixes else [name]
    return names


def narrowing(request: StaffRequest, query: str | QueryDict) -> QueryDict:
    """The part of a query string that narrows the list for this user: filters that they have,
    with values that these take, and the words to search for."""
    given = QueryDict(query) if isinstance(query, str) else query
    filters = ComplaintFilterSet(given, request=request)
    wrong = filters.form.errors
    kept = QueryDict(mutable=True)
    for name in (*names_of(filters), SEARCH):
        base = name.removesuffix("_from").removesuffix("_to")
        if given.get(name) and name not in wrong and base not in wrong:
            kept.setlist(name, given.getlist(name)[-1:])
    return kept


def with_default(request: StaffRequest) -> QueryDict:
    """What the list is narrowed by: as it was asked for, and to what is open if nothing was."""
    asked = request.GET.copy()
    filters = ComplaintFilterSet(asked, request=request)
    if not any(name in asked for name in (*names_of(filters), SEARCH)):
        asked["status"] = OPEN
    return asked


def list_url(query: str | QueryDict) -> str:
    """The address of the list, narrowed by the query string."""
    text = query if isinstance(query, str) else query.urlencode()
    return f"{reverse('pengaduan_admin:list')}?{text}"


def complaint_url(complaint_pk: int, scope: str) -> str:
    """The address of a complaint's page, opened from the list with the query string `scope`."""
    query = QueryDict(mutable=True)
    query["queue"] = scope
    return f"{reverse('pengaduan_admin:inspect', args=[complaint_pk])}?{query.urlencode()}"
