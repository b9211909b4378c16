"""The agencies (SKPD) that complaints are addressed to."""

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from ..page.slugs import NamePanel, SluggedModelForm, slug_panel


class Agency(models.Model):
    """A city agency: its remit (tupoksi), its contacts, its group and its section.

    Saving an agency makes its group, its section page and the section's permissions
    (operations/sections.py), so that a new agency can work at once.
    """

    name = models.CharField(_("name"), max_length=120, unique=True)
    short_name = models.CharField(_("short name"), max_length=40)
    slug = models.SlugField(_("slug"), unique=True)
    remit = models.TextField(_("remit"), help_text=_("What the agency is responsible for."))
    address = models.CharField(_("address"), max_length=200, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    active = models.BooleanField(
        _("takes complaints"), default=True, help_text=_("Offered to citizens and staff.")
    )
    around_the_clock = models.BooleanField(
        _("works around the clock"),
        default=False,
        help_text=_(
            "For a hospital or a fire brigade: its steps know no office hours and no days off."
        ),
    )
    group = models.OneToOneField(
        Group, on_delete=models.PROTECT, null=True, editable=False, related_name="agency"
    )

    base_form_class = SluggedModelForm
    panels = [
        NamePanel(),
        FieldPanel("short_name"),
        slug_panel(),
        FieldPanel("remit"),
        MultiFieldPanel(
            [FieldPanel("address"), FieldPanel("phone"), FieldPanel("email")],
            heading=_("Contacts"),
        ),
        FieldPanel("active"),
        FieldPanel("around_the_clock"),
    ]

    class Meta:
        ordering = ["name"]
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")

    def __str__(self) -> str:
        return self.name

    @property
    def brief(self) -> str:
        """The short name, for tables, menus and charts; the full name if it has none."""
        return self.short_name or self.name

    def clean(self) -> None:
        super().clean()
        same_name = Group.objects.filter(name=self.name)
        if self.group_id is not None:
            same_name = same_name.exclude(pk=self.group_id)
        if same_name.exists():
            raise ValidationError(
                {"name": _("A group of staff has this name already. Choose another name.")}
            )
