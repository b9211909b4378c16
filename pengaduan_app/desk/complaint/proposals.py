"""Which agencies are proposed for a complaint without the right one (SOP C2), and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ...citizen import likely_agencies
from ...models import Agency, Complaint, StepRecord
from ...procedure import Outcome


@dataclass(frozen=True)
class Proposal:
    """An agency, and in a sentence why it is proposed."""

    agency: Agency
    reason: str


def proposals_for(complaints: Collection[Complaint]) -> dict[int, list[Proposal]]:
    """By the complaint's key, likeliest first: what the agency that reported it as misrouted
    thinks, then what the words speak for. Never an agency that has reported it as misrouted."""
    refused: defaultdict[int, set[int]] = defaultdict(set)
    rows = StepRecord.objects.filter(
        complaint__in=[complaint.pk for complaint in complaints],
        outcome=Outcome.MISROUTED.value,
        agency__isnull=False,
    )
    for complaint, agency in rows.order_by().values_list("complaint", "agency"):
        refused[complaint].add(agency)
    return {each.pk: _proposals(each, frozenset(refused[each.pk])) for each in complaints}


def _proposals(complaint: Complaint, refused: frozenset[int]) -> list[Proposal]:
    found = []
    named = complaint.suggested_agency
    if named and named.active and named.pk not in refused:
        found.append(Proposal(named, _("The agency that reported it as misrouted thinks so.")))
    for likely in likely_agencies(complaint.subject, complaint.body, complaint.category, refused):
        if likely.agency != named:
            found.append(Proposal(likely.agency, likely.reason))
    return found
