"""How soon steps were finished after somebody was reminded of them."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from datetime import timedelta

from django.db.models import Count, F, Q
from django.utils import timezone

from ...models import Reminder
from ...procedure import ReminderKind
from ..scope import Scope

# How soon after a reminder its step was finished.
SOON, LATER = timedelta(hours=2), timedelta(hours=24)


@dataclass(frozen=True)
class Response:
    """How many reminders were given, and how many of their steps were finished, how soon.

    A reminder that is younger than two or 24 hours says nothing yet about that span:
    `soon_known` and `later_known` count the reminders old enough, and are the wholes of
    `soon` and `later`.
    """

    count: int = 0
    soon: int = 0
    soon_known: int = 0
    later: int = 0
    later_known: int = 0
    finished: int = 0

    def __add__(self, other: Response) -> Response:
        pairs = zip(astuple(self), astuple(other), strict=True)
        return Response(*(left + right for left, right in pairs))


def responses(scope: Scope) -> dict[tuple[int | None, ReminderKind], Response]:
    """By agency and kind, the reminders that somebody got in the period; one query."""
    now = timezone.now()
    soon_known, later_known = Q(created_at__lte=now - SOON), Q(created_at__lte=now - LATER)
    soon = Q(step__finished_at__lte=F("created_at") + SOON)
    later = Q(step__finished_at__lte=F("created_at") + LATER)
    rows = Reminder.objects.filter(passed_over=False, **scope.period.within("created_at"))
    if scope.agencies is not None:
        rows = rows.filter(step__agency__in=scope.agencies)
    counted = rows.order_by().values_list("step__agency", "kind")
    return {
        (agency, ReminderKind(kind)): Response(*counts)
        for agency, kind, *counts in counted.annotate(
            count=Count("*"),
            soon=Count("pk", filter=soon & soon_known),
            soon_known=Count("pk", filter=soon_known),
            later=Count("pk", filter=later & later_known),
            later_known=Count("pk", filter=later_known),
            finished=Count("step__finished_at"),
        )
    }
