"""A cache in the process's own memory, for values that are the same for every reader.

Unlike Django's local-memory cache it hands out the objects themselves and pickles nothing on
each read, so a cached value must never be changed. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from time import monotonic
from typing import TypeVar, cast

T = TypeVar("T")

MISSING = (None, 0.0)


class ProcessCache:
    """Values by key, each kept for `seconds`; a full cache is emptied and fills up again."""

    def __init__(self, seconds: float, most: int = 2_000) -> None:
        self.seconds, self.most = seconds, most
        self._values: dict[Hashable, tuple[object, float]] = {}
        self._age = 0

    def get_or_set(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value of `key`, made now if it is missing or expired.

        A value is not stored if the cache was cleared while it was being made: it may be
        stale already.
        """
        value, until = self._values.get(key, MISSING)
        if until > monotonic():
            return cast(T, value)
        age = self._age
        value = make()
        if len(self._values) >= self.most:
            self._values.clear()
        if age == self._age:
            self._values[key] = value, monotonic() + self.seconds
        return value

    def clear(self) -> None:
        """Drop every value."""
        self._age += 1
        self._values.clear()
