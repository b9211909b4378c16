"""The letterhead and the signature of what an office prints, and what its sheets may show."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting


class Letterhead(BaseGenericSetting):
    """The office's letterhead and signatory, filled in by the complaint administrator."""

    government = models.CharField(_("government"), max_length=120, blank=True)
    office = models.CharField(_("office"), max_length=160, blank=True)
    address = models.CharField(_("address and contacts"), max_length=255, blank=True)
    place = models.CharField(_("place of signing"), max_length=80, blank=True)
    signatory_title = models.CharField(_("position of who signs"), max_length=160, blank=True)
    signatory_name = models.CharField(_("name of who signs"), max_length=160, blank=True)
    signatory_number = models.CharField(
        _("NIP of who signs"), max_length=40, blank=True, help_text=_("The civil servant's number.")
    )
    contacts_on_sheet = models.BooleanField(
        _("print the citizen's words unmasked on the disposition sheet"),
        default=False,
        help_text=_(
            "Telephone numbers, e-mail addresses, 16-digit numbers and the reporter's name that "
            "stand in the text of an open complaint. Those of a confidential one are always masked."
        ),
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("government"), FieldPanel("office"), FieldPanel("address")],
            heading=_("Letterhead"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("place"),
                FieldPanel("signatory_title"),
                FieldPanel("signatory_name"),
                FieldPanel("signatory_number"),
            ],
            heading=_("Signature"),
        ),
        MultiFieldPanel([FieldPanel("contacts_on_sheet")], heading=_("Disposition sheet")),
    ]

    class Meta:
        verbose_name = _("letterhead of reports")
        default_permissions = ["change"]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def current(cls) -> Letterhead:
        """The stored letterhead, or an empty one; writes nothing."""
        return cls.objects.first() or cls()
