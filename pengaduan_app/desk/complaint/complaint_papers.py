"""What is opened of a complaint besides its page: its sheet, its attachments, who sent it."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ... import actions, permissions
from ...models import Attachment
from ...presentation import PdfUnavailable, attachment_response, pdf_response
from . import disposition_sheet
from .action_forms import RevealForm
from .complaint_views import ComplaintFormView, ComplaintMixin


class RevealView(ComplaintFormView):
    """Opens the reporter's identity once, for a reason that stays in the log."""

    form_class = RevealForm

    def check_allowed(self) -> None:
        if not permissions.may_reveal(self.user, self.complaint):
            raise actions.NotYours(_("You may not open the reporter's identity."))

    def get_page_title(self) -> str:
        return _("Open the reporter's identity")

    def form_valid(self, form: RevealForm) -> HttpResponse:
        reporter = actions.reveal(self.complaint, self.user, form.cleaned_data["reason"])
        context = WagtailAdminTemplateMixin.get_context_data(
            self, reporter=reporter, back_url=self.get_complaint_url()
        )
        response = render(self.request, "pengaduan_app/desk/reporter.html", context)
        response["Cache-Control"] = "private, no-store"
        return response


class PrintView(ComplaintMixin, View):
    """The disposition sheet (SOP A2): A4 as HTML, or as PDF with `?format=pdf`."""

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        context = disposition_sheet.context_of(self.complaint, request.build_absolute_uri)
        html = render_to_string("pengaduan_app/desk/disposition_sheet.html", context, request)
        if request.GET.get("format") != "pdf":
            return HttpResponse(html)
        try:
            return pdf_response(html, self.complaint.ticket)
        except PdfUnavailable as refusal:
            raise actions.NotNow(str(refusal)) from refusal


class AttachmentView(ComplaintMixin, View):
    """A photo or PDF, for users who may see the complaint."""

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> FileResponse:
        attachment = get_object_or_404(
            Attachment, pk=self.kwargs["attachment_pk"], complaint=self.complaint
        )
        return attachment_response(attachment)
