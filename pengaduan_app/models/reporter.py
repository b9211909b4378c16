"""The vault: the only place that stores who sent a complaint."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .. import permissions
from ..vault import EncryptedTextField


class Reporter(models.Model):
    """The identity of one complaint's reporter, encrypted at rest.

    Never logged, indexed, stored in a revision, exported or returned by the API. Staff see it
    only through actions.reveal, which asks for a reason and leaves a log entry.
    """

    complaint = models.OneToOneField(
        "pengaduan_app.Complaint", on_delete=models.CASCADE, related_name="reporter"
    )
    name = EncryptedTextField(_("name"))
    phone = EncryptedTextField(_("telephone"), blank=True)
    email = EncryptedTextField(_("e-mail"), blank=True)
    address = EncryptedTextField(_("address"), blank=True)
    consent_at = models.DateTimeField(_("consented"))

    class Meta:
        verbose_name = _("reporter")
        verbose_name_plural = _("reporters")
        default_permissions = []
        permissions = [
            (permissions.REVEAL_PERMISSION, "Can open the reporter's identity, with a reason")
        ]

    def __str__(self) -> str:
        # Never the name: this text reaches logs, titles and error pages.
        return f"Reporter of complaint {self.complaint_id}"
