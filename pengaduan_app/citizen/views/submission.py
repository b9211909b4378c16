"""`/lapor/`: the citizen's form and its receipt."""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import salted_hmac
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView

from ... import actions, conf, throttle
from ...deadlines import limits
from ...models import Complaint
from ...publication import facets
from .. import before_sending, session, tracked_page, upload_store
from ..forms.submission import SubmitForm
from ..session import RECEIPT, RECEIPT_SECONDS, TRIES
from ..upload_handler import has_lost_files

SHOWN_ONCE = gettext_lazy(
    "Number and code are shown only once. If you have not written them down, go back to your "
    "form and send it once more: you get the same number and code again."
)


@method_decorator(never_cache, name="dispatch")
@method_decorator(sensitive_post_parameters(), name="dispatch")
class SubmitView(FormView):
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
        return super().post(request, *args, **kwargs)

    def _refuse(self, message: str, status: int) -> HttpResponse:
        """The form as it was typed, with one sentence and without validation."""
        form = SubmitForm(initial=self.request.POST.dict())
        context = self.get_context_data(form=form, refusal=message)
        return self.render_to_response(context, status=status)

    def form_valid(self, form: SubmitForm) -> HttpResponse:
        data = form.cleaned_data
        key = data["key"] or self._key_of(data)
        if "edit" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        if data["advise"] and (step := before_sending.step_before(form, key)):
            return render(self.request, "pengaduan_app/citizen/before_sending.html", step)
        try:
            receipt = self._submit(key, data)
        except actions.NotStored as refusal:
            form.add_error("attachments", str(refusal))
            return self.render_to_response(self.get_context_data(form=form), status=503)
        upload_store.discard(data["kept"], key)
        if receipt.is_new:
            throttle.count(self.request, "submit")
        self.request.session[RECEIPT] = {
            "key": str(receipt.complaint.submission_key),
            "at": time.time(),
        }
        return redirect("pengaduan:receipt")

    def form_invalid(self, form: SubmitForm) -> HttpResponse:
        session.take_back(self.request, form)
        response = super().form_invalid(form)
        response.status_code = 400
        return response

    def _submit(self, key: UUID, data: dict[str, Any]) -> actions.Receipt:
        identity = actions.Identity(data["name"], data["phone"], data["email"], data["address"])
        return actions.submit(
            key,
            identity,
            kind=data["kind"],
            subject=data["subject"],
            body=data["body"],
            agency=data["agency"],
            category=data["category"],
            village=data["village"],
            place=data["place"],
            confidential=data["confidential"],
            files=data["attachments"],
        )

    def _key_of(self, data: dict[str, Any]) -> UUID:
        """A key for a form that lost its own: equal for equal text from the same address."""
        words = [str(data[name]) for name in ("name", "phone", "email", "subject", "body")]
        text = "\n".join([throttle.client_address(self.request), *words])
        digest = salted_hmac("pengaduan_app.form", text, algorithm="sha256").digest()
        return UUID(bytes=digest[:16], version=4)


@method_decorator(never_cache, name="dispatch")
class ReceiptView(TemplateView):
    """Shows number and code once; sending the same form again shows them again."""

    template_name = "pengaduan_app/citizen/receipt.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        receipt = request.session.pop(RECEIPT, None)
        if not receipt or time.time() - receipt["at"] > RECEIPT_SECONDS:
            messages.warning(request, SHOWN_ONCE)
            return redirect("pengaduan:track")
        key = receipt["key"]
        complaint = Complaint.objects.select_related("agency").get(submission_key=key)
        now_limits = limits.current_limits()
        context = self.get_context_data(
            complaint=complaint,
            code=actions.code_of(UUID(key)),
            due_at=complaint.steps.open().values_list("due_at", flat=True).first(),
            upcoming=tracked_page.upcoming_steps(complaint, now_limits),
        )
        return self.render_to_response(context)
