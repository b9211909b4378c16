"""What staff may set for the public site: its names, its logo, its contacts."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="home")
class ServiceSettings(BaseSiteSetting):
    """Names, logo and contacts in the head and foot of every page. All may be empty."""

    service_name = models.CharField(
        _("name of the service"),
        max_length=60,
        blank=True,
        help_text=_("Empty: the name that this software brings."),
    )
    city_name = models.CharField(_("name of the city"), max_length=60, blank=True)
    logo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("logo"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Best with a transparent background, for it stands on brick red."),
    )
    address = models.TextField(_("address"), max_length=300, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    social_url = models.URLField(
        _("page on a social network"),
        blank=True,
        help_text=_("A plain link; nothing is loaded from there."),
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("service_name"), FieldPanel("city_name"), FieldPanel("logo")],
            heading=_("Head of every page"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("address"),
                FieldPanel("phone"),
                FieldPanel("email"),
                FieldPanel("social_url"),
            ],
            heading=_("Foot of every page"),
        ),
    ]

    class Meta:
        verbose_name = _("name, logo and contacts")
        verbose_name_plural = _("names, logos and contacts")
