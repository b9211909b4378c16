"""One complaint in the admin: its page and its actions."""

from __future__ import annotations

import copy
from typing import Any, cast

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ... import actions, permissions
from ...messaging import preview
from ...models import CannedAnswer, Complaint, VaultOpening
from ...permissions import Staff, StaffRequest
from ...presentation import read_key
from ...procedure import Action, labels
from ...workflow import ActionForm
from ..editor import writing_help
from ..home import notices
from ..listing import queue, queue_walk
from . import assigned, complaint_ends, complaint_facts, complaint_page
from .desk_actions import BY_WORD, DeskAction

# What the buttons of the second question send.
DO_IT, CHANGE_IT = "yes", "change"


class ComplaintMixin(WagtailAdminTemplateMixin):
    """Finds the complaint among those that the user may see; others don't exist for them."""

    header_icon = "mail"
    _show_breadcrumbs = True
    kwargs: dict[str, Any]

    @property
    def user(self) -> Staff:
        """Wagtail sends visitors to the log-in before any of these views runs."""
        return cast(Staff, self.request.user)

    @cached_property
    def complaint(self) -> Complaint:
        visible = Complaint.objects.visible_to(self.user).with_open_step()
        return get_object_or_404(
            visible.select_related(
                *("agency", "category", "village", "official", "assignee", "duplicate_of"),
                "arrival__entered_by",
            ),
            pk=self.kwargs["pk"],
        )

    def get_header_title(self) -> str:
        return f"{self.get_page_title()}: {self.complaint.ticket}"

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("pengaduan_admin:list"), "label": _("Complaints")},
            {"url": self.get_complaint_url(), "label": self.complaint.ticket},
        ]

    def get_complaint_url(self) -> str:
        return complaint_facts.admin_url("inspect", self.complaint)


class ComplaintView(ComplaintMixin, TemplateView):
    """The citizen's words, the attachments, the timeline, and what the user may do now."""

    template_name = "pengaduan_app/desk/complaint.html"

    def get_page_title(self) -> str:
        return _("Complaint")

    def get_context_data(self, **kwargs: object) -> dict[str, Any]:
        complaint, user = self.complaint, self.user
        notices.mark_read(user, complaint.pk)
        reminded = complaint_page.Reminded.of(complaint, user)
        links = complaint_page.links(complaint, user, reminded)
        return super().get_context_data(
            complaint=complaint,
            state_label=complaint.get_state_display(),
            attachments=complaint.attachments.filter(entry=None),
            thread=complaint.thread.select_related("author").prefetch_related("attachments"),
            timeline=complaint.steps.with_undone().select_related(
                "agency", "finished_by", "assigned_to"
            ),
            openings=VaultOpening.objects.of(complaint),
            links=links,
            buttons=complaint_page.Buttons.of(links),
            reminded=reminded,
            assigned=assigned.line(complaint, user),
            facts=complaint_facts.facts(complaint, user),
            call=complaint_facts.call(complaint, user),
            place=queue_walk.place_of(cast(StaffRequest, self.request), complaint),
            **kwargs,
        )


class ComplaintFormView(ComplaintMixin, FormView):
    """A form about one complaint; a refusal becomes a sentence and a status code."""

    template_name = "pengaduan_app/desk/action.html"

    def check_allowed(self) -> None:
        """Raises NotYours or NotNow if the user may not open the form."""
        raise NotImplementedError

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "complaint": self.complaint, "user": self.user}

    def get_context_data(self, **kwargs: object) -> dict[str, Any]:
        context = super().get_context_data(back_url=self.get_complaint_url(), **kwargs)
        context["complaint"] = self.complaint
        context["media"] = context["form"].media
        return context

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            self.check_allowed()
            return super().dispatch(request, *args, **kwargs)
        except actions.NotYours as refusal:
            return self.refuse(refusal, 403)
        except actions.NotNow as refusal:
            return self.refuse(refusal, 409, keep=request.method == "POST")

    def refuse(
        self, refusal: actions.ActionRefused, status: int, keep: bool = False
    ) -> HttpResponse:
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

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 400
        return response


class ActionView(ComplaintFormView):
    """`/admin/complaints/<id>/<action>/`: one action, with what it needs."""

    @cached_property
    def desk_action(self) -> DeskAction:
        try:
            return BY_WORD[self.kwargs["action"]]
        except KeyError as error:
            raise Http404 from error

    def check_allowed(self) -> None:
        actions.check(self.complaint, self.desk_action.action, self.user)
        if hindrance := self.desk_action.hindrance(self.complaint):
            raise actions.NotNow(hindrance)

    def get_page_title(self) -> str | Promise:
        return self.desk_action.label

    def get_form_class(self) -> type[ActionForm]:
        return self.desk_action.form

    def get_template_names(self) -> list[str]:
        return [self.desk_action.template]

    def get_initial(self) -> dict[str, Any]:
        template = read_key(self.request.GET.get("template", ""))
        if not self.desk_action.offers_canned_answers or template is None:
            return super().get_initial()
        chosen = self.canned_answers().filter(pk=template).first()
        return {"answer": writing_help.filled(chosen.body, self.complaint) if chosen else ""}

    def canned_answers(self) -> QuerySet[CannedAnswer]:
        """The reply templates that this complaint's agency may start from, if the action
        takes one."""
        if not self.desk_action.offers_canned_answers:
            return CannedAnswer.objects.none()
        return CannedAnswer.objects.offered_to(self.complaint.agency_id)

    def get_context_data(self, **kwargs: object) -> dict[str, Any]:
        return super().get_context_data(
            canned_answers=self.canned_answers(),
            about=self.desk_action.about(self.complaint),
            others_step=self.others_step(),
            limit=complaint_page.limit_of_choice(self.complaint, self.desk_action.action),
            **{"seen": self.get_seen(), **kwargs},
        )

    def others_step(self) -> str:
        """Whose the step is, if the action ends it and it is a colleague's."""
        move = self.complaint.move_for(self.desk_action.action)
        return assigned.others_step(self.complaint, self.user) if move and move.moves else ""

    def get_seen(self) -> str:
        """The key of the row that is open while the user reads the form. As text: Django
        writes a number in the language's own way, with a separator of thousands."""
        record = self.complaint.open_record
        return str(record.pk) if record else ""

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        return self.render_to_response(self._as_posted(form), status=400)

    def form_valid(self, form: ActionForm) -> HttpResponse:
        asked = self.request.POST.get("asked", "")
        if self.desk_action.tells and asked != DO_IT:
            return self._ask_again(form) if asked != CHANGE_IT else self._show_again(form)
        turn = queue.turn_of(self.user, self.complaint)
        complaint = self.desk_action.perform(
            self.complaint.pk,
            self.user,
            seen=read_key(self.request.POST.get("seen", "")),
            **form.action_arguments(),
        )
        going_on = queue_walk.GoingOn.after(cast(StaffRequest, self.request), turn)
        visible = permissions.may_see(self.user, complaint)
        self._say_done(complaint, leads_back=bool(going_on) and visible)
        if going_on:
            return going_on.respond()
        if visible:
            return redirect(self.get_complaint_url())
        return redirect("pengaduan_admin:list")

    def _ask_again(self, form: ActionForm) -> HttpResponse:
        """What the reporter will be told, before it is done; the form's fields travel hidden."""
        ended = copy.copy(self.complaint)
        for name, value in form.action_arguments().items():
            setattr(ended, name, value)
        message = preview(ended, self.desk_action.tells) if self.desk_action.tells else ""
        context = self._as_posted(form) | {"preview": message, "do": DO_IT, "change": CHANGE_IT}
        return render(self.request, "pengaduan_app/desk/ask_again.html", context)

    def _show_again(self, form: ActionForm) -> HttpResponse:
        return self.render_to_response(self._as_posted(form))

    def _as_posted(self, form: BaseForm) -> dict[str, Any]:
        """The page's context for a form that comes back: still of the step it was opened in."""
        return self.get_context_data(form=form, seen=self.request.POST.get("seen", "")[:18])

    def _say_done(self, complaint: Complaint, leads_back: bool) -> None:
        """Where the action has brought the complaint; with the sheet to print where one is
        carried on, the way to undo it where there is one, and the way back to the complaint once
        the next one is open."""
        buttons = [complaint_facts.button_to(complaint)] if leads_back else []
        if self.desk_action.prints_sheet:
            sheet = complaint_facts.admin_url("print", complaint)
            buttons.append(messages.button(sheet, complaint_ends.sheet_label(complaint)))
        if permissions.may(self.user, Action.UNDO, complaint):
            undo = complaint_facts.admin_url("action", complaint, Action.UNDO.value)
            buttons.append(messages.button(undo, labels.ACTIONS[Action.UNDO]))
        messages.success(self.request, self.desk_action.done(complaint), buttons=buttons)
