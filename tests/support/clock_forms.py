"""What the administrator's browser posts about hours, days off and limits, and is told."""

from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext


def url(model: str, name: str, *args) -> str:
    return reverse(f"wagtailsnippets_pengaduan_app_{model}:{name}", args=args)


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def moved(count: int) -> str:
    with translation.override("id"):
        return ngettext(
            "The due time of %(count)s open step changed.",
            "The due times of %(count)s open steps changed.",
            count,
        ) % {"count": count}


def day_off(**changes) -> dict:
    return {
        "date": "2026-01-07",
        "name": "Libur mendadak",
        "kind": "own",
        "active": "on",
        **changes,
    }


def limit(**changes) -> dict:
    return {"step": "A1", "minutes": 45, "clock": "service_hours", "valid_from": "", **changes}


def period(*weekdays, **changes) -> dict:
    """What the browser posts: the period, and a row of hours for each weekday."""
    data = {
        "name": "Ramadan",
        "first_day": "2026-02-19",
        "last_day": "2026-03-20",
        "hours-TOTAL_FORMS": len(weekdays),
        "hours-INITIAL_FORMS": 0,
        "hours-MIN_NUM_FORMS": 1,
        "hours-MAX_NUM_FORMS": 7,
    }
    for number, weekday in enumerate(weekdays):
        data |= {
            f"hours-{number}-id": "",
            f"hours-{number}-weekday": weekday,
            f"hours-{number}-opens": "08:00",
            f"hours-{number}-closes": "15:00",
            f"hours-{number}-break_starts": "12:00",
            f"hours-{number}-break_ends": "12:30",
        }
    return {**data, **changes}
