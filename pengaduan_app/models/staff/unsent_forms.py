"""Forms of the admin that were sent after the session had ended."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from ...vault import EncryptedTextField

# How long such a form waits for its writer, and how many of one person wait.
LIFE = timedelta(hours=2)
MOST = 10


class UnsentForms(models.Manager["UnsentForm"]):
    def waiting_for(self, user_id: int | None) -> models.QuerySet[UnsentForm]:
        """This person's, the newest first; nobody else's."""
        fresh = self.filter(created_at__gt=timezone.now() - LIFE)
        return fresh.filter(user=user_id).order_by("-pk")

    def keep(self, user_id: int, path: str, fields: str) -> UnsentForm:
        """Store one more, and drop what is too old or too much of this person's."""
        kept = self.create(user_id=user_id, path=path, fields=fields, created_at=timezone.now())
        newest = self.waiting_for(user_id).values_list("pk", flat=True)[:MOST]
        self.filter(user=user_id).exclude(pk__in=list(newest)).delete()
        return kept

    def clear(self) -> None:
        """Delete those that nobody came back for."""
        self.filter(created_at__lte=timezone.now() - LIFE).delete()


class UnsentForm(models.Model):
    """What a member of staff had written when the session was over, for that person alone."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    path = models.TextField()
    # The form's fields as JSON, encrypted: whatever stands in a complaint may stand here.
    fields = EncryptedTextField()
    created_at = models.DateTimeField(db_index=True)

    objects = UnsentForms()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.path} ({self.user_id})"
