"""The median, the share and the length of time: computed and written in the same way on the
public pages and in the reports of the staff."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from .formats import duration

# Of fewer cases a share says little: a single case moves it by twenty points or more.
FEW = 5
NO_FIGURE = "–"


def place_of(percent: int, count: int) -> int:
    """The index of the percentile among `count` sorted values, from 0."""
    # Rounded up, so that at least that share of the values is no larger.
    return -(-count * percent // 100) - 1


def median(seconds: Collection[int]) -> int | None:
    """The lower median, which is always one of the values; None if there are no values."""
    return sorted(seconds)[place_of(50, len(seconds))] if seconds else None


@dataclass(frozen=True)
class Share:
    """A part of a whole, with the number of cases that it is computed from."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        return self.part / self.whole if self.whole else None

    @property
    def is_weak(self) -> bool:
        return 0 < self.whole < FEW

    @property
    def text(self) -> str:
        """The share in per cent, with a mark if `few_note` applies."""
        text = NO_FIGURE if self.value is None else share_text(self.value)
        return f"{text} *" if self.is_weak else text


def few_note() -> str:
    """The explanation of the mark beside a weak share."""
    return _("* Rests on fewer than %(count)d cases and says little.") % {"count": FEW}


def count_text(value: float) -> str:
    """A whole number with its thousands separated."""
    return number_format(value, 0, force_grouping=True)


def share_text(value: float) -> str:
    """A share in whole per cent; 100 % only for all cases, 0 % only for none."""
    percent = min(max(round(value * 100), 1), 99) if 0 < value < 1 else value * 100
    return _("%(number)d%%") % {"number": percent}


def seconds_text(seconds: int | None) -> str:
    """A length of time in words; a dash if it is missing."""
    return NO_FIGURE if seconds is None else duration(timedelta(seconds=seconds))
