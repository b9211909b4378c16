"""Median and 90th percentile of the seconds that steps took, found by the database.

A percentile is a time that a step really took: the shortest one that half (or nine tenths)
of the steps kept to. The row count gives that row's position, and an index sorted by seconds
is walked to it; ranking a million rows by a window function takes ten times as long.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.models import Count, QuerySet

from ...models import StepRecord
from ...presentation import place_of

PERCENTS = (50, 90)
Key = TypeVar("Key")


@dataclass(frozen=True)
class Times(Generic[Key]):
    """How long the steps of one group took, in seconds."""

    key: Key
    count: int
    median: int
    p90: int


def times_by(records: QuerySet[StepRecord], group: str) -> list[Times[Any]]:
    """The times of `records` by the column `group`; two queries for any number of groups."""
    counts = list(records.order_by().values_list(group).annotate(count=Count("*")).order_by(group))
    if not counts:
        return []
    wanted = [_at(records.filter(**_is(group, key)), count) for key, count in counts]
    found = _values([row for rows in wanted for row in rows])
    size = len(PERCENTS)
    return [
        Times(key, count, *found[number * size : number * size + size])
        for number, (key, count) in enumerate(counts)
    ]


def _is(group: str, key: object) -> dict[str, object]:
    return {f"{group}__isnull": True} if key is None else {group: key}


def _at(records: QuerySet[StepRecord], count: int) -> list[QuerySet[Any]]:
    """For each percentile the row that has it, as a query of one value."""
    ordered = records.order_by("seconds").values_list("seconds")
    places = [place_of(percent, count) for percent in PERCENTS]
    return [ordered[place : place + 1] for place in places]


def _values(queries: list[QuerySet[Any]]) -> tuple[int, ...]:
    """The single values of all these queries, in one query.

    Subqueries of one SELECT, because SQLite allows no LIMIT within a UNION.
    """
    connection = connections[queries[0].db]
    compiled = [query.query.get_compiler(connection=connection).as_sql() for query in queries]
    columns = ", ".join(f"({sql})" for sql, _parameters in compiled)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns}",
            [value for _sql, parameters in compiled for value in parameters],
        )
        return cursor.fetchone()
