"""The period and the agencies that a report is made for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, QuerySet

from .. import permissions
from ..models import Agency
from ..permissions import Staff
from .period import Period

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Scope:
    """A period, and the agencies whose rows count; None means the whole city."""

    period: Period
    agencies: frozenset[int] | None = None

    def of(self, queryset: QuerySet[Row], moment: str) -> QuerySet[Row]:
        """The rows of these agencies whose `moment` lies in the period."""
        return self.owned(queryset).filter(**self.period.within(moment)).order_by()

    def owned(self, queryset: QuerySet[Row]) -> QuerySet[Row]:
        """The rows of these agencies, whenever they were made."""
        if self.agencies is None:
            return queryset
        return queryset.filter(agency__in=self.agencies)


def agencies_seen_by(user: Staff) -> QuerySet[Agency]:
    """The agencies whose figures the user may see: all, or only their own."""
    agencies = Agency.objects.all()
    if permissions.sees_city(user):
        return agencies
    return agencies.filter(pk__in=permissions.agency_ids_of(user))


def scope_for(user: Staff, period: Period, agency: Agency | None) -> Scope:
    """What the user may see of the period; `agency` narrows it and never widens it."""
    own = None if permissions.sees_city(user) else permissions.agency_ids_of(user)
    if agency is None:
        return Scope(period, own)
    return Scope(period, frozenset({agency.pk}) & (own if own is not None else {agency.pk}))
