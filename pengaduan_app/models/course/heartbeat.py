"""The cluster's sign of life, where every process can read it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Heartbeat(models.Model):
    """One row: when the cluster last worked.

    django-q2 keeps its own figures in the cache, which processes don't have to share.
    """

    # The only key, so that there is never a second row.
    ROW = 1

    at = models.DateTimeField(_("last sign of life"))

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")
        default_permissions = []

    def __str__(self) -> str:
        return self.at.isoformat()
