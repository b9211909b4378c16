"""What a process remembers for a while: things that are the same for every reader.

Unlike Django's cache in memory it hands out the very objects, without pickling them on
every read; so whatever is put in is never changed afterwards. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from time import monotonic
from typing import TypeVar

T = TypeVar("T")

MISSING = (None, 0.0)


class Memory:
    """Values by key, each for `seconds`; when it is full it starts anew."""

    def __init__(self, seconds: float, most: int = 2_000):
        self.seconds, self.most = seconds, most
        self._values: dict[Hashable, tuple[object, float]] = {}
        self._age = 0

    def get_or_set(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value of `key`, made now if it isn't there or too old.

        What was forgotten while it was being made isn't remembered: it may be old already.
        """
        value, until = self._values.get(key, MISSING)
        if until > monotonic():
            return value
        age = self._age
        value = make()
        if len(self._values) >= self.most:
            self._values.clear()
        if age == self._age:
            self._values[key] = value, monotonic() + self.seconds
        return value

    def clear(self) -> None:
        """Forget everything."""
        self._age += 1
        self._values.clear()
