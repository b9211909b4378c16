"""The reminders that were given, and the settings that staff choose for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting

from ...procedure import DEFAULT_PERCENTS, labels

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Reminder(models.Model):
    """One reminder of one open step; never two of the same kind and stage.

    `by` is empty for automatic reminders. A reminder that was `passed_over` was sent to nobody:
    after an outage only the newest stage is sent, and a coordinator's reminder replaces those
    that were still held back.
    """

    step = models.ForeignKey(
        "pengaduan_app.StepRecord",
        verbose_name=_("step"),
        on_delete=models.CASCADE,
        related_name="reminders",
    )
    kind = models.CharField(_("kind"), max_length=12, choices=labels.choices(labels.REMINDERS))
    # For automatic reminders the stage of procedure/escalation.py; manual ones count from 1.
    stage = models.PositiveSmallIntegerField(_("stage"))
    created_at = models.DateTimeField(_("created"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    message = models.TextField(_("message"), blank=True)
    passed_over = models.BooleanField(_("passed over"), default=False)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["step", "kind", "stage"], name="never_two_reminders_of_the_same"
            )
        ]
        indexes = [models.Index(fields=["-created_at"], name="reminder_newest")]

    def __str__(self) -> str:
        return f"{self.step_id} {self.kind} {self.stage}"


class NextReminder(models.Model):
    """How far the reminders of an open ledger row have come; deleted when that row is closed.

    Not a column of the ledger, because it is written again and again: every change of a ledger
    row would be written into each of its ten indexes. `stage` is the last stage of
    procedure/escalation.py that was reached, 0 before the first. The action that closes the
    step locks this row, and so does the batch that sends its reminders.
    """

    step = models.OneToOneField(
        "pengaduan_app.StepRecord",
        verbose_name=_("step"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="next_reminder",
    )
    stage = models.PositiveSmallIntegerField(_("reminder stage"), default=0)
    # Empty if no further reminder is due.
    remind_at = models.DateTimeField(_("next reminder"), null=True, blank=True)

    class Meta:
        verbose_name = _("next reminder")
        verbose_name_plural = _("next reminders")
        default_permissions = []
        indexes = [
            models.Index(
                fields=["remind_at"],
                condition=models.Q(remind_at__isnull=False),
                name="reminder_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.step_id} {self.stage}"


def percent_field(
    label: StrPromise, stage: int, least: int
) -> models.PositiveSmallIntegerField[int, int]:
    """A share of the time limit, in per cent."""
    return models.PositiveSmallIntegerField(
        label,
        default=DEFAULT_PERCENTS[stage],
        validators=[MinValueValidator(least), MaxValueValidator(10000)],
    )


class ReminderSettings(BaseGenericSetting):
    """When reminders are sent. A change applies from each open step's next reminder on."""

    enabled = models.BooleanField(
        _("send reminders"),
        default=True,
        help_text=_("Without them, overdue steps wait on the coordinator's list."),
    )
    quiet_outside_hours = models.BooleanField(
        _("only during office hours"),
        default=False,
        help_text=_("A reminder that falls outside of them waits until the office opens."),
    )
    weekly_league = models.BooleanField(
        _("weekly letter"),
        default=True,
        help_text=_(
            "Each week coordinators and heads get the table of the agencies from the public "
            "statistics by e-mail."
        ),
    )
    near_percent = percent_field(_("due soon, at per cent of the limit"), 1, 1)
    head_percent = percent_field(_("head of the agency, at per cent of the limit"), 3, 101)
    coordinator_percent = percent_field(_("coordinator, at per cent of the limit"), 4, 101)
    admin_percent = percent_field(_("complaint administrator, at per cent of the limit"), 5, 101)

    panels = [
        FieldPanel("enabled"),
        FieldPanel("quiet_outside_hours"),
        FieldPanel("weekly_league"),
        MultiFieldPanel(
            [
                FieldPanel("near_percent"),
                FieldPanel("head_percent"),
                FieldPanel("coordinator_percent"),
                FieldPanel("admin_percent"),
            ],
            heading=_("When"),
            help_text=_("100 per cent is the moment at which the step is due."),
        ),
    ]

    class Meta:
        verbose_name = _("reminders")
        default_permissions = ["change"]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    def clean(self) -> None:
        super().clean()
        if self.near_percent >= 100:
            raise ValidationError({"near_percent": _("Choose less than 100 per cent.")})
        if not self.head_percent < self.coordinator_percent < self.admin_percent:
            raise ValidationError(
                _("Each escalation comes later than the one before. Raise the later ones.")
            )

    @property
    def percents(self) -> dict[int, int]:
        """The percentage of the limit at which each stage of procedure/escalation.py is due."""
        chosen = {
            1: self.near_percent,
            3: self.head_percent,
            4: self.coordinator_percent,
            5: self.admin_percent,
        }
        return {**DEFAULT_PERCENTS, **chosen}

    @classmethod
    def current(cls) -> ReminderSettings:
        """The stored settings, or the defaults; writes nothing."""
        return cls.objects.first() or cls()
