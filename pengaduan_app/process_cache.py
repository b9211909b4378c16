"""Values that a process caches for a while because they are the same for every reader.

Unlike Django's cache in local memory it returns the stored objects themselves, without
pickling them on every read; so a cached value must never be changed. Pure Python.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from time import monotonic
from typing import Any, TypeVar

T = TypeVar("T")

MISSING = (None, 0.0)


class ProcessCache:
    """Values by key, each valid for `seconds`; when it is full, all of it is dropped."""

    def __init__(self, seconds: float, most: int = 2_000) -> None:
        self.seconds, self.most = seconds, most
        # Each caller's `make` gives the type of its own value.
        self._values: dict[Hashable, tuple[Any, float]] = {}
        self._generation = 0

    def get_or_set(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value of `key`, made now if it is missing or expired.

        A value isn't stored if the cache was cleared while it was being made: it may
        already be out of date.
        """
        value, until = self._values.get(key, MISSING)
        if until > monotonic():
            return value
        generation = self._generation
        value = make()
        if len(self._values) >= self.most:
            self._values.clear()
        if generation == self._generation:
            self._values[key] = value, monotonic() + self.seconds
        return value

    def clear(self) -> None:
        """Drop every value."""
        self._generation += 1
        self._values.clear()
