"""The ledger: one row for each SOP step of each complaint."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NoReturn, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from ... import permissions
from ...permissions import Staff
from ...procedure import Outcome, Step, clock, labels, transitions

EDITED = "A ledger row is opened and closed once, never edited."
DELETED = "A ledger row is never deleted on its own."


class StepRecordQuerySet(models.QuerySet["StepRecord"]):
    def open(self) -> Self:
        """Rows whose step is still to be done."""
        return self.filter(finished_at__isnull=True)

    def late_on_the_way(self) -> Self:
        """Steps of the complaint's own path that ended after their limit. C1, the coordinator's
        reminder, is no part of that path."""
        return self.filter(late=True).exclude(step=Step.C1)

    def closed(self) -> Self:
        """Closed rows, newest first; without C1, the coordinator's reminder, which runs beside
        the steps."""
        return (
            self.filter(finished_at__isnull=False)
            .exclude(step=Step.C1)
            .select_related("finished_by")
            .order_by("-finished_at", "-pk")
        )

    def standing(self) -> Self:
        """Without the rows of ends that were undone: nobody outside ever learnt of them."""
        return self.exclude(self._undone())

    def with_undone(self) -> Self:
        """Adds `was_undone`: true if the row ended the complaint, and the end was undone."""
        undone = models.ExpressionWrapper(self._undone(), output_field=models.BooleanField())
        return self.annotate(was_undone=undone)

    @staticmethod
    def _undone() -> models.Q:
        """True of rows that ended a complaint whose steps went on nevertheless."""
        later = StepRecord.objects.filter(
            complaint=models.OuterRef("complaint"), pk__gt=models.OuterRef("pk")
        )
        went_on = models.Exists(later.exclude(step=Step.C1))
        return models.Q(outcome__in=transitions.UNDOABLE_OUTCOMES) & models.Q(went_on)

    def with_sent_back(self) -> Self:
        """Adds `was_sent_back`: true if the row was opened because the answer was sent back.

        A row is closed and the next one opened with the same timestamp.
        """
        cause = StepRecord.objects.filter(
            complaint=models.OuterRef("complaint"),
            outcome=Outcome.SENT_BACK.value,
            finished_at=models.OuterRef("started_at"),
        )
        return self.annotate(was_sent_back=models.Exists(cause))

    def update(self, **kwargs: Any) -> NoReturn:
        raise ValidationError(EDITED)

    def move_due_times(self, records: Sequence[StepRecord]) -> int:
        """Store the recomputed due times of rows that are still open; returns how many were.

        The first exception to "never edited": office hours and days off change while a step is
        open. A row that has been closed in the meantime keeps the due time it was judged by.
        """
        # A plain queryset, as this one refuses updates.
        rows: models.QuerySet[StepRecord] = models.QuerySet(
            self.model,
            using=self._db,  # type: ignore[attr-defined]  # the stubs leave it out
        )
        return rows.filter(finished_at__isnull=True).bulk_update(records, ["due_at"])

    def restart(self, records: Sequence[StepRecord]) -> int:
        """Store the new beginning of open rows that began in the future; returns how many.

        The second exception to "never edited": nothing begins in the future, so such a row says
        what isn't true. A clock was set back, and the step would be due long after its time.
        """
        rows: models.QuerySet[StepRecord] = models.QuerySet(
            self.model,
            using=self._db,  # type: ignore[attr-defined]  # the stubs leave it out
        )
        return rows.filter(finished_at__isnull=True).bulk_update(records, ["started_at", "due_at"])

    def delete(self) -> NoReturn:
        raise ValidationError(DELETED)


class StepRecord(models.Model):
    """One step of one complaint: opened once, closed once, never edited.

    It stores the limit and the clock that it started under. `step` is the step as it was
    opened; closing the row sets the rest. `judged_as` differs from `step` if A3 or A4 was chosen
    while A2 was open; `judged_due_at` then follows that step's own limit. `late` and `seconds`
    are stored so that reports don't have to compute them for every row.
    """

    # Each foreign key is the first column of an index below; another would only slow writes.
    complaint = models.ForeignKey(
        "pengaduan_app.Complaint", on_delete=models.CASCADE, related_name="steps", db_index=False
    )
    step = models.CharField(_("step"), max_length=2, choices=labels.choices(labels.STEPS))
    agency = models.ForeignKey(
        "pengaduan_app.Agency",
        verbose_name=_("agency"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
    )
    started_at = models.DateTimeField(_("started"))
    due_at = models.DateTimeField(_("due"))
    limit_minutes = models.PositiveIntegerField(_("limit in minutes"))
    clock = models.CharField(
        _("clock"),
        max_length=16,
        choices=labels.choices(labels.CLOCKS),
        default=clock.ClockKind.ELAPSED.value,
    )
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    finished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    # Whose the step was when it ended; empty if it was left to all of its role.
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assigned to"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    outcome = models.CharField(
        _("outcome"), max_length=20, choices=labels.choices(labels.OUTCOMES), blank=True
    )
    judged_as = models.CharField(
        _("judged as"), max_length=2, choices=labels.choices(labels.STEPS), blank=True
    )
    judged_due_at = models.DateTimeField(_("judged due"), null=True, blank=True)
    late = models.BooleanField(_("late"), null=True, blank=True)
    seconds = models.PositiveBigIntegerField(_("seconds taken"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    objects = StepRecordQuerySet.as_manager()

    class Meta:
        ordering = ["started_at", "pk"]
        verbose_name = _("step record")
        verbose_name_plural = _("step records")
        default_permissions = []
        # On this model and not on Complaint: Wagtail's site history shows a model's log, of every
        # agency, to everybody who holds any permission on the model.
        permissions = [
            (codename, f"Can act as {role.value} of the complaint procedure")
            for role, codename in permissions.ROLE_PERMISSION.items()
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint"],
                condition=models.Q(finished_at__isnull=True) & ~models.Q(step=Step.C1.value),
                name="one_open_step",
            ),
            models.UniqueConstraint(
                fields=["complaint"],
                condition=models.Q(finished_at__isnull=True, step=Step.C1.value),
                name="one_open_reminder_step",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "step", "agency"],
                condition=models.Q(finished_at__isnull=True),
                name="step_open_due",
            ),
            models.Index(fields=["complaint", "started_at"], name="step_timeline"),
            # The register, newest first, by each of its filters.
            models.Index(fields=["started_at"], name="step_register"),
            models.Index(fields=["agency", "started_at"], name="step_register_agency"),
            models.Index(fields=["judged_as", "started_at"], name="step_register_step"),
            models.Index(fields=["outcome", "started_at"], name="step_register_outcome"),
            models.Index(
                fields=["started_at"], condition=models.Q(late=True), name="step_register_late"
            ),
            models.Index(
                fields=["finished_by"],
                condition=models.Q(finished_by__isnull=False),
                name="step_finished_by",
            ),
            models.Index(
                fields=["assigned_to"],
                condition=models.Q(assigned_to__isnull=False),
                name="step_assigned_to",
            ),
            # Covers all that the reports count, so that they never read the rows themselves.
            models.Index(
                fields=["finished_at", "judged_as", "agency", "late", "seconds"],
                condition=models.Q(finished_at__isnull=False),
                name="step_report",
            ),
            # Ordered by seconds, for medians and percentiles.
            models.Index(
                fields=["judged_as", "seconds", "finished_at", "agency"],
                condition=models.Q(finished_at__isnull=False),
                name="step_times",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.step}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            untouched = StepRecord.objects.open().filter(pk=self.pk).exists()
            if not untouched or not self.finished_at:
                raise ValidationError(EDITED)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise ValidationError(DELETED)

    @property
    def judged_step(self) -> Step:
        """The step whose limit this row is judged by."""
        return Step(self.judged_as or self.step)

    @property
    def holder(self) -> Staff | None:
        """Whose the step is, or was when it ended; None for nobody's, and for C1."""
        if self.finished_at or self.step == Step.C1:
            return self.assigned_to
        return self.complaint.holder

    @property
    def duration(self) -> timedelta | None:
        """How long the step took, or None while it is open."""
        return self.finished_at - self.started_at if self.finished_at else None

    @property
    def was_late(self) -> bool:
        """True if the closed step ended after its due time."""
        return bool(self.late)
