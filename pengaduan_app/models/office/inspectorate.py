"""Where a reporter turns whose complaint has a supervisory element: the inspectorate."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting


class Inspectorate(BaseGenericSetting):
    """The inspectorate's address and contacts, filled in by the complaint administrator.

    The SOP doesn't take complaints with a supervisory element; whoever sent one is told where
    such matters are handled.
    """

    name = models.CharField(_("name of the inspectorate"), max_length=160, blank=True)
    address = models.CharField(_("address"), max_length=255, blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True)

    panels = [FieldPanel(name) for name in ("name", "address", "phone", "email", "website")]

    class Meta:
        verbose_name = _("inspectorate")
        default_permissions = ["change"]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def current(cls) -> Inspectorate:
        """The stored inspectorate, or an empty one; writes nothing."""
        return cls.objects.first() or cls()

    @property
    def can_be_reached(self) -> bool:
        """True if a reporter would learn from it where to turn."""
        return any((self.address, self.phone, self.email, self.website))

    @property
    def lines(self) -> list[str]:
        """Where to turn, a line each, as letters and pages show it; empty if nothing is stored."""
        if not self.can_be_reached:
            return []
        phone = str(_("Telephone %(number)s") % {"number": self.phone}) if self.phone else ""
        return [line for line in (self.name, self.address, phone, self.email, self.website) if line]
