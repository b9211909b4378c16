"""The page tree of the public site around the complaints."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from pengaduan_app.deadlines import limits
from pengaduan_app.procedure import clock, labels, sop

from ..blocks import FrontPageBlock
from ..data import load

# The SOP's table has three parts, distinguished by the letter of the step's code.
PARTS = {
    "A": _("In the agency"),
    "B": _("In public relations"),
    "C": _("Reminders and wrong addresses"),
}


def default_body() -> list[dict[str, Any]]:
    """The parts of a new front page."""
    body: list[dict[str, Any]] = load("pages")["home"]["body"]
    return body


class HomePage(Page):
    """The front door: what the service is, its two big actions, and what editors add."""

    introduction = models.TextField(_("introduction"), blank=True)
    body = StreamField(FrontPageBlock(), verbose_name=_("parts"), blank=True, default=default_body)

    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    api_fields = [APIField("introduction"), APIField("body")]
    max_count = 1
    template = "home/home_page.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class ContentPage(Page):
    """A page of text: about the service, privacy, contact."""

    body = RichTextField(_("text"))

    content_panels = [*Page.content_panels, FieldPanel("body")]
    api_fields = [APIField("body")]
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    template = "home/content_page.html"

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")


class ProcedurePage(ContentPage):
    """The procedure, with the table of its steps and the limits in force."""

    template = "home/procedure_page.html"

    class Meta:
        verbose_name = _("procedure page")
        verbose_name_plural = _("procedure pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "parts": _parts()}


def _parts() -> list[dict[str, Any]]:
    """The SOP's table in its three parts, with the limits in force now."""
    in_force = limits.in_force()
    return [
        {"title": PARTS[letter], "steps": [_step(rule, in_force[rule.step]) for rule in rules]}
        for letter, rules in groupby(sop.STEPS.values(), key=lambda rule: rule.step.value[0])
    ]


def _step(rule: sop.StepRule, limit: limits.Limit) -> dict[str, Any]:
    runs_always = limit.clock == clock.ClockKind.ELAPSED
    return {
        "code": rule.step.value,
        "title": labels.STEPS[rule.step],
        "role": labels.ROLES[rule.role],
        "limit": limit.time,
        "clock": "" if runs_always else labels.CLOCKS[limit.clock],
    }
