"""The vault: the only place that stores who sent a complaint."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ... import permissions
from ...procedure import Consent, labels
from ...vault import EncryptedTextField


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
    # The address of a post on social media, which leads to whoever wrote it.
    link = EncryptedTextField(_("address of the post"), blank=True, db_default="")
    consent_at = models.DateTimeField(_("consented"))
    consent_how = models.CharField(
        _("consented by"),
        max_length=8,
        choices=labels.choices(labels.CONSENTS),
        default=Consent.FORM.value,
        db_default=Consent.FORM.value,
    )
    # No name was asked (anonim, in SP4N-LAPOR): all that would identify somebody is empty.
    is_anonymous = models.BooleanField(_("anonymous"), default=False, db_default=False)

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

    @classmethod
    def is_unknown(cls, complaint_id: int) -> bool:
        """True if no name was asked. Reads this mark alone, so that the vault stays shut."""
        return cls.objects.filter(complaint=complaint_id, is_anonymous=True).exists()
