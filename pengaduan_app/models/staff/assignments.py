"""Whose the open step of a complaint is. The one place that answers it.

A step is its role's; it may be assigned to one person of that role. A5 is the official's whom
A2 put in charge (`Complaint.official`), who gets it again when it is sent back; any other step
is its `assignee`'s, until it ends.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ...permissions import Staff
from ...procedure import Step, sop

if TYPE_CHECKING:
    from ..complaint import Complaint


def holder_key(step: Step, official: int | None, assignee: int | None) -> int | None:
    """The key of the person whose a step is, by what its complaint says; None for nobody's.

    C1, which runs beside the open step, is never assigned.
    """
    if step == Step.C1:
        return None
    return official if step == Step.A5 else assignee


def held_by(people: Collection[int], path: str = "") -> Q:
    """Complaints whose open step is one of these people's; `path` leads to the complaint."""
    studied = Q(**{f"{path}state__in": sop.STUDIED_STATES})
    others = Q(**{f"{path}state__in": sop.OPEN_STATES - sop.STUDIED_STATES})
    return (studied & Q(**{f"{path}official__in": people})) | (
        others & Q(**{f"{path}assignee__in": people})
    )


def held_by_nobody() -> Q:
    """Complaints whose open step waits for whoever of its role comes first."""
    return Q(state__in=sop.STUDIED_STATES, official__isnull=True) | Q(
        state__in=sop.OPEN_STATES - sop.STUDIED_STATES, assignee__isnull=True
    )


class Assigned(models.Model):
    """What a complaint says of it."""

    # Of the open step, unless that is A5.
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assigned to"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    # Since when the open step has been its holder's; empty while it is nobody's.
    assigned_at = models.DateTimeField(_("assigned"), null=True, blank=True)

    class Meta:
        abstract = True

    def holder_key(self: Complaint, step: Step) -> int | None:  # type: ignore[misc]  # a mixin
        """The key of the person whose `step` is, while it is open; None for nobody's."""
        return holder_key(step, self.official_id, self.assignee_id)

    @property
    def holder(self: Complaint) -> Staff | None:  # type: ignore[misc]  # a mixin
        """The person whose the open step is; None for nobody's, or if none is open."""
        if self.open_step is None:
            return None
        return self.official if self.open_step == Step.A5 else self.assignee
