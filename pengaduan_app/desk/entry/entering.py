"""`/admin/complaints/enter/`: what came by telephone, letter, counter or social media."""

from __future__ import annotations

from math import ceil
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ... import actions, permissions, throttle
from ...citizen import upload_store
from ...permissions import Staff
from ...presentation import PdfUnavailable, pdf_response
from ...privacy import measured
from ..complaint.complaint_facts import admin_url
from . import entering_receipt
from .entering_form import EnterForm

# What one account may enter in an hour: a person types no faster, and a stolen session is stopped.
MOST = 60
# Forms sent for each that is taken.
TRIES = 5
# Seconds in an hour for which one account's files may be open.
OPENING = 300


class EnteringOnly(View):
    """For whoever may enter complaints; Wagtail sends everybody else home with a sentence."""

    @property
    def user(self) -> Staff:
        return cast(Staff, self.request.user)

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not permissions.may_enter(self.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


@method_decorator(never_cache, name="dispatch")
@method_decorator(sensitive_post_parameters(), name="dispatch")
class EnterView(EnteringOnly, WagtailAdminTemplateMixin, FormView):
    """One form, one complaint; what comes next is its receipt."""

    form_class = EnterForm
    template_name = "pengaduan_app/desk/enter.html"
    page_title = gettext_lazy("Enter a complaint")
    header_icon = "edit"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("pengaduan_admin:list"), "label": _("Complaints")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form = context["form"]
        return context | {"media": form.media, "notes": form.notes()}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self._is_over("enter", MOST) or self._is_over("enter-post", MOST * TRIES):
            return self._refuse(
                _("You have entered very many complaints in this hour. Go on in the next one."), 429
            )
        self._count("enter-post")
        if request.FILES and self._is_over("enter-files", OPENING * 1000):
            return self._refuse(
                _("Your files have kept the server busy. Send without files, or in an hour."), 429
            )
        form = self.get_form()
        with measured() as spent:
            is_valid = form.is_valid()
        if spent.seconds:
            self._count("enter-files", ceil(spent.seconds * 1000))
        return self.form_valid(form) if is_valid else self.form_invalid(form)

    def form_valid(self, form: EnterForm) -> HttpResponse:
        data = form.cleaned_data
        try:
            receipt = actions.submit(**form.submission(), files=data["attachments"])
        except actions.NotStored as refusal:
            return self._again(form, str(refusal), 503)
        except actions.NotYours as refusal:
            return self._again(form, str(refusal), 403)
        except actions.NotNow as refusal:
            return self._again(form, str(refusal), 409)
        upload_store.discard(data["kept"], data["key"])
        if receipt.is_new:
            self._count("enter")
        for sentence in _said_of(receipt):
            messages.warning(self.request, sentence)
        if not entering_receipt.is_fresh(receipt):
            return redirect("pengaduan_admin:enter")
        entering_receipt.keep(self.request.session, receipt, self.user)
        return redirect("pengaduan_admin:entered")

    def form_invalid(self, form: EnterForm) -> HttpResponse:
        form.store_files()
        response = super().form_invalid(form)
        response.status_code = 400
        return response

    def _again(self, form: EnterForm, refusal: str, status: int) -> HttpResponse:
        """The form as it was typed, with one sentence above it."""
        form.add_error(None, refusal)
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def _refuse(self, refusal: str, status: int) -> HttpResponse:
        """The same, for what isn't looked at."""
        form = EnterForm(initial=self.request.POST.dict(), user=self.user)
        context = self.get_context_data(form=form, refusal=refusal)
        return self.render_to_response(context, status=status)

    def _is_over(self, purpose: str, limit: int) -> bool:
        return throttle.is_over(self.request, purpose, limit, account=self.user.get_username())

    def _count(self, purpose: str, amount: int = 1) -> None:
        throttle.count(self.request, purpose, account=self.user.get_username(), amount=amount)


def _said_of(receipt: actions.Receipt) -> list[str]:
    """What would go unnoticed: that there are two now, that it was there before, or that files
    did not come along."""
    ticket = {"ticket": receipt.complaint.ticket}
    said = []
    if receipt.follows_another:
        said.append(
            _(
                "You have sent this form before, with other words. Both complaints are kept; if "
                "one is too many, join the two."
            )
        )
    if not entering_receipt.is_fresh(receipt):
        said.append(
            _(
                "You entered this form before: it is %(ticket)s. Its code was shown then, and "
                "nobody can look it up."
            )
            % ticket
        )
    if receipt.has_other_files:
        said.append(_("%(ticket)s was there before, without the files that you sent now.") % ticket)
    return said


@method_decorator(never_cache, name="dispatch")
class EnteredView(EnteringOnly):
    """The receipt, once; printed from the browser."""

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        shown = entering_receipt.take(request.session, self.user)
        if shown is None:
            messages.warning(
                request,
                _(
                    "A receipt is shown once. If it wasn't printed, go back to the form and send "
                    "it again within 15 minutes: you get the same number and code."
                ),
            )
            return redirect("pengaduan_admin:enter")
        context = entering_receipt.context_of(shown, request.build_absolute_uri)
        may_see = permissions.may_see(self.user, shown.complaint)
        context |= {
            "sealed": entering_receipt.seal(shown, self.user),
            "spoken": shown.spoken,
            "complaint_url": admin_url("inspect", shown.complaint) if may_see else "",
        }
        return render(request, "pengaduan_app/desk/entered.html", context)


@method_decorator(never_cache, name="dispatch")
@method_decorator(sensitive_post_parameters(), name="dispatch")
class EnteredPdfView(EnteringOnly):
    """The same receipt as a PDF, asked for from its page; by POST, as addresses end up in logs."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        shown = entering_receipt.unsealed(request.POST.get("sealed_code", ""), self.user)
        if shown is None:
            messages.warning(request, _("This receipt is no longer kept here."))
            return redirect("pengaduan_admin:enter")
        context = entering_receipt.context_of(shown, request.build_absolute_uri)
        html = render_to_string("pengaduan_app/desk/entered.html", context)
        try:
            return pdf_response(html, shown.complaint.ticket)
        except PdfUnavailable as refusal:
            raise actions.NotNow(str(refusal)) from refusal


class EnterMenuItem(MenuItem):
    """Shown to whoever may enter complaints."""

    def is_shown(self, request: HttpRequest) -> bool:
        return permissions.may_enter(request.user)


def menu_item() -> MenuItem:
    return EnterMenuItem(
        gettext_lazy("Enter a complaint"),
        reverse_lazy("pengaduan_admin:enter"),
        name="complaint-enter",
        icon_name="edit",
        order=111,
    )


def urlpatterns() -> list[URLPattern]:
    """Below the complaints' own addresses."""
    return [
        path("enter/", EnterView.as_view(), name="enter"),
        path("enter/receipt/", EnteredView.as_view(), name="entered"),
        path("enter/receipt/pdf/", EnteredPdfView.as_view(), name="entered_pdf"),
    ]
