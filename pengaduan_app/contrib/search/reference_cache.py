"""What each process remembers for searching: synonyms, and the names of what is filtered by.

Valid while the stamp in the database is the one it was read with. The stamp is read with
each search's first query, so a change applies at once, in every process.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from ...models import Agency, Category, Village
from .models import Stamp, SynonymSet
from .query import Names
from .synonym_lines import Name, names_of


@dataclass(frozen=True)
class Label:
    """An agency, category or village, as filters and hits name it."""

    pk: int
    slug: str
    name: str
    short_name: str


@dataclass(frozen=True)
class ReferenceData:
    stamp: int = 0
    names: Names = field(default_factory=Names)
    labels: dict[str, dict[int, Label]] = field(default_factory=dict)


_current = ReferenceData()


def current() -> ReferenceData:
    """What was read last; perhaps out of date."""
    return _current


def latest() -> ReferenceData:
    """What is true now, for callers that ask the index nothing else."""
    return of(Stamp.objects.values_list("number", flat=True).first() or 0)


def of(stamp: int) -> ReferenceData:
    """The data that belong to this stamp of the database, read if they aren't here yet."""
    global _current
    if stamp == 0 or stamp != _current.stamp:
        _current = _read(stamp)
    return _current


def invalidate() -> None:
    """Synonyms or names have changed: every process reads them again.

    The number is random and no counter: a number that was rolled back must not come again.
    """
    Stamp.objects.update_or_create(pk=1, defaults={"number": secrets.randbits(62) + 1})


def _read(stamp: int) -> ReferenceData:
    labels = {
        name: {row.pk: _label(row) for row in model._default_manager.all()}
        for name, model in (("agency", Agency), ("category", Category), ("village", Village))
    }
    places = frozenset(name for row in labels["village"].values() for name in names_of(row.name))
    return ReferenceData(stamp, Names(_synonyms(), places), labels)


def _label(row: Agency | Category | Village) -> Label:
    return Label(row.pk, row.slug, row.name, getattr(row, "short_name", row.name))


def _synonyms() -> dict[Name, tuple[Name, ...]]:
    """A name in several lines means all of them; the lines of those aren't followed."""
    found: dict[Name, dict[Name, None]] = {}
    for line in SynonymSet.objects.values_list("words", flat=True):
        names = names_of(line)
        for name in names:
            found.setdefault(name, {name: None}).update(dict.fromkeys(names))
    return {name: tuple(others) for name, others in found.items()}
