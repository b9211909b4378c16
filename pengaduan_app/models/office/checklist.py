"""What public relations confirm before an answer goes on (SOP B1, B2): data that staff keep."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from ...procedure import Step, labels
from ..page.text_form import TextModelForm

CHECKED_STEPS = (Step.B1, Step.B2)


class ChecklistItemQuerySet(models.QuerySet["ChecklistItem"]):
    def to_confirm(self, step: Step | None, is_confidential: bool) -> list[str]:
        """The texts of the points that hold for a step of an open or confidential complaint, in
        their order; none for a step before B1."""
        if step not in CHECKED_STEPS:
            return []
        kind = ChecklistItem.CONFIDENTIAL if is_confidential else ChecklistItem.OPEN
        rows = self.filter(active=True, step__in=["", step.value], complaints__in=["", kind])
        return list(rows.values_list("text", flat=True))


class ChecklistItem(models.Model):
    """One point of the check-list before publishing. A site without points has no check-list."""

    OPEN, CONFIDENTIAL = "open", "confidential"

    # Unique: what is confirmed is the text itself, as it was read.
    text = models.CharField(
        _("point"),
        max_length=200,
        unique=True,
        help_text=_("What has to be so, as a sentence: “The answer says what was done.”"),
    )
    position = models.PositiveSmallIntegerField(
        _("place in the list"), default=10, help_text=_("Smaller numbers come first.")
    )
    step = models.CharField(
        _("step"),
        max_length=2,
        blank=True,
        choices=labels.choices({step: labels.STEPS[step] for step in CHECKED_STEPS}),
        help_text=_("Leave it empty to have it confirmed at B1 and at B2."),
    )
    complaints = models.CharField(
        _("complaints"),
        max_length=12,
        blank=True,
        choices=[(OPEN, _("Only open ones")), (CONFIDENTIAL, _("Only confidential ones"))],
        help_text=_("Leave it empty to have it confirmed for both."),
    )
    active = models.BooleanField(
        _("active"), default=True, help_text=_("Nobody is asked about a point that isn't active.")
    )

    objects = ChecklistItemQuerySet.as_manager()
    base_form_class = TextModelForm
    panels = [
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("step"), FieldPanel("complaints")]),
        FieldRowPanel([FieldPanel("position"), FieldPanel("active")]),
    ]

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("point of the check-list")
        verbose_name_plural = _("check-list before publishing")

    def __str__(self) -> str:
        return self.text
