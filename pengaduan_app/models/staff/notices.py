"""What is new for a member of staff, as the admin's bell shows it, besides their mail."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ...procedure import ReminderKind, labels
from ..course.outbox import OutboxMessage

# How long a notice is kept; what it tells of stands in the complaint's own record.
LIFE = timedelta(days=90)


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, user_id: int | None) -> Self:
        """This person's, the newest first."""
        return self.filter(recipient=user_id).order_by("-pk")

    def unread(self) -> Self:
        """Those that still ask for a look: neither read, nor of a step that has ended since."""
        ended = models.Q(step__finished_at__isnull=False)
        return self.filter(read_at__isnull=True).exclude(ended)

    def mark_read(self) -> int:
        """Returns how many had not been read."""
        return self.filter(read_at__isnull=True).update(read_at=timezone.now())

    def clear(self, now: datetime) -> None:
        """Delete those that are too old to be looked for."""
        self.filter(created_at__lt=now - LIFE).delete()


class Notice(models.Model):
    """One thing that one person is told of one complaint.

    Like a mail it names the complaint by its ticket, never the citizen's words. Its `kind` is
    the kind of the mail that says the same; `reminder` is the one that it tells of.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(max_length=16)
    complaint = models.ForeignKey(
        "pengaduan_app.Complaint", on_delete=models.CASCADE, related_name="notices"
    )
    step = models.ForeignKey(
        "pengaduan_app.StepRecord", on_delete=models.CASCADE, null=True, related_name="+"
    )
    reminder = models.ForeignKey(
        "pengaduan_app.Reminder", on_delete=models.CASCADE, null=True, related_name="+"
    )
    # As in the outbox: nobody is told the same twice.
    key = models.CharField(max_length=120, unique=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notice_newest"),
            models.Index(
                fields=["recipient"], condition=models.Q(read_at__isnull=True), name="notice_unread"
            ),
            models.Index(fields=["created_at"], name="notice_age"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def title(self) -> str | Promise:
        """What is new, in a few words."""
        if self.reminder:
            return labels.REMINDERS[ReminderKind(self.reminder.kind)]
        return OutboxMessage.Kind(self.kind).label

    @property
    def is_over(self) -> bool:
        """Whether the step that it tells of has ended."""
        return self.step is not None and self.step.finished_at is not None


class MailChoices(models.Manager["MailChoice"]):
    def of(self, user_id: int) -> MailChoice:
        """This person's choice; unsaved, with the usual one, while they have made none."""
        return self.filter(user=user_id).first() or MailChoice(user_id=user_id)


class MailChoice(models.Model):
    """How a member of staff wants their mail. Reminders come at once, whatever they choose."""

    class When(models.TextChoices):
        AT_ONCE = "at_once", _("At once, one e-mail each")
        DAILY = "daily", _("Once a day, in the morning, all together")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    when = models.CharField(
        _("e-mails about complaints"),
        max_length=8,
        choices=When.choices,
        default=When.AT_ONCE,
        help_text=_(
            "Reminders of steps that are due always come at once. What is new stands under "
            "Notifications as well."
        ),
    )

    objects = MailChoices()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user_id}: {self.when}"
