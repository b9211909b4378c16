"""What came in during a period, how complaints ended, and what was open at its end."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from ...models import Complaint
from ...procedure import State, sop
from ..scope import Scope


@dataclass(frozen=True)
class Flow:
    """Complaints received and closed in a period, and those open at its end."""

    received: int
    ended: Counter[State]
    open_at_end: int

    @property
    def answered(self) -> int:
        return sum(self.ended[state] for state in sop.ANSWERED_STATES)

    @property
    def unanswered(self) -> int:
        return sum(self.ended.values()) - self.answered


NOTHING = Flow(0, Counter(), 0)


def flow_by_agency(scope: Scope) -> dict[int | None, Flow]:
    """What came in, what was closed how, and what was open at the end; three queries."""
    received = _by_agency(scope.of(Complaint.objects.all(), "created_at"))
    ended: dict[int | None, Counter[State]] = {}
    closed = scope.of(Complaint.objects.all(), "closed_at").values_list("agency", "state")
    for agency, state, count in closed.annotate(count=Count("*")):
        ended.setdefault(agency, Counter())[State(state)] = count
    end = scope.period.end
    still_open = Q(closed_at__isnull=True) | Q(closed_at__gte=end)
    left = _by_agency(
        scope.owned(Complaint.objects.filter(still_open, created_at__lt=end)).order_by()
    )
    return {
        agency: Flow(received.get(agency, 0), ended.get(agency, Counter()), left.get(agency, 0))
        for agency in received.keys() | ended.keys() | left.keys()
    }


def _by_agency(complaints: QuerySet[Complaint]) -> dict[int | None, int]:
    return dict(complaints.values_list("agency").annotate(count=Count("*")))


def total_flow(flows: dict[int | None, Flow]) -> Flow:
    """All agencies together."""
    ended: Counter[State] = sum((flow.ended for flow in flows.values()), Counter())
    return Flow(
        sum(flow.received for flow in flows.values()),
        ended,
        sum(flow.open_at_end for flow in flows.values()),
    )
