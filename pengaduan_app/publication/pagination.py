"""One page of the public list, by keyset or by number.

Keyset pagination: a cursor names the last row that the reader has seen, so page 5,000 costs
what page 1 costs. Numbered pages (`page=`) work as far as an index can count quickly; beyond
that, readers follow the links to previous and next answers or narrow the list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from django.db.models import Q, QuerySet

from ..models import PublishedAnswer, RenderedCard
from ..presentation import read_key
from .list_filters import SORTS, Choice

PER_PAGE = 20
# The last page that can be reached by number: it ends with the 10,000th answer.
LAST_NUMBERED = 500
LONGEST_CURSOR = 40
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# The place of a row in the list: its moment, and its key among rows of the same moment.
Place: TypeAlias = tuple[datetime, int]
Rows: TypeAlias = QuerySet[PublishedAnswer, RenderedCard]


def write_cursor(row: RenderedCard) -> str:
    """The cursor of a row's place in the list: opaque to readers."""
    micros = (row.answered_at - EPOCH) // timedelta(microseconds=1)
    return f"{micros:x}-{row.pk:x}"


def read_cursor(text: str) -> Place | None:
    """The place that a cursor names, or None if it is malformed."""
    micros, _dash, key = text.partition("-")
    if len(text) > LONGEST_CURSOR or not (text.isascii() and micros.isalnum() and key.isalnum()):
        return None
    try:
        moment, number = EPOCH + timedelta(microseconds=int(micros, 16)), int(key, 16)
    except (ValueError, OverflowError):
        return None
    return (moment, number) if number < 2**63 else None


@dataclass(frozen=True)
class Slice:
    """One page of a list. `previous` and `next` are query strings; None at the list's ends."""

    rows: Sequence[RenderedCard]
    previous: str | None
    next: str | None
    number: int | None = None
    # The reader asked for a page number beyond the last one that can be reached.
    beyond: bool = False
    is_first: bool = False


def take(rows: Rows, params: Mapping[str, str], choice: Choice, per_page: int = PER_PAGE) -> Slice:
    """The page of `rows` that `params` asks for by `after`, `before` or `page`."""
    for name in ("after", "before"):
        cursor = read_cursor(params.get(name, ""))
        if cursor:
            return _by_cursor(rows, choice, cursor, name == "before", per_page)
    return _by_number(rows, choice, params.get("page", ""), per_page)


def _ordered(rows: Rows, newest_first: bool) -> Rows:
    return rows.order_by(*(("-answered_at", "-pk") if newest_first else ("answered_at", "pk")))


def _by_cursor(rows: Rows, choice: Choice, cursor: Place, backwards: bool, per_page: int) -> Slice:
    moment, key = cursor
    newest_first = (choice.sort == SORTS[0]) != backwards
    side = "lt" if newest_first else "gt"
    # First the span, which an index serves; then, within it, the rows that share the moment.
    past = Q(**{f"answered_at__{side}e": moment}) & (
        Q(**{f"answered_at__{side}": moment}) | Q(**{f"pk__{side}": key})
    )
    found = list(_ordered(rows.filter(past), newest_first)[: per_page + 1])
    more, found = len(found) > per_page, found[:per_page]
    if backwards:
        found.reverse()
        # Nothing newer: the reader is back at the start.
        if not found or not more:
            return _by_number(rows, choice, "1", per_page)
    return _slice(found, choice, has_previous=True, has_next=more or backwards)


def _by_number(rows: Rows, choice: Choice, text: str, per_page: int) -> Slice:
    asked = _page_number(text)
    number = min(asked, LAST_NUMBERED)
    start = (number - 1) * per_page
    ordered = _ordered(rows, choice.sort == SORTS[0])
    found = list(_window(ordered, start, per_page + 1))
    if not found and number > 1:
        return _last(rows, choice, per_page, beyond=True)
    more = len(found) > per_page
    return _slice(
        found[:per_page],
        choice,
        has_previous=number > 1,
        has_next=more,
        number=number,
        beyond=asked > number,
    )


def _window(ordered: Rows, start: int, count: int) -> Rows:
    """Rows by offset; beyond the first page the offset is counted on keys alone, in an index."""
    if not start:
        return ordered[:count]
    keys = list(ordered.values_list("pk", flat=True)[start : start + count])
    return ordered.filter(pk__in=keys)


def _page_number(text: str) -> int:
    """The page number, beyond the last page if it is a large one; 1 if there is none to read."""
    return min(max(1, read_key(text) or 1), LAST_NUMBERED + 1)


def _last(rows: Rows, choice: Choice, per_page: int, *, beyond: bool) -> Slice:
    """The last page of a list that has fewer pages than the number asked for."""
    found = list(_ordered(rows, choice.sort != SORTS[0])[: per_page + 1])
    more, found = len(found) > per_page, found[:per_page]
    found.reverse()
    return _slice(found, choice, has_previous=more, has_next=False, beyond=beyond)


def _slice(
    found: Sequence[RenderedCard],
    choice: Choice,
    *,
    has_previous: bool,
    has_next: bool,
    number: int | None = None,
    beyond: bool = False,
) -> Slice:
    return Slice(
        rows=found,
        previous=choice.query(before=write_cursor(found[0])) if found and has_previous else None,
        next=choice.query(after=write_cursor(found[-1])) if found and has_next else None,
        number=number,
        beyond=beyond,
        is_first=not has_previous,
    )
