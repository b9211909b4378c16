"""The figures of the reports, one function a question; the database does the counting.

Only totals come back: no ticket, no text, no person. Every function takes a Scope, which
says for what time and whose rows, and needs a fixed number of queries.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import astuple, dataclass
from datetime import timedelta

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from ..models import Complaint, Reminder, StepRecord
from ..procedure import Outcome, ReminderKind, Step, sop
from .percentiles import Times, times_by
from .period import Period
from .scope import Scope

# C1 is no step of the complaint's way: the report on reminders has it.
COUNTED_STEPS = tuple(step for step in Step if step != Step.C1)


def closed_steps(scope: Scope) -> QuerySet:
    """The steps that were finished in the period."""
    return scope.of(StepRecord.objects.all(), "finished_at")


@dataclass(frozen=True)
class Punctuality:
    """How many steps were finished, and how many of them in time."""

    count: int = 0
    in_time: int = 0
    overdue: int = 0

    def __add__(self, other: Punctuality) -> Punctuality:
        return Punctuality(
            self.count + other.count, self.in_time + other.in_time, self.overdue + other.overdue
        )

    @property
    def late(self) -> int:
        return self.count - self.in_time

    @property
    def rate(self) -> float | None:
        """The share in time, or None where nothing was finished."""
        return self.in_time / self.count if self.count else None


def punctuality(scope: Scope) -> dict[tuple[int | None, Step], Punctuality]:
    """By agency and step: finished in the period, and open past due now. Two queries."""
    closed = closed_steps(scope).exclude(judged_as=Step.C1).values_list("agency", "judged_as")
    found = {
        (agency, Step(step)): Punctuality(count, in_time)
        for agency, step, count, in_time in closed.annotate(
            count=Count("*"), in_time=Count("late", filter=Q(late=False))
        )
    }
    overdue = scope.owned(StepRecord.objects.open()).filter(due_at__lt=timezone.now())
    overdue = overdue.exclude(step=Step.C1).order_by().values_list("agency", "step")
    for agency, step, count in overdue.annotate(count=Count("*")):
        key = agency, Step(step)
        found[key] = found.get(key, Punctuality()) + Punctuality(overdue=count)
    return found


def times_by_step(scope: Scope) -> list[Times]:
    """Median and 90th percentile of each step; two queries."""
    return times_by(closed_steps(scope).exclude(judged_as=Step.C1), "judged_as")


def times_by_agency(scope: Scope, step: Step) -> list[Times]:
    """The same of one step, by agency; two queries."""
    return times_by(closed_steps(scope).filter(judged_as=step.value), "agency_id")


VOLUME_FIELDS = ("kind", "category", "village", "channel")


def volume(scope: Scope) -> dict[str, Counter]:
    """Complaints received, by kind, category, village and channel; one query."""
    rows = scope.of(Complaint.objects.all(), "created_at").values_list(*VOLUME_FIELDS)
    found = {field: Counter() for field in VOLUME_FIELDS}
    for *keys, count in rows.annotate(count=Count("*")):
        for field, key in zip(VOLUME_FIELDS, keys, strict=True):
            found[field][key] += count
    return found


def per_part(queryset: QuerySet, period: Period, moment: str) -> list[tuple[str, int]]:
    """How many rows fall in each day, month or year of the period; one query.

    Counted by comparing moments and not by truncating them: that is a call into Python
    for each row on SQLite, and would need the time zone's tables elsewhere.
    """
    parts = period.parts()
    counts = queryset.aggregate(
        **{
            f"part{number}": Count(moment, filter=Q(**part.within(moment)))
            for number, (_label, part) in enumerate(parts)
        }
    )
    return [(label, counts[f"part{number}"]) for number, (label, _part) in enumerate(parts)]


def received_over_time(scope: Scope) -> list[tuple[str, int]]:
    """Complaints received in each part of the period; one query."""
    return per_part(scope.of(Complaint.objects.all(), "created_at"), scope.period, "created_at")


def transfers(scope: Scope) -> list[tuple[int | None, int | None, int]]:
    """(from agency, to agency, how many) of the period's C2 steps, most first; one query.

    Where it went to is the agency of the A1 that the transfer opened at the same moment.
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
    counter says how often it was sent on, which nobody need have reported.
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


@dataclass(frozen=True)
class Flow:
    """What came in, and what became of complaints, in a period."""

    received: int
    ended: Counter
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
    ended: dict[int | None, Counter] = {}
    closed = scope.of(Complaint.objects.all(), "closed_at").values_list("agency", "state")
    for agency, state, count in closed.annotate(count=Count("*")):
        ended.setdefault(agency, Counter())[sop.State(state)] = count
    end = scope.period.end
    still_open = Q(closed_at__isnull=True) | Q(closed_at__gte=end)
    left = _by_agency(
        scope.owned(Complaint.objects.filter(still_open, created_at__lt=end)).order_by()
    )
    return {
        agency: Flow(received.get(agency, 0), ended.get(agency, Counter()), left.get(agency, 0))
        for agency in received.keys() | ended.keys() | left.keys()
    }


def _by_agency(complaints: QuerySet) -> dict[int | None, int]:
    return dict(complaints.values_list("agency").annotate(count=Count("*")))


def total_flow(flows: dict[int | None, Flow]) -> Flow:
    """All agencies together."""
    ended = sum((flow.ended for flow in flows.values()), Counter())
    return Flow(
        sum(flow.received for flow in flows.values()),
        ended,
        sum(flow.open_at_end for flow in flows.values()),
    )


# How soon after a reminder its step was finished.
SOON, LATER = timedelta(hours=2), timedelta(hours=24)


@dataclass(frozen=True)
class Response:
    """How many reminders were given, and how many of their steps were finished, how soon.

    What happened within two or 24 hours is known of those alone that are as old: these
    are `soon_known` and `later_known`, the wholes of `soon` and `later`.
    """

    count: int = 0
    soon: int = 0
    soon_known: int = 0
    later: int = 0
    later_known: int = 0
    finished: int = 0

    def __add__(self, other: Response) -> Response:
        pairs = zip(astuple(self), astuple(other), strict=True)
        return Response(*(one + another for one, another in pairs))


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


def coordinators_steps(scope: Scope) -> dict[Outcome, Punctuality]:
    """How the coordinator's own step (SOP C1) ended in the period; one query."""
    rows = closed_steps(scope).filter(judged_as=Step.C1.value).values_list("outcome")
    return {
        Outcome(outcome): Punctuality(count, in_time)
        for outcome, count, in_time in rows.annotate(
            count=Count("*"), in_time=Count("late", filter=Q(late=False))
        )
    }
