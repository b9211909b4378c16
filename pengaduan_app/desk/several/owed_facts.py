"""What each agency owes: how much is late, since when, and what came of the last reminder."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.utils import timezone

from ... import actions
from ...messaging import Directory
from ...models import Agency, Reminder, StaffContact, StepRecord
from ...presentation import person_name
from ...procedure import ReminderKind, Role, sop
from ...text import digits_of
from ..complaint.complaint_facts import admin_url
from ..home.home_panels import late_listing

# Reminders older than this say nothing about today.
MEMORY = timedelta(days=60)


@dataclass(frozen=True)
class Head:
    """Whom the coordinator calls."""

    name: str
    telephone: str

    @property
    def dialled(self) -> str:
        """The number as a telephone takes it."""
        plus = "+" if self.telephone.lstrip().startswith("+") else ""
        return plus + digits_of(self.telephone)


@dataclass(frozen=True)
class Owing:
    """One agency of the coordinator's screen."""

    agency: Agency
    count: int
    # The step that is late for the longest time.
    oldest: StepRecord
    heads: list[Head]
    reminded_at: datetime | None
    # Steps that were late at that moment and have been finished since.
    finished: int

    @property
    def oldest_url(self) -> str:
        return admin_url("inspect", self.oldest.complaint)

    @property
    def listing_url(self) -> str:
        return late_listing(agency=self.agency.pk)


def owing_agencies() -> list[Owing]:
    """The agencies with late steps, the longest overdue first; the same number of queries for
    any number of them."""
    late = actions.late_agency_steps()
    counts = {
        agency: count
        for agency, count in late.order_by().values_list("agency").annotate(Count("pk"))
        if agency is not None
    }
    first = late.filter(agency=OuterRef("pk")).order_by("due_at", "pk").values("pk")[:1]
    worst = Agency.objects.filter(pk__in=counts).annotate(worst=Subquery(first))
    records = StepRecord.objects.filter(pk__in=worst.values("worst"))
    reminded, heads = _reminded(counts), _heads(counts)
    finished = _finished(reminded)
    return [
        Owing(
            record.agency,
            counts[record.agency.pk],
            record,
            heads[record.agency.pk],
            reminded.get(record.agency.pk),
            finished.get(record.agency.pk, 0),
        )
        for record in records.select_related("agency", "complaint").order_by("due_at", "pk")
        if record.agency
    ]


def _reminded(agencies: Collection[int]) -> dict[int, datetime]:
    """When the coordinator last reminded each of these agencies by hand."""
    given = Reminder.objects.filter(
        kind=ReminderKind.MANUAL.value,
        created_at__gte=timezone.now() - MEMORY,
        step__agency__in=agencies,
    )
    newest = given.order_by().values_list("step__agency").annotate(Max("created_at"))
    return {agency: moment for agency, moment in newest if agency is not None}


def _finished(reminded: dict[int, datetime]) -> dict[int, int]:
    """How many of the steps that were late when an agency was reminded it has finished since."""
    since = Q(pk__in=[])
    for agency, moment in reminded.items():
        since |= Q(agency=agency, due_at__lt=moment, finished_at__gte=moment)
    steps = [step.value for step in sop.AGENCY_STEPS]
    rows = StepRecord.objects.filter(since, step__in=steps).order_by()
    counted = rows.values_list("agency").annotate(Count("pk"))
    return {agency: count for agency, count in counted if agency is not None}


def _heads(agencies: Collection[int]) -> dict[int, list[Head]]:
    """Who heads each of these agencies, with the telephone number that is known."""
    directory = Directory()
    by_agency = {agency: directory.holders(Role.HEAD, agency) for agency in agencies}
    keys = set[int]().union(*by_agency.values())
    people = get_user_model().objects.in_bulk(keys)
    numbers = dict(StaffContact.objects.filter(user__in=keys).values_list("user", "telephone"))
    return {
        agency: [
            Head(person_name(people[key]), numbers.get(key, ""))
            for key in sorted(held)
            if key in people
        ]
        for agency, held in by_agency.items()
    }
