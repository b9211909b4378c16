"""Ends of complaints that can still be undone, because nobody has been told of them."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ...procedure import State, Step, sop, transitions

# The state that waits for a step of the operator's (SOP A1, A2).
_STATE_OF = {sop.OPEN_STEP[state]: state for state in sop.TRIAGE_STATES}


class UndoableEndQuerySet(models.QuerySet["UndoableEnd"]):
    def still(self) -> Self:
        """Those whose time isn't over."""
        return self.filter(until__gt=timezone.now())


class UndoableEnd(models.Model):
    """A complaint was declined, referred or joined, and its reporter doesn't know yet.

    The row goes when the end is undone, when the reporter looks, and some time after the message
    has left. Only pengaduan_app.actions writes it (docs/adr/0016-undoing-an-end.md).
    """

    complaint = models.OneToOneField(
        "pengaduan_app.Complaint", on_delete=models.CASCADE, related_name="undoable_end"
    )
    # The ledger row that the end has closed; the step goes on from it.
    step = models.ForeignKey(
        "pengaduan_app.StepRecord", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    until = models.DateTimeField(_("until"), db_index=True)
    # The complaints that were joined with this one when it ended: their reporters follow it.
    followers = models.ManyToManyField("pengaduan_app.Complaint", related_name="+")

    objects = UndoableEndQuerySet.as_manager()

    class Meta:
        verbose_name = _("end that can be undone")
        verbose_name_plural = _("ends that can be undone")
        default_permissions = []

    def __str__(self) -> str:
        return f"end of {self.complaint_id}"

    @classmethod
    def leads_to(cls, complaint_id: int, state: str) -> State | None:
        """Where the complaint, ended with this state, stood before; None once somebody has been
        told of the end, or may have been."""
        if state not in transitions.UNDOABLE_STATES:
            return None
        end = cls.objects.still().filter(complaint=complaint_id).select_related("step").first()
        return _STATE_OF[Step(end.step.step)] if end else None
