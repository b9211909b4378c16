"""When the demo's people acted: invented but plausible moments, never in the future.

Pure functions: "now" and the random source are arguments, so equal keys give equal results.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from random import Random
from unittest import mock

from pengaduan_app.procedure import WIB

OPENS, CLOSES = time(7, 30), time(16, 0)
WORKDAYS, ANY_DAY, EARLY_DAYS = range(5), range(7), range(3)
# Shares of a time limit. A closed late step exceeds it by no more than this, so that a complaint
# of a week ago is finished by now.
IN_TIME, OVERRUN = (0.15, 0.85), (1.15, 1.9)
MOST = 0.95


@contextmanager
def clock_at(moment: datetime) -> Iterator[None]:
    """Everything inside happens at `moment`.

    The demo's past is created by the actions of the procedure, which read the time from
    `timezone.now` only. So do Wagtail's revisions, task states and log entries, and Django's
    auto_now fields: one patch dates all of them.
    """
    with mock.patch("django.utils.timezone.now", return_value=moment):
        yield


def closed_moments(
    now: datetime, age: timedelta, limits: list[timedelta], late: bool, rng: Random
) -> list[datetime]:
    """The start and the end of each step of a finished complaint.

    If `late`, one or two steps took longer than their limits.
    """
    at = _morning(now - age, rng)
    count = min(rng.randint(1, 2), len(limits))
    overrun = set(rng.sample(range(len(limits)), count)) if late else set()
    moments = [at]
    for step, limit in enumerate(limits):
        if step in overrun:
            at = _office_hours(at + limit * rng.uniform(*OVERRUN), at + limit, now, rng)
        else:
            at = _office_hours(at + limit * rng.uniform(*IN_TIME), at, at + limit, rng)
        moments.append(at)
    return _squeezed(moments, now)


def open_moments(
    now: datetime,
    age: timedelta,
    limits: list[timedelta],
    open_limit: timedelta,
    late: bool,
    rng: Random,
) -> list[datetime]:
    """The start of the complaint and the ends of its finished steps; the next step is open.

    The complaint's age is given. The finished steps stretch or shrink within their limits so
    that the open step is in time or, if `late`, overdue. What they can't absorb is left to the
    open step: a complaint received a day ago and not yet verified is overdue.
    """
    start = now - age
    stay = open_limit * (rng.uniform(*OVERRUN) if late else rng.uniform(*IN_TIME))
    moments = [start]
    for duration in _fitted(limits, max(age - stay, age * 0.35), rng):
        moments.append(moments[-1] + duration)
    return moments


def _fitted(limits: list[timedelta], wanted: timedelta, rng: Random) -> list[timedelta]:
    """Varied durations within the limits, with a sum as near to `wanted` as they allow."""
    durations = [limit * rng.uniform(*IN_TIME) for limit in limits]
    total = sum(durations, timedelta())
    if wanted <= total:
        return [duration * (wanted / total) for duration in durations]
    room = [limit * MOST - duration for limit, duration in zip(limits, durations, strict=True)]
    part = min(1.0, (wanted - total) / sum(room, timedelta())) if limits else 0
    return [duration + more * part for duration, more in zip(durations, room, strict=True)]


def _morning(moment: datetime, rng: Random) -> datetime:
    """A morning early in that week: limits run day and night, but nobody works on Sunday."""
    local = moment.astimezone(WIB)
    if local.weekday() not in EARLY_DAYS:
        local -= timedelta(days=local.weekday() - rng.choice(EARLY_DAYS))
    return datetime.combine(local, OPENS, WIB) + timedelta(minutes=rng.uniform(0, 240))


def _office_hours(moment: datetime, earliest: datetime, latest: datetime, rng: Random) -> datetime:
    """`moment`, or an office hour near it if one lies between the two bounds.

    An hour of a working day is preferred to one of a Saturday or Sunday.
    """
    local = moment.astimezone(WIB)
    for days in (WORKDAYS, ANY_DAY):
        near = [_next_opening(local, days, rng), _last_closing(local, days, rng)]
        if local.weekday() in days and OPENS <= local.time() <= CLOSES:
            near.insert(0, local)
        for candidate in near:
            if earliest < candidate <= latest:
                return candidate
    return moment


def _next_opening(local: datetime, days: range, rng: Random) -> datetime:
    day = local.date()
    while day.weekday() not in days or datetime.combine(day, OPENS, WIB) < local:
        day += timedelta(days=1)
    return datetime.combine(day, OPENS, WIB) + timedelta(minutes=rng.uniform(5, 90))


def _last_closing(local: datetime, days: range, rng: Random) -> datetime:
    day = local.date()
    while day.weekday() not in days or datetime.combine(day, CLOSES, WIB) > local:
        day -= timedelta(days=1)
    return datetime.combine(day, CLOSES, WIB) - timedelta(minutes=rng.uniform(5, 90))


def _squeezed(moments: list[datetime], now: datetime) -> list[datetime]:
    """The same moments, moved closer together if the last would lie in the future."""
    start, end = moments[0], moments[-1]
    if end <= now:
        return moments
    factor = (now - start) / (end - start)
    return [start + (moment - start) * factor for moment in moments]
