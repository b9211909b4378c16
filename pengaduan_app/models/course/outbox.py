"""Messages that wait to be sent: when a mail server is down, none is lost."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class OutboxMessageQuerySet(models.QuerySet["OutboxMessage"]):
    def unsent(self) -> Self:
        """What is still to be sent."""
        return self.filter(sent_at__isnull=True, given_up_at__isnull=True)

    def given_up(self) -> Self:
        """What nobody could be reached with (messaging/giving_up.py)."""
        return self.filter(given_up_at__isnull=False)


class OutboxMessage(models.Model):
    """One message to one person.

    It names the person by reference alone: `recipient` for staff; without a recipient it is
    for the complaint's reporter, whose address stays in the vault until the message is sent.
    The text is composed then too, from the complaint as it is at that moment. A digest of
    reminders is about many complaints, and an invitation about none, so these have no `complaint`.
    """

    class Kind(models.TextChoices):
        RECEIVED = "received", _("Complaint received")
        DECLINED = "declined", _("Complaint declined")
        REFERRED = "referred", _("Complaint referred")
        DUPLICATE = "duplicate", _("Complaint joined")
        ANSWERED = "answered", _("Complaint answered")
        CORRECTED = "corrected", _("Answer corrected")
        RETRACTED = "retracted", _("Complaint withdrawn")
        QUESTION = "question", _("A question to the reporter")
        FOLLOW_UP = "follow_up", _("The reporter has written")
        REOPENED = "reopened", _("Complaint reopened")
        STEP = "step", _("A step has come to you")
        COORDINATION = "coordination", _("Coordination asked of you")
        CONTRIBUTION = "contribution", _("A called agency has answered")
        REMINDER = "reminder", _("Reminder")
        VAULT = "vault", _("Identity opened")
        INVITATION = "invitation", _("Invitation to staff")
        HANDED_ON = "handed_on", _("Steps handed on to you")
        DAILY = "daily", _("What is new, once a day")
        LEAGUE = "league", _("The agencies of the week")

    complaint = models.ForeignKey(
        "pengaduan_app.Complaint",
        on_delete=models.CASCADE,
        related_name="messages",
        null=True,
        blank=True,
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("member of staff"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )
    step = models.ForeignKey(
        "pengaduan_app.StepRecord",
        verbose_name=_("step"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
    )
    reminders = models.ManyToManyField(
        "pengaduan_app.Reminder", verbose_name=_("reminders"), related_name="messages", blank=True
    )
    # Says what the message is about and for whom, so that it can't be queued twice.
    key = models.CharField(max_length=120, unique=True)
    created_at = models.DateTimeField(_("created"))
    send_after = models.DateTimeField(_("send after"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    # Tried often enough: its address doesn't work.
    given_up_at = models.DateTimeField(_("given up"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    # The error without any address: mail servers quote the recipient.
    last_error = models.CharField(_("last error"), max_length=120, blank=True)

    objects = OutboxMessageQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("outgoing message")
        verbose_name_plural = _("outgoing messages")
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                # Without either, there would be nobody to send it to.
                condition=models.Q(complaint__isnull=False) | models.Q(recipient__isnull=False),
                name="outbox_has_somebody",
            )
        ]
        indexes = [
            models.Index(
                fields=["send_after", "id"],
                condition=models.Q(sent_at__isnull=True),
                name="outbox_unsent",
            ),
            # The register, newest first, and whether anything was sent lately (health.py).
            models.Index(fields=["created_at"], name="outbox_register"),
            models.Index(fields=["kind", "created_at"], name="outbox_register_kind"),
            models.Index(fields=["sent_at"], name="outbox_sent"),
            models.Index(
                fields=["given_up_at"],
                condition=models.Q(given_up_at__isnull=False),
                name="outbox_given_up",
            ),
            models.Index(
                fields=["recipient", "sent_at"],
                condition=models.Q(kind="reminder"),
                name="outbox_digests",
            ),
        ]

    def __str__(self) -> str:
        return self.key
