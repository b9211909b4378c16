"""The public list of answers: what an address asks for, and which rows that is.

Lists are walked by keyset: a cursor names the row that the reader has seen last, so page
5,000 costs what page 1 costs. Numbered pages (`page=`) work as far as an index can count
quickly; further on "older" and "newer" lead, or a narrower filter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q

from .list_filters import SORTS, Choice

PER_PAGE = 20
# The last page that a number leads to: the 10,000th answer.
LAST_NUMBERED = 500
LONGEST_CURSOR = 40
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def write_cursor(row) -> str:
    """An opaque name of a row's place in the list: its moment and its key."""
    micros = (row.answered_at - EPOCH) // timedelta(microseconds=1)
    return f"{micros:x}-{row.pk:x}"


def read_cursor(text: str) -> tuple[datetime, int] | None:
    """The place that a cursor names, or None for what isn't one."""
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
    """One page of a list, with the ways on: query strings, or None where there is none."""

    rows: list
    previous: str | None
    next: str | None
    number: int | None = None
    # The reader asked for a page by a number that numbers don't reach.
    beyond: bool = False
    is_first: bool = False

    @property
    def previous_queries(self) -> list[str]:
        return [self.previous] if self.previous else []

    @property
    def next_queries(self) -> list[str]:
        return [self.next] if self.next else []


def take(rows, params, choice: Choice, per_page: int = PER_PAGE) -> Slice:
    """The page of `rows` that `params` asks for by `after`, `before` or `page`."""
    for name in ("after", "before"):
        cursor = read_cursor(params.get(name, ""))
        if cursor:
            return _by_cursor(rows, choice, cursor, name == "before", per_page)
    return _by_number(rows, choice, params.get("page", ""), per_page)


def _ordered(rows, newest_first: bool):
    return rows.order_by(*(("-answered_at", "-pk") if newest_first else ("answered_at", "pk")))


def _by_cursor(rows, choice: Choice, cursor, backwards: bool, per_page: int) -> Slice:
    moment, key = cursor
    newest_first = (choice.sort == SORTS[0]) != backwards
    side = "lt" if newest_first else "gt"
    # First the span, which an index reads, and in it what shares the moment.
    past = Q(**{f"answered_at__{side}e": moment}) & (
        Q(**{f"answered_at__{side}": moment}) | Q(**{f"pk__{side}": key})
    )
    found = list(_ordered(rows.filter(past), newest_first)[: per_page + 1])
    more, found = len(found) > per_page, found[:per_page]
    if backwards:
        found.reverse()
        # Nothing newer: the reader has come back to the start.
        if not found or not more:
            return _by_number(rows, choice, "1", per_page)
    return _slice(found, choice, has_previous=True, has_next=more or backwards)


def _by_number(rows, choice: Choice, text: str, per_page: int) -> Slice:
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


def _window(ordered, start: int, count: int):
    """Rows by offset; far from the start only keys are counted off, out of an index."""
    if not start:
        return ordered[:count]
    keys = list(ordered.values_list("pk", flat=True)[start : start + count])
    return ordered.filter(pk__in=keys)


def _page_number(text: str) -> int:
    """A page's number; 1 for what is none, and the end for what is too long to count to."""
    if not (text.isascii() and text.isdecimal()):
        return 1
    return max(1, int(text)) if len(text) < 9 else LAST_NUMBERED + 1


def _last(rows, choice: Choice, per_page: int, *, beyond: bool) -> Slice:
    """The end of a list that has fewer pages than the number asked for."""
    found = list(_ordered(rows, choice.sort != SORTS[0])[: per_page + 1])
    more, found = len(found) > per_page, found[:per_page]
    found.reverse()
    return _slice(found, choice, has_previous=more, has_next=False, beyond=beyond)


def _slice(found, choice: Choice, *, has_previous, has_next, number=None, beyond=False) -> Slice:
    return Slice(
        rows=found,
        previous=choice.query(before=write_cursor(found[0])) if found and has_previous else None,
        next=choice.query(after=write_cursor(found[-1])) if found and has_next else None,
        number=number,
        beyond=beyond,
        is_first=not has_previous,
    )
