"""How a complaint reached the office that staff entered for its reporter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from ..complaint import Complaint


class Arrival(models.Model):
    """Who entered a complaint, and when the office had received it; none for the citizens' own.

    For the staff alone, and nothing here leads to the reporter: the address of a post on social
    media is in the vault. Only pengaduan_app.actions creates it.
    """

    complaint = models.OneToOneField(
        "pengaduan_app.Complaint", on_delete=models.CASCADE, related_name="arrival"
    )
    # The day of the call, the visit or the post, or the letter's date of receipt. The clock starts
    # at Complaint.created_at (procedure/receiving.py).
    received_on = models.DateField(_("received by the office on"))
    letter_number = models.CharField(_("number of the letter"), max_length=80, blank=True)
    letter_date = models.DateField(_("date of the letter"), null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("arrival")
        verbose_name_plural = _("arrivals")
        default_permissions = []

    def __str__(self) -> str:
        return f"Arrival of complaint {self.complaint_id}"

    @classmethod
    def of(cls, complaint: Complaint) -> Arrival | None:
        """The complaint's; None if its reporter sent it."""
        found: Arrival | None = getattr(complaint, "arrival", None)
        return found
