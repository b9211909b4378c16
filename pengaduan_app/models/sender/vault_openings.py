"""Who opened which reporter's identity, when and why, as the log holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry

if TYPE_CHECKING:
    from ..complaint import Complaint

OPENING = "pengaduan_app.reveal"


class VaultOpenings(models.Manager["VaultOpening"]):
    def get_queryset(self) -> models.QuerySet[VaultOpening]:
        return super().get_queryset().filter(action=OPENING)

    def of(self, complaint: Complaint) -> models.QuerySet[VaultOpening]:
        """Those of one complaint, the first one first."""
        found = self.filter(object_id=str(complaint.pk)).select_related("user")
        return found.order_by("timestamp", "pk")


class VaultOpening(ModelLogEntry):
    """A row of Wagtail's own log, which nobody writes by hand and nothing clears.

    `label` is the ticket, `object_id` the complaint's key.
    """

    objects = VaultOpenings()

    class Meta:
        proxy = True
        verbose_name = _("vault opening")
        verbose_name_plural = _("vault openings")
        default_permissions = ()

    @property
    def reason(self) -> str:
        return str(self.data.get("reason", ""))
