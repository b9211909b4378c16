"""What an address asks a public list for, and the database condition that it means."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Q
from django.utils import timezone

FILTERS = ("agency", "category", "village", "kind", "year")


SORTS = ("newest", "oldest")


@dataclass(frozen=True)
class Option:
    """One value of a filter: `key` is what rows hold, `value` what addresses say."""

    key: object
    value: str
    label: str


@dataclass(frozen=True)
class Choice:
    """What an address asks for, with everything unknown or malformed left out."""

    chosen: dict[str, Option] = field(default_factory=dict)
    sort: str = SORTS[0]

    @property
    def keys(self) -> dict[str, object]:
        """The chosen values as rows hold them; it can stand as a cache's key."""
        return {name: option.key for name, option in self.chosen.items()}

    def query(self, **others) -> str:
        """The address's query for the same choice, with others added."""
        values = {name: option.value for name, option in self.chosen.items()}
        if self.sort != SORTS[0]:
            values["sort"] = self.sort
        return urlencode(values | others)

    def without(self, name: str) -> Choice:
        rest = {key: option for key, option in self.chosen.items() if key != name}
        return Choice(rest, self.sort)


def read_choice(params, options: dict[str, list[Option]]) -> Choice:
    """The filters and the order that `params` (a QueryDict) names.

    What is unknown or malformed is ignored: an old link still shows a list.
    """
    chosen = {}
    for name in FILTERS:
        wanted = params.get(name, "")
        found = [option for option in options.get(name, ()) if option.value == wanted]
        if found:
            chosen[name] = found[0]
    sort = params.get("sort")
    return Choice(chosen, sort if sort in SORTS else SORTS[0])


def conditions(keys: dict[str, object], row: str = "") -> Q:
    """The chosen values as a database condition that an index serves.

    A year is a span of `answered_at`, so that it needs no index of its own. `row` leads
    from what is filtered to the published answer.
    """
    columns = {name: row + (name if name == "kind" else f"{name}_id") for name in keys}
    wanted = Q(**{columns[name]: key for name, key in keys.items() if name != "year"})
    if "year" in keys:
        zone = timezone.get_default_timezone()
        start, end = (datetime(keys["year"] + more, 1, 1, tzinfo=zone) for more in (0, 1))
        wanted &= Q(**{f"{row}answered_at__gte": start, f"{row}answered_at__lt": end})
    return wanted
