"""`/admin/complaints/owed/`: C1 for all that agencies owe, several agencies at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ... import actions, permissions
from ...models import Agency
from ...permissions import Staff
from ...procedure import Role
from ...workflow import note_field
from .owed_facts import Owing, owing_agencies


class OwedForm(forms.Form):
    """Which agencies, and what is said to all of them. The template writes the tick boxes."""

    agencies = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one agency.")},
    )
    message = note_field(
        gettext_lazy("Message to the agencies"),
        help_text=gettext_lazy(
            "Each agency gets one e-mail that lists all its late steps: to the people whose "
            "steps they are, and to its head. Leave out what the reporters wrote."
        ),
    )

    def __init__(self, *args: Any, owing: list[Owing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.MultipleChoiceField, self.fields["agencies"])
        field.choices = [(str(row.agency.pk), row.agency.name) for row in owing]

    @property
    def ticked(self) -> list[str]:
        """What was ticked when the form came back."""
        return self["agencies"].value() or []


@dataclass(frozen=True)
class Told:
    """What became of one agency's reminder."""

    agency: Agency
    done: bool
    text: str


class OwedView(WagtailAdminTemplateMixin, FormView):
    """Lists the agencies with late steps, and reminds those that the coordinator ticks."""

    template_name = "pengaduan_app/desk/owed.html"
    form_class = OwedForm
    header_icon = "warning"
    _show_breadcrumbs = True

    @property
    def user(self) -> Staff:
        """Wagtail sends visitors to the log-in before this view runs."""
        return cast(Staff, self.request.user)

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if Role.COORDINATOR not in permissions.roles_of(self.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def owing(self) -> list[Owing]:
        return owing_agencies()

    def get_page_title(self) -> str:
        return _("What the agencies owe")

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("pengaduan_admin:list"), "label": _("Complaints")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "owing": self.owing}

    def get_context_data(self, **kwargs: object) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form: OwedForm = context["form"]
        return context | {
            "media": form.media,
            "rows": [(row, str(row.agency.pk) in form.ticked) for row in self.owing],
        }

    def form_invalid(self, form: OwedForm) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 400
        return response

    def form_valid(self, form: OwedForm) -> HttpResponse:
        chosen = set(form.cleaned_data["agencies"])
        agencies = [row.agency for row in self.owing if str(row.agency.pk) in chosen]
        told = [self._remind(agency, form.cleaned_data["message"]) for agency in agencies]
        context = WagtailAdminTemplateMixin.get_context_data(
            self, told=told, back_url=reverse("pengaduan_admin:owed")
        )
        return render(self.request, "pengaduan_app/desk/owed_report.html", context)

    def _remind(self, agency: Agency, message: str) -> Told:
        """One agency, in a transaction of its own."""
        try:
            reminded = actions.remind_agency(agency, self.user, message)
        except actions.ActionRefused as refusal:
            return Told(agency, False, str(refusal))
        text = ngettext(
            "Reminded of %(count)d step.", "Reminded of %(count)d steps.", reminded.steps
        )
        words = text % {"count": reminded.steps}
        if reminded.left_out:
            left = ngettext(
                "%(count)d was left out: a reminder of it went out a moment ago, or the list "
                "would have been too long.",
                "%(count)d were left out: a reminder of them went out a moment ago, or the list "
                "would have been too long.",
                reminded.left_out,
            )
            words = f"{words} {left % {'count': reminded.left_out}}"
        return Told(agency, True, words)
