"""Reads filters and order from an address, and turns them into a database condition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise

FILTERS = ("agency", "category", "village", "kind", "year")
SORTS = ("newest", "oldest")


@dataclass(frozen=True)
class Option:
    """One value of a filter: `key` is stored in the rows, `value` stands in addresses.

    A lazy label is translated when it is shown, as a process caches options for all readers.
    """

    key: int | str
    value: str
    label: str | Promise


@dataclass(frozen=True)
class Choice:
    """What an address asks for, without the values that are unknown or malformed."""

    chosen: dict[str, Option] = field(default_factory=dict)
    sort: str = SORTS[0]

    @property
    def keys(self) -> dict[str, int | str]:
        """The chosen values as the rows store them, by filter."""
        return {name: option.key for name, option in self.chosen.items()}

    def query(self, **others: str) -> str:
        """The query string for this choice and further parameters."""
        values = {name: option.value for name, option in self.chosen.items()}
        if self.sort != SORTS[0]:
            values["sort"] = self.sort
        return urlencode(values | others)

    def without(self, name: str) -> Choice:
        """This choice without one of its filters."""
        rest = {key: option for key, option in self.chosen.items() if key != name}
        return Choice(rest, self.sort)


def read_choice(params: Mapping[str, str], options: Mapping[str, Sequence[Option]]) -> Choice:
    """The filters and the order that `params` (a QueryDict) names.

    Ignores values that are unknown or malformed, so that an old link still shows a list.
    """
    chosen = {}
    for name in FILTERS:
        wanted = params.get(name, "")
        found = [option for option in options.get(name, ()) if option.value == wanted]
        if found:
            chosen[name] = found[0]
    sort = params.get("sort", "")
    return Choice(chosen, sort if sort in SORTS else SORTS[0])


def conditions(keys: Mapping[str, int | str], row: str = "") -> Q:
    """The chosen values as a database condition that an index serves.

    A year is a span of `answered_at`, so that it needs no index of its own. `row` is the
    lookup path from the filtered model to the published answer, with its `__`.
    """
    columns = {name: row + (name if name == "kind" else f"{name}_id") for name in keys}
    wanted = Q(**{columns[name]: key for name, key in keys.items() if name != "year"})
    if "year" in keys:
        zone = timezone.get_default_timezone()
        year = int(keys["year"])
        start, end = (datetime(each, 1, 1, tzinfo=zone) for each in (year, year + 1))
        wanted &= Q(**{f"{row}answered_at__gte": start, f"{row}answered_at__lt": end})
    return wanted
