"""The conversation between a complaint's reporter and the agency that handles it."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ...procedure import Entry, labels


class ThreadQuerySet(models.QuerySet["ThreadEntry"]):
    def open_question(self) -> ThreadEntry | None:
        """The agency's question that the reporter has not answered yet, or None."""
        return self.filter(kind=Entry.QUESTION.value, reply=None).first()

    def rating_of(self, answered_at: datetime | None) -> ThreadEntry | None:
        """The reporter's rating of the answer that was given at `answered_at`, or None."""
        rated = self.filter(kind=Entry.RATING.value)
        return rated.filter(created_at__gte=answered_at).first() if answered_at else None


class ThreadEntry(models.Model):
    """One message that the reporter or a member of staff wrote about a complaint.

    Shown as it was written to everyone who may see the complaint. It never reaches the public
    page, a mail, an index, the log or an export. Only pengaduan_app.actions creates it.
    """

    complaint = models.ForeignKey(
        "pengaduan_app.Complaint", on_delete=models.CASCADE, related_name="thread"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=labels.choices(labels.ENTRIES))
    # Empty for the reporter, who has no account.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    # A keyed hash (actions/form_marks.py) of the form that it was sent with: a form sent twice
    # with the same words makes one entry.
    key = models.UUIDField(editable=False)
    text = models.TextField(_("text"), blank=True)
    score = models.PositiveSmallIntegerField(_("rating"), null=True, blank=True)
    question = models.OneToOneField(
        "self",
        verbose_name=_("question"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="reply",
    )
    created_at = models.DateTimeField(_("written"))

    objects = ThreadQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["complaint", "key"], name="entry_once"),
            models.CheckConstraint(
                condition=models.Q(score=None) | models.Q(score__range=(1, 5)),
                name="score_from_1_to_5",
            ),
        ]
        indexes = [models.Index(fields=["complaint", "created_at"], name="thread_order")]

    def __str__(self) -> str:
        # Never the text: this string reaches logs, titles and error pages.
        return f"{self.kind} of complaint {self.complaint_id}"

    @property
    def is_of_reporter(self) -> bool:
        return self.author_id is None

    @property
    def is_of_today(self) -> bool:
        """True until midnight (WIB) of the day on which it was written."""
        return timezone.localdate(self.created_at) == timezone.localdate()
