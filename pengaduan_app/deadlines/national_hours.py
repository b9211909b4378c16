"""The office hours of the national rule (Perpres 21/2023), which a new site starts with."""

from __future__ import annotations

from datetime import time

FRIDAY = 4


def _weekday(weekday: int, *moments: str) -> dict[str, int | time]:
    names = ("opens", "break_starts", "break_ends", "closes")
    times = (time.fromisoformat(moment) for moment in moments)
    return {"weekday": weekday, **dict(zip(names, times, strict=True))}


# Perpres 21/2023: 37.5 hours a week from 07:30, breaks of 60 and on Fridays 90 minutes;
# in Ramadan 32.5 hours from 08:00, breaks of 30 and on Fridays 60 minutes.
OFFICE_HOURS = [
    *(_weekday(day, "07:30", "12:00", "13:00", "16:00") for day in range(FRIDAY)),
    _weekday(FRIDAY, "07:30", "11:30", "13:00", "16:30"),
]
RAMADAN_HOURS = [
    *(_weekday(day, "08:00", "12:00", "12:30", "15:00") for day in range(FRIDAY)),
    _weekday(FRIDAY, "08:00", "11:30", "12:30", "15:30"),
]
