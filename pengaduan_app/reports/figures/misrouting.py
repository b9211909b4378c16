"""How often complaints were sent to the wrong agency, from where and to where."""

from __future__ import annotations

from django.db.models import Count, OuterRef, Q, Subquery

from ...models import Complaint, StepRecord
from ...procedure import Outcome, Step
from ..scope import Scope
from .steps import closed_steps


def transfers(scope: Scope) -> list[tuple[int | None, int | None, int]]:
    """(from agency, to agency, how many) of the period's C2 steps, most first; one query.

    The target is the agency of the A1 that the transfer opened at the same moment.
    A complaint that the citizen addressed to nobody comes from None.
    """
    opened = StepRecord.objects.filter(
        complaint=OuterRef("complaint"), started_at=OuterRef("finished_at"), step=Step.A1.value
    )
    rows = (
        StepRecord.objects.filter(
            judged_as=Step.C2.value,
            outcome=Outcome.TRANSFERRED.value,
            **scope.period.within("finished_at"),
        )
        .order_by()
        .annotate(target=Subquery(opened.order_by().values("agency")[:1]))
    )
    if scope.agencies is not None:
        rows = rows.filter(Q(agency__in=scope.agencies) | Q(target__in=scope.agencies))
    counted = rows.values_list("agency", "target").annotate(count=Count("*"))
    return list(counted.order_by("-count", "agency", "target"))


def bounces(scope: Scope) -> list[tuple[int, int]]:
    """(times reported as misrouted, how many complaints) of those received in the period.

    Two queries: all of them, and the few that were reported (SOP A3). The complaint's own
    counter doesn't serve here: it counts transfers, which need no report before them.
    """
    received = scope.of(Complaint.objects.all(), "created_at")
    reports = StepRecord.objects.filter(judged_as=Step.A3.value).order_by()
    its_own = reports.filter(complaint=OuterRef("pk")).values("complaint")
    reported = received.filter(pk__in=reports.values("complaint")).annotate(
        times=Subquery(its_own.annotate(count=Count("*")).values("count"))
    )
    often = list(reported.values_list("times").annotate(count=Count("*")).order_by("times"))
    never = received.count() - sum(count for _times, count in often)
    return [(0, never), *often] if never else often


def misrouting_reports(scope: Scope) -> int:
    """How often an agency reported a complaint as misrouted (SOP A3) in the period; one query."""
    return closed_steps(scope).filter(judged_as=Step.A3.value).count()


def waiting_for_routing(scope: Scope) -> int:
    """Complaints that wait for C2 now; one query."""
    return scope.owned(StepRecord.objects.open()).filter(step=Step.C2.value).count()
