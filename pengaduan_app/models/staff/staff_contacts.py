"""How colleagues reach a member of staff by telephone."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class StaffContact(models.Model):
    """A member of staff's telephone number, kept by the complaint administrator.

    Staff data: only the administrator and the coordinator, who chases late agencies (SOP C1),
    see it. It goes with the account's deactivation.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("member of staff"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="pengaduan_contact",
    )
    telephone = models.CharField(_("telephone"), max_length=40)

    class Meta:
        verbose_name = _("telephone number of staff")
        verbose_name_plural = _("telephone numbers of staff")
        default_permissions = []

    def __str__(self) -> str:
        # Never the number: this text reaches logs, titles and error pages.
        return f"Telephone of user {self.user_id}"
