"""`/lapor/`: the citizen's form and its receipt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView

from ... import actions, conf, throttle
from ...deadlines import limits
from ...publication import facets
from .. import before_sending, receipts, session, tracked_page, upload_store
from ..forms.submission import SubmitForm
from ..sealing import browser_of
from ..session import TRIES
from ..upload_handler import has_lost_files
from .lost_token import FilledInAgain, lost

NOT_SHOWN = gettext_lazy(
    "For your safety, number and code are shown for 15 minutes after sending, and only in the "
    "browser that sent them. If you kept them, enter them here. If not, go back to your form in "
    "the same browser and send it once more: you get the same number and code again."
)


@method_decorator(never_cache, name="dispatch")
@method_decorator(sensitive_post_parameters(), name="dispatch")
class SubmitView(FilledInAgain, FormView):
    """`/lapor/`: one form, one complaint; a step in between if there is advice."""

    form_class = SubmitForm
    template_name = "pengaduan_app/citizen/submit.html"
    initial = {"advise": "1"}

    def get_initial(self) -> dict[str, Any]:
        """Preselects the agency named in the query string; an unknown name is ignored."""
        known = {option.value: option.key for option in facets.options()["agency"]}
        return super().get_initial() | {"agency": known.get(self.request.GET.get("agency", ""))}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "notes": context["form"].notes(),
            "privacy_url": conf.get("PENGADUAN_PRIVACY_URL"),
            "emergency_phone": conf.get("PENGADUAN_EMERGENCY_PHONE"),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if refused := self._refused():
            return refused
        form = self.get_form()
        is_valid = session.look_through(request, form)
        return self.form_valid(form) if is_valid else self.form_invalid(form)

    def without_token(self) -> HttpResponse:
        if refused := self._refused():
            return refused
        form = self.get_form()
        session.look_through(self.request, form)
        session.take_back(self.request, form)
        context = self.get_context_data(form=form, refusal=lost(self.request))
        return self.render_to_response(context, status=403)

    def _refused(self) -> HttpResponse | None:
        """The answer to what isn't looked at; None for what is."""
        request = self.request
        # Before the form is validated: checking attachments is expensive.
        limit = conf.get("PENGADUAN_SUBMISSIONS_PER_HOUR")
        if throttle.is_over(request, "submit", limit) or throttle.is_over(
            request, "post", limit * TRIES
        ):
            return self._refuse(
                _("Too many complaints came from your connection. Please try again in an hour."),
                429,
            )
        throttle.count(request, "post")
        if session.is_too_heavy(request):
            return self._refuse(session.too_heavy(), 429)
        if has_lost_files(request):
            return self._refuse(actions.not_stored(), 503)
        if request.POST.get("website"):
            return self._refuse(_("Please leave the field “website” empty and send again."), 400)
        return None

    def _refuse(self, message: str, status: int) -> HttpResponse:
        """The form as it was typed, with one sentence and without validation."""
        form = SubmitForm(initial=self.request.POST.dict())
        context = self.get_context_data(form=form, refusal=message)
        return self.render_to_response(context, status=status)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"browser": browser_of(self.request)}

    def form_valid(self, form: SubmitForm) -> HttpResponse:
        data = form.cleaned_data
        if "edit" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        if data["advise"] and (step := before_sending.step_before(form)):
            return render(self.request, "pengaduan_app/citizen/before_sending.html", step)
        try:
            receipt = actions.submit(**form.submission(), files=data["attachments"])
        except actions.NotStored as refusal:
            form.add_error("attachments", str(refusal))
            return self.render_to_response(self.get_context_data(form=form), status=503)
        upload_store.discard(data["kept"], data["key"])
        if receipt.is_new:
            throttle.count(self.request, "submit")
        receipts.keep(self.request, receipt)
        for sentence in _said_of(receipt):
            messages.warning(self.request, sentence)
        return redirect("pengaduan:receipt")

    def form_invalid(self, form: SubmitForm) -> HttpResponse:
        session.take_back(self.request, form)
        response = super().form_invalid(form)
        response.status_code = 400
        return response


def _said_of(receipt: actions.Receipt) -> Iterator[str]:
    """What its reporter would otherwise not notice: that there are two now, or no new files; and
    that nobody can write to whom nobody knows."""
    if receipt.follows_another:
        yield _(
            "You have sent this form before, with other words. Both complaints are kept, each with "
            "a number and code of its own. If this one takes the place of the other, withdraw the "
            "other where you track it."
        )
    if receipt.complaint.reporter.is_anonymous:
        yield _(
            "You sent it without your name, so that nobody can write to you: keep number and code, "
            "for they alone lead to the answer."
        )
    if receipt.has_other_files:
        yield _(
            "This complaint had arrived before, without the files that you sent now. You can add "
            "them where you track it."
        )


@method_decorator(never_cache, name="dispatch")
class ReceiptView(TemplateView):
    """Shows number and code, also after a reload, until they were sent a quarter of an hour ago;
    after that, sending the same form again shows them again."""

    template_name = "pengaduan_app/citizen/receipt.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (sent := receipts.open_receipts(request)):
            messages.warning(request, NOT_SHOWN)
            return redirect("pengaduan:track")
        newest, *others = sent
        context = self.get_context_data(
            receipt=newest,
            others=others,
            complaint=newest.complaint,
            code=newest.code,
            due_at=newest.complaint.steps.open().values_list("due_at", flat=True).first(),
            upcoming=tracked_page.upcoming_steps(newest.complaint, limits.current_limits()),
        )
        return self.render_to_response(context)
