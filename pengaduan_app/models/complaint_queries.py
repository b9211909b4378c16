"""Which complaints a user may see, which are open, and how actions lock them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from .. import permissions
from ..permissions import Visitor
from ..procedure import Privacy, sop

if TYPE_CHECKING:
    from .complaint import Complaint  # noqa: F401  the strings below name it


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    def visible_to(self, user: Visitor) -> Self:
        """The complaints that this user may see; `permissions.may_see` asks the same of one.

        Agency staff see their agency's complaints, and those for which the head of another
        agency called theirs to coordinate, for as long as the coordination lasts (SOP A7).
        """
        if user.is_active and permissions.sees_city(user):
            return self.all()
        if not user.is_active or not permissions.roles_of(user) & sop.AGENCY_ROLES:
            return self.none()
        agencies = permissions.agency_ids_of(user)
        called = self.model.coordination.through.objects.filter(agency__in=agencies)
        in_coordination = models.Q(state__in=sop.CALLED_STATES, pk__in=called.values("complaint"))
        return self.filter(models.Q(agency__in=agencies) | in_coordination)

    def open(self) -> Self:
        """Complaints that still wait for a step."""
        return self.filter(state__in=sop.OPEN_STATES)

    def joinable_with(self, complaint: Complaint) -> Self:
        """The complaints of the same agency that `actions.duplicate` accepts for this one."""
        own = self.filter(agency=complaint.agency_id, state__in=sop.JOINABLE_STATES)
        return own.exclude(pk=complaint.pk).exclude(privacy=Privacy.CONFIDENTIAL)

    def with_open_step(self) -> Self:
        """Adds `open_step_code`, `open_limit_minutes` and `open_due_at` of the open ledger row;
        by a join, so that a filter or an ordering by them can use the ledger's index."""
        # The steps are listed, as the ledger's index can't serve “other than C1”.
        open_row = models.Q(
            steps__finished_at__isnull=True,
            steps__step__in=[step.value for step in sop.OPEN_STEP.values()],
        )
        return self.annotate(
            open_row=models.FilteredRelation("steps", condition=open_row),
            open_step_code=models.F("open_row__step"),
            open_limit_minutes=models.F("open_row__limit_minutes"),
            open_due_at=models.F("open_row__due_at"),
        )


class LockedComplaints(models.Manager["Complaint"]):
    """Locks the rows of complaints as it reads them; the actions read complaints through it.

    Not with Django's usual lock, which also blocks inserts of rows that refer to a complaint:
    a batch of reminders inserts such rows (C1) while an action waits for the batch.
    """

    def get_queryset(self) -> ComplaintQuerySet:
        return ComplaintQuerySet(self.model, using=self._db).select_for_update(no_key=True)
