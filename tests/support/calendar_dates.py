"""The city's year 2026 as a calendar: national hours, a Ramadan, the joint decree's days."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from pengaduan_app.procedure.clock import WHOLE_DAY, Calendar, ClockKind, Period, Span

WIB = ZoneInfo("Asia/Jakarta")
ELAPSED, HOURS, DAYS = ClockKind.ELAPSED, ClockKind.SERVICE_HOURS, ClockKind.SERVICE_DAYS


def wib(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


def span(opens: str, closes: str) -> Span:
    """`span("07:30", "16:00")`; 24:00 is the midnight at the day's end."""
    moments = [text.split(":") for text in (opens, closes)]
    return Span(*(timedelta(hours=int(hour), minutes=int(minute)) for hour, minute in moments))


def five_days(usual, friday):
    """Monday to Friday; closed on Saturday and Sunday."""
    return (usual, usual, usual, usual, friday, (), ())


ORDINARY = five_days(
    (span("07:30", "12:00"), span("13:00", "16:00")),
    (span("07:30", "11:30"), span("13:00", "16:30")),
)
FASTING = five_days(
    (span("08:00", "12:00"), span("12:30", "15:00")),
    (span("08:00", "11:30"), span("12:30", "15:30")),
)
RAMADAN = Period(date(2026, 2, 19), date(2026, 3, 20), FASTING)
DECREED = """
2026-01-01 2026-01-16 2026-02-16 2026-02-17 2026-03-18 2026-03-19 2026-03-20 2026-03-21
2026-03-22 2026-03-23 2026-03-24 2026-04-03 2026-04-05 2026-05-01 2026-05-14 2026-05-15
2026-05-27 2026-05-28 2026-05-31 2026-06-01 2026-06-16 2026-08-17 2026-08-25 2026-12-24
2026-12-25 2027-01-01
"""
DAYS_OFF = frozenset(date.fromisoformat(day) for day in DECREED.split())
CITY = Calendar(ORDINARY, (RAMADAN,), DAYS_OFF)
HOSPITAL = Calendar(ORDINARY, (RAMADAN,), DAYS_OFF, around_the_clock=True)
# Open day and night because its hours say so, and not by the flag.
DAY_AND_NIGHT = Calendar((WHOLE_DAY,) * 7)
MONDAYS_ONLY = Calendar(((span("09:00", "10:00"),), (), (), (), (), (), ()))
NEVER = Calendar(((),) * 7)
