"""The page tree of the public site around the complaints."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.models import Page

from pengaduan_app import labels, limits, sop
from pengaduan_app.models import ComplaintPage


class HomePage(Page):
    """The front door: what the service is, its two big actions, the newest answers."""

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    api_fields = [APIField("introduction")]
    max_count = 1
    template = "home/home_page.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["newest"] = ComplaintPage.objects.published()[:6]
        return context


class ContentPage(Page):
    """A page of text: about the service, privacy, contact."""

    body = RichTextField(_("text"))

    content_panels = [*Page.content_panels, FieldPanel("body")]
    api_fields = [APIField("body")]
    parent_page_types = ["home.HomePage"]
    subpage_types = []
    template = "home/content_page.html"

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")


class ProcedurePage(ContentPage):
    """The procedure, with the table of steps and limits as they are in force now."""

    template = "home/procedure_page.html"

    class Meta:
        verbose_name = _("procedure page")
        verbose_name_plural = _("procedure pages")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        current = limits.current_limits()
        context["steps"] = [
            {
                "code": rule.step.value,
                "title": labels.STEPS[rule.step],
                "role": labels.ROLES[rule.role],
                "limit": current[rule.step],
            }
            for rule in sop.STEPS.values()
        ]
        return context
