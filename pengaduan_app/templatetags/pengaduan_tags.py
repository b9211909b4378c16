"""How durations and moments are written for people, for templates."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..measures import duration

register = template.Library()

WIB = ZoneInfo("Asia/Jakarta")


register.filter(duration)


@register.filter
def wib(value: datetime | None) -> str:
    """A moment on the clock of western Indonesia: 23 Februari 2026 pukul 07.30 WIB."""
    if value is None:
        return ""
    local = timezone.localtime(value, WIB)
    return _("%(date)s at %(time)s WIB") % {
        "date": date_format(local, "j F Y"),
        "time": date_format(local, "H.i"),
    }


def short_moment(value: datetime | None) -> str:
    """A moment as listings show it, on the same clock: 23-02-2026 07.30."""
    if value is None:
        return "–"
    return date_format(timezone.localtime(value, WIB), "SHORT_DATETIME_FORMAT")


def moment_today(value: datetime, now: datetime) -> str:
    """A moment by its time alone where it is of the same day as `now`: 19.57."""
    local = timezone.localtime(value, WIB)
    if local.date() != timezone.localtime(now, WIB).date():
        return short_moment(value)
    return date_format(local, "H.i")


def short_day(value: datetime) -> str:
    """The day of a moment on the same clock, where a listing has no room for more."""
    return date_format(timezone.localtime(value, WIB), "SHORT_DATE_FORMAT")


@register.filter
def clock(value: datetime) -> str:
    """The same as of now, for templates."""
    return moment_today(value, timezone.now())


@register.filter
def score_in_words(entry) -> str:
    """The rating that an entry of the thread holds: 4 dari 5; empty for every other kind."""
    return _("%(score)d of 5") % {"score": entry.score} if entry.score else ""


@register.simple_tag(takes_context=True)
def current(context, path: str) -> str:
    """For `aria-current`: "page" on the page at `path`, "true" below it, else "false"."""
    here = getattr(context.get("request"), "path", "")
    if here == path:
        return "page"
    return "true" if path != "/" and here.startswith(path) else "false"
