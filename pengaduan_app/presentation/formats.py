"""How names, moments, lengths of time and ratings are written for people."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Protocol

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..procedure import WIB


class Scored(Protocol):
    """An entry of the thread; the model itself stands in a later wing."""

    @property
    def score(self) -> int | None: ...


class Person(Protocol):
    """What `person_name` needs of somebody; Django's AbstractUser has both."""

    def get_full_name(self) -> str: ...

    def get_username(self) -> str: ...


def person_name(person: Person | None) -> str:
    """The name of a member of staff, never an address; empty for nobody."""
    return (person.get_full_name() or person.get_username()) if person else ""


def wib(value: datetime | None) -> str:
    """A moment in western Indonesia time: 23 Februari 2026 pukul 07.30 WIB."""
    if value is None:
        return ""
    local = timezone.localtime(value, WIB)
    return _("%(date)s at %(time)s WIB") % {
        "date": date_format(local, "j F Y"),
        "time": date_format(local, "H.i"),
    }


def short_moment(value: datetime | None) -> str:
    """A moment in the short form of listings, in the same zone: 23-02-2026 07.30."""
    if value is None:
        return "–"
    return date_format(timezone.localtime(value, WIB), "SHORT_DATETIME_FORMAT")


def moment_today(value: datetime, now: datetime) -> str:
    """The time alone if `value` is on the same day as `now`, 19.57; otherwise the short form."""
    local = timezone.localtime(value, WIB)
    if local.date() != timezone.localtime(now, WIB).date():
        return short_moment(value)
    return date_format(local, "H.i")


def short_day(value: datetime) -> str:
    """The day of a moment in the same zone, for listings without room for the time."""
    return date_format(timezone.localtime(value, WIB), "SHORT_DATE_FORMAT")


def long_day(value: date) -> str:
    """A day in words, of a date or of a moment in the same zone: 23 Februari 2026."""
    if isinstance(value, datetime):
        value = timezone.localtime(value, WIB)
    return date_format(value, "j F Y")


def clock(value: datetime) -> str:
    """`moment_today`, as of now."""
    return moment_today(value, timezone.now())


def score_in_words(entry: Scored) -> str:
    """The rating in an entry of the thread: 4 dari 5; empty for entries of other kinds."""
    return _("%(score)d of 5") % {"score": entry.score} if entry.score else ""


def duration(value: timedelta | None) -> str:
    """A length of time in at most two units: 30 menit, 2 jam 5 menit, 1 hari 3 jam."""
    if value is None:
        return ""
    minutes = int(value.total_seconds() // 60)
    if minutes < 1:
        return _("less than a minute")
    days, hours = divmod(minutes // 60, 24)
    units = [_days(days), _hours(hours), _minutes(minutes % 60)]
    return " ".join([text for text in (units[:2] if days else units[1:]) if text])


def _days(count: int) -> str:
    text = ngettext("%(count)d day", "%(count)d days", count) if count else ""
    return text and text % {"count": count}


def _hours(count: int) -> str:
    text = ngettext("%(count)d hour", "%(count)d hours", count) if count else ""
    return text and text % {"count": count}


def _minutes(count: int) -> str:
    text = ngettext("%(count)d minute", "%(count)d minutes", count) if count else ""
    return text and text % {"count": count}
