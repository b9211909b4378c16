"""What the agencies that a head called have answered (SOP A7)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Contribution(models.Model):
    """A called agency's word that its part is done, once for each time it is called.

    Shown to everybody who may see the complaint; never to its reporter or the public. Only
    pengaduan_app.actions creates it.
    """

    # The row of the coordination that it belongs to; the next one asks anew.
    step = models.ForeignKey(
        "pengaduan_app.StepRecord",
        verbose_name=_("step"),
        on_delete=models.CASCADE,
        related_name="contributions",
    )
    agency = models.ForeignKey(
        "pengaduan_app.Agency",
        verbose_name=_("agency"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+"
    )
    note = models.TextField(_("note"))
    created_at = models.DateTimeField(_("written"))

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        default_permissions = []
        constraints = [models.UniqueConstraint(fields=["step", "agency"], name="contribution_once")]

    def __str__(self) -> str:
        # Never the note: this string reaches logs, titles and error pages.
        return f"contribution of agency {self.agency_id} to step {self.step_id}"
