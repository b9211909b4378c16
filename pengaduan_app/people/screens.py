"""What the screens of staff share: who may open them, and how a refusal is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from .. import actions, permissions
from ..permissions import Staff
from . import accounts, rules

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class KeepersOnly(View):
    """For whoever keeps the accounts; Wagtail sends everybody else home with a sentence."""

    @property
    def user(self) -> Staff:
        return cast(Staff, self.request.user)

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not permissions.may_keep_people(self.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class PersonMixin(KeepersOnly):
    """About one account; a superuser's doesn't exist here."""

    @cached_property
    def person(self) -> Staff:
        return get_object_or_404(rules.people(), pk=self.kwargs["pk"])

    @property
    def person_url(self) -> str:
        return reverse("pengaduan_people:edit", args=[self.person.pk])


class FormScreen(KeepersOnly, WagtailAdminTemplateMixin, FormView):
    """A form whose refusals are shown above it, with nothing lost that was typed."""

    template_name = "pengaduan_app/people/form.html"
    header_icon = "user"
    _show_breadcrumbs = True
    # Of the form's button.
    style = ""
    # What follows from pressing it.
    lead: StrOrPromise = ""

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("pengaduan_people:index"), "label": _("Staff")},
            *self.last_breadcrumbs(),
        ]

    def last_breadcrumbs(self) -> list[dict[str, object]]:
        return [{"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form = context["form"]
        further = getattr(form, "further", ())
        context["media"] = form.media
        context["fields"] = [field for field in form if field.name not in further]
        context["further"] = [field for field in form if field.name in further]
        context["further_open"] = any(field.value() or field.errors for field in context["further"])
        return context

    def carry_out(self, form: Any) -> HttpResponse:
        raise NotImplementedError

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            return self.carry_out(form)
        except accounts.AddressTaken as refusal:
            form.add_error("email", str(refusal))
            status = 409
        except actions.NotYours as refusal:
            form.add_error(None, str(refusal))
            status = 403
        except actions.NotNow as refusal:
            form.add_error(None, str(refusal))
            status = 409
        response = self.form_invalid(form)
        response.status_code = status
        return response

    def form_invalid(self, form: Form) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 400
        return response
