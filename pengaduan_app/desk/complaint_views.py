"""One complaint in the admin: its page, its actions, its sheet, its attachments."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from .. import actions, permissions
from ..models import Attachment, CannedAnswer, Complaint
from ..presentation import PdfUnavailable, attachment_response, pdf_response
from ..procedure import Action, labels
from . import complaint_facts, complaint_page, disposition_sheet
from .action_forms import DESK_FORMS, RevealForm


class ComplaintMixin(WagtailAdminTemplateMixin):
    """Finds the complaint among those that the user may see; others don't exist for them."""

    header_icon = "mail"
    _show_breadcrumbs = True

    @cached_property
    def complaint(self) -> Complaint:
        visible = Complaint.objects.visible_to(self.request.user).with_open_step()
        return get_object_or_404(
            visible.select_related("agency", "category", "village", "official", "duplicate_of"),
            pk=self.kwargs["pk"],
        )

    def get_header_title(self):
        return f"{self.get_page_title()}: {self.complaint.ticket}"

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("pengaduan_admin:list"), "label": _("Complaints")},
            {"url": self.get_complaint_url(), "label": self.complaint.ticket},
        ]

    def get_complaint_url(self):
        return reverse("pengaduan_admin:inspect", args=[self.complaint.pk])


class ComplaintView(ComplaintMixin, TemplateView):
    """The citizen's words, the attachments, the timeline, and what the user may do now."""

    template_name = "pengaduan_app/desk/complaint.html"

    def get_page_title(self):
        return _("Complaint")

    def get_context_data(self, **kwargs):
        complaint, user = self.complaint, self.request.user
        reminded = complaint_page.Reminded.of(complaint, user)
        return super().get_context_data(
            complaint=complaint,
            state_label=labels.STATES[complaint.state],
            attachments=complaint.attachments.filter(entry=None),
            thread=complaint.thread.select_related("author").prefetch_related("attachments"),
            timeline=complaint.steps.select_related("agency", "finished_by"),
            links=complaint_page.links(complaint, user, reminded),
            reminded=reminded,
            facts=complaint_facts.facts(complaint, user),
            calls=complaint_facts.calls(complaint, user),
            **kwargs,
        )


class ComplaintFormView(ComplaintMixin, FormView):
    """A form about one complaint; a refusal becomes a sentence and a status code."""

    template_name = "pengaduan_app/desk/action.html"

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "complaint": self.complaint, "user": self.request.user}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(back_url=self.get_complaint_url(), **kwargs)
        context["complaint"] = self.complaint
        context["media"] = context["form"].media
        return context

    def dispatch(self, request, *args, **kwargs):
        try:
            self.check_allowed()
            return super().dispatch(request, *args, **kwargs)
        except actions.NotYours as refusal:
            return self.refuse(refusal, 403)
        except actions.NotNow as refusal:
            return self.refuse(refusal, 409, keep=request.method == "POST")

    def refuse(self, refusal, status, keep=False):
        """The sentence; with `keep` above the form, so that what was written isn't lost."""
        if keep:
            form = self.get_form()
            form.add_error(None, str(refusal))
            response = self.render_to_response(self.get_context_data(form=form))
            response.status_code = status
            return response
        context = WagtailAdminTemplateMixin.get_context_data(
            self, refusal=str(refusal), back_url=self.get_complaint_url()
        )
        return render(self.request, "pengaduan_app/desk/refused.html", context, status=status)

    def form_invalid(self, form):
        response = super().form_invalid(form)
        response.status_code = 400
        return response


class ActionView(ComplaintFormView):
    """`/admin/complaints/<id>/<action>/`: one action, with what it needs."""

    @cached_property
    def action(self) -> Action:
        try:
            action = Action(self.kwargs["action"])
        except ValueError as error:
            raise Http404 from error
        if action not in DESK_FORMS:
            raise Http404
        return action

    def check_allowed(self):
        actions.check(self.complaint, self.action, self.request.user)

    def get_page_title(self):
        return labels.ACTIONS[self.action]

    def get_form_class(self):
        return DESK_FORMS[self.action]

    def get_template_names(self):
        return [f"pengaduan_app/desk/{self.action.value}.html", self.template_name]

    def get_initial(self):
        template = self.request.GET.get("template", "")
        if self.action != Action.ANSWER or not template.isdecimal():
            return super().get_initial()
        chosen = self.canned_answers().filter(pk=template).first()
        return {"answer": chosen.body if chosen else ""}

    def canned_answers(self):
        """The reply templates that this complaint's agency may start from."""
        return CannedAnswer.objects.offered_to(self.complaint.agency_id)

    def get_context_data(self, **kwargs):
        offered = self.canned_answers() if self.action == Action.ANSWER else []
        return super().get_context_data(
            canned_answers=offered,
            about=complaint_facts.about(self.action, self.complaint),
            limits=complaint_page.limits_of_choice(self.complaint, self.action),
            **{"seen": self.get_seen(), **kwargs},
        )

    def get_seen(self) -> str:
        """The open row that the person knows of: as text, or the language's way of writing
        numbers gets into it."""
        record = self.complaint.open_record
        return str(record.pk) if record else ""

    def form_invalid(self, form):
        # A form with an error still is of the step that it was opened in.
        context = self.get_context_data(form=form, seen=self.request.POST.get("seen", "")[:18])
        return self.render_to_response(context, status=400)

    def form_valid(self, form):
        function = actions.DESK_ACTIONS[self.action]
        seen = self.request.POST.get("seen", "")
        complaint = function(
            self.complaint.pk,
            self.request.user,
            seen=int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 19 else None,
            **form.action_arguments(),
        )
        buttons = [
            messages.button(row.url, row.label)
            for row in complaint_page.next_links(self.action, complaint)
        ]
        messages.success(
            self.request, complaint_page.result(self.action, complaint), buttons=buttons
        )
        if permissions.may_see(self.request.user, complaint):
            return redirect(self.get_complaint_url())
        return redirect("pengaduan_admin:list")


class RevealView(ComplaintFormView):
    """Opens the reporter's identity once, for a reason that stays in the log."""

    form_class = RevealForm

    def check_allowed(self):
        if not permissions.may_reveal(self.request.user, self.complaint):
            raise actions.NotYours(_("You may not open the reporter's identity."))

    def get_page_title(self):
        return _("Open the reporter's identity")

    def form_valid(self, form):
        reporter = actions.reveal(self.complaint, self.request.user, form.cleaned_data["reason"])
        context = WagtailAdminTemplateMixin.get_context_data(
            self, reporter=reporter, back_url=self.get_complaint_url()
        )
        response = render(self.request, "pengaduan_app/desk/reporter.html", context)
        response["Cache-Control"] = "private, no-store"
        return response


class PrintView(ComplaintMixin, View):
    """The disposition sheet (SOP A2): A4 as HTML, or as PDF with `?format=pdf`."""

    def get(self, request, *args, **kwargs):
        context = disposition_sheet.context_of(self.complaint, request.build_absolute_uri)
        html = render_to_string("pengaduan_app/desk/disposition_sheet.html", context, request)
        if request.GET.get("format") != "pdf":
            return HttpResponse(html)
        try:
            return pdf_response(html, self.complaint.ticket)
        except PdfUnavailable as refusal:
            raise actions.NotNow(str(refusal)) from refusal


class AttachmentView(ComplaintMixin, View):
    """A photo or PDF, for who may see the complaint."""

    def get(self, request, *args, **kwargs):
        attachment = get_object_or_404(
            Attachment, pk=kwargs["attachment_pk"], complaint=self.complaint
        )
        return attachment_response(attachment)
