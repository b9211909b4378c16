"""Each role's day on one page, with pictures, for the screen and for paper.

The pages are in Indonesian alone: they tell the city's own procedure. Their limits are those in
force; docs/panduan/ has the same pages with the SOP's (`python -m scripts.guide`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, cast

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ... import permissions
from ...deadlines import limits
from ...permissions import Staff
from ...presentation import duration
from ...procedure import Role, Step, labels

LANGUAGE = "id"


def words_of(in_force: Mapping[Step, timedelta]) -> dict[str, str]:
    """Each step's limit as the pages write it, by the step's code."""
    with override(LANGUAGE):
        return {step.value: duration(limit) for step, limit in in_force.items()}


def template_of(role: Role) -> str:
    """The role's page, without a frame."""
    return f"pengaduan_app/guide/{role.value}.html"


class GuideView(WagtailAdminTemplateMixin, TemplateView):
    """`/admin/guide/<role>/`: open to everybody who works here, for any role."""

    template_name = "pengaduan_app/desk/guide.html"
    header_icon = "help"
    _show_breadcrumbs = True
    kwargs: dict[str, str]

    @property
    def role(self) -> Role:
        try:
            return Role(self.kwargs["role"])
        except ValueError as error:
            raise Http404 from error

    def get_page_title(self) -> str:
        return _("A day's work: %(role)s") % {"role": labels.ROLES[self.role]}

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: object) -> dict[str, Any]:
        return super().get_context_data(
            guide=template_of(self.role),
            limits=words_of(limits.current_limits()),
            others=[(_url(role), labels.ROLES[role]) for role in Role if role != self.role],
            **kwargs,
        )


def _url(role: Role) -> str:
    return reverse("pengaduan_guide", args=[role.value])


class GuideMenuItem(MenuItem):
    """In the admin's help: the day of the first role that the person has."""

    def __init__(self) -> None:
        label: Promise = gettext_lazy("A day's work, step by step")
        url = _url(Role.OPERATOR)
        super().__init__(label, url, name="pengaduan-guide", icon_name="help", order=100)

    def render_component(self, request: HttpRequest) -> Any:
        held = permissions.roles_of(cast(Staff, request.user))
        component = super().render_component(request)
        component.url = _url(next((role for role in Role if role in held), Role.OPERATOR))
        return component
