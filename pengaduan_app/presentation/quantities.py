"""How figures are reckoned and written: one median, one share and one length of time,
for the public's pages and for the staff's reports alike."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from .formats import duration

# Below this a share says little: one case more or less moves it by twenty points.
FEW = 5
NO_FIGURE = "–"


def place_of(percent: int, count: int) -> int:
    """Where in so many values, sorted, the percentile stands, from 0 on."""
    # Rounded up: at least that share of the rows is no longer.
    return -(-count * percent // 100) - 1


def median(seconds: Collection[int]) -> int | None:
    """A time that something really took, and half of all took no longer; None for none."""
    return sorted(seconds)[place_of(50, len(seconds))] if seconds else None


@dataclass(frozen=True)
class Share:
    """A part of a whole, which keeps how many cases it rests on."""

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
        """The share, marked where `few_note` has to be said of it."""
        text = NO_FIGURE if self.value is None else share_text(self.value)
        return f"{text} *" if self.is_weak else text


def few_note() -> str:
    """What the mark beside a weak share means."""
    return _("* Rests on fewer than %(count)d cases and says little.") % {"count": FEW}


def count_text(value: float) -> str:
    """A whole number with its thousands apart."""
    return number_format(value, 0, force_grouping=True)


def share_text(value: float) -> str:
    """In whole per cent; only all is 100 %, and only nothing is 0 %."""
    percent = min(max(round(value * 100), 1), 99) if 0 < value < 1 else value * 100
    return _("%(number)d%%") % {"number": percent}


def seconds_text(seconds: int | None) -> str:
    """A length of time that may be missing."""
    return NO_FIGURE if seconds is None else duration(timedelta(seconds=seconds))
