"""Deadlines by rows of dates: elapsed time, day and night, as the SOP writes it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pengaduan_app import clock, sop

WIB = ZoneInfo("Asia/Jakarta")


def wib(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


@pytest.mark.parametrize(
    ("step", "started", "due"),
    [
        ("A1", "2026-02-23 07:30", "2026-02-23 08:00"),
        ("A1", "2026-02-23 23:45", "2026-02-24 00:15"),
        # Friday evening: the SOP's clock knows no weekend and no holiday.
        ("A2", "2026-02-20 16:00", "2026-02-21 16:00"),
        ("A6", "2026-12-31 18:00", "2027-01-01 06:00"),
        ("B2", "2028-02-28 23:50", "2028-02-29 00:05"),
        ("C2", "2026-03-19 12:00", "2026-03-19 13:00"),
    ],
)
def test_a_step_is_due_when_its_limit_has_elapsed(step, started, due):
    assert clock.due_at(wib(started), sop.STEPS[sop.Step(step)].limit) == wib(due)


def test_time_zones_agree_on_the_instant():
    in_utc = datetime(2026, 2, 23, 0, 30, tzinfo=UTC)
    assert clock.due_at(in_utc, timedelta(minutes=30)) == wib("2026-02-23 08:00")


def test_a_start_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="aware"):
        clock.due_at(datetime(2026, 2, 23, 7, 30), timedelta(minutes=30))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("finished", "late"),
    [
        ("2026-02-23 07:59:59", False),
        ("2026-02-23 08:00:00", False),
        ("2026-02-23 08:00:01", True),
    ],
)
def test_the_due_instant_itself_is_still_in_time(finished, late):
    assert clock.is_late(wib(finished), wib("2026-02-23 08:00:00")) is late
