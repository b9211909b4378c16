"""The public views: complain, receipt, follow up, and the watchdog's question."""

from __future__ import annotations

import time
from uuid import UUID

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.crypto import salted_hmac
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView

from . import actions, conf, followup, kept_files, sending, throttle, tracking
from .actions.intake import code_of
from .citizen_forms import SubmitForm, TrackForm
from .deadlines import limits
from .models import Attachment, Complaint
from .presentation import attachment_response
from .publication import facets

RECEIPT = "pengaduan_receipt"
TRACKED = "pengaduan_tracked"
# How long a receipt that nobody has opened, and a tracked complaint's files, stay open.
RECEIPT_SECONDS = 15 * 60
TRACKED_SECONDS = 30 * 60
# Forms with errors whose files are kept, from one address in an hour.
KEPT_FORMS = 30
SHOWN_ONCE = gettext_lazy(
    "Number and code are shown only once. If you have not written them down, go back to your "
    "form and send it once more: you get the same number and code again."
)
# Tries of any kind from one address in an hour, for each that may succeed: a form with
# attachments and a code both cost the server work, right or wrong.
TRIES = 10


@method_decorator(never_cache, name="dispatch")
@method_decorator(sensitive_post_parameters(), name="dispatch")
class SubmitView(FormView):
    """`/lapor/`: one form, one complaint; where there is advice, with a step in between."""

    form_class = SubmitForm
    template_name = "pengaduan_app/submit.html"
    initial = {"advise": "1"}

    def get_initial(self):
        """The agency that an address names is chosen already; a name that nobody knows is none."""
        known = {option.value: option.key for option in facets.options()["agency"]}
        return super().get_initial() | {"agency": known.get(self.request.GET.get("agency"))}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "notes": sending.notes_of(context["form"]),
            "privacy_url": conf.get("PENGADUAN_PRIVACY_URL"),
            "emergency_phone": conf.get("PENGADUAN_EMERGENCY_PHONE"),
        }

    def post(self, request, *args, **kwargs):
        # Before the form is read: judging attachments is the costly part.
        limit = conf.get("PENGADUAN_SUBMISSIONS_PER_HOUR")
        if throttle.is_over(request, "submit", limit) or throttle.is_over(
            request, "post", limit * TRIES
        ):
            return self._refuse(
                _("Too many complaints came from your connection. Please try again in an hour."),
                429,
            )
        throttle.count(request, "post")
        if request.POST.get("website"):
            return self._refuse(_("Please leave the field “website” empty and send again."), 400)
        return super().post(request, *args, **kwargs)

    def _refuse(self, message: str, status: int):
        """The form with what was typed and one sentence, without judging its fields."""
        form = SubmitForm(initial=self.request.POST.dict())
        context = self.get_context_data(form=form, refusal=message)
        return self.render_to_response(context, status=status)

    def form_valid(self, form):
        data = form.cleaned_data
        key = data["key"] or self._key_of(data)
        if "edit" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        if data["advise"] and (step := sending.step_before(form, key)):
            return render(self.request, "pengaduan_app/before_sending.html", step)
        receipt = self._submit(key, data)
        kept_files.discard(data["kept"], key)
        if receipt.is_new:
            throttle.count(self.request, "submit")
        self.request.session[RECEIPT] = {
            "key": str(receipt.complaint.submission_key),
            "at": time.time(),
        }
        return redirect("pengaduan:receipt")

    def form_invalid(self, form):
        if form.files and not throttle.is_over(self.request, "keep", KEPT_FORMS):
            throttle.count(self.request, "keep")
            sending.keep_files(form)
        response = super().form_invalid(form)
        response.status_code = 400
        return response

    def _submit(self, key: UUID, data) -> actions.Receipt:
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

    def _key_of(self, data) -> UUID:
        """A form that lost its key: the same words from the same address are the same form."""
        words = [str(data[name]) for name in ("name", "phone", "email", "subject", "body")]
        text = "\n".join([throttle.client_address(self.request), *words])
        digest = salted_hmac("pengaduan_app.form", text, algorithm="sha256").digest()
        return UUID(bytes=digest[:16], version=4)


@method_decorator(never_cache, name="dispatch")
class ReceiptView(TemplateView):
    """Shows number and code once; sending the same form again shows them again."""

    template_name = "pengaduan_app/receipt.html"

    def get(self, request, *args, **kwargs):
        receipt = request.session.pop(RECEIPT, None)
        if not receipt or time.time() - receipt["at"] > RECEIPT_SECONDS:
            messages.warning(request, SHOWN_ONCE)
            return redirect("pengaduan:track")
        key = receipt["key"]
        complaint = Complaint.objects.select_related("agency").get(submission_key=key)
        now_limits = limits.current_limits()
        context = self.get_context_data(
            complaint=complaint,
            code=code_of(UUID(key)),
            due_at=complaint.steps.open().values_list("due_at", flat=True).first(),
            upcoming=tracking.upcoming_steps(complaint, now_limits),
        )
        return self.render_to_response(context)


@method_decorator(never_cache, name="dispatch")
@method_decorator(sensitive_post_parameters(), name="dispatch")
class TrackView(FormView):
    """`/lacak/`: state, timeline and answer, for who has the number and the code."""

    form_class = TrackForm
    template_name = "pengaduan_app/track.html"

    def get_initial(self):
        return {"ticket": self.request.GET.get("ticket", "")[:24]}

    def get_context_data(self, **kwargs):
        return super().get_context_data(opened=tracked_complaint(self.request), **kwargs)

    def form_valid(self, form):
        limit = conf.get("PENGADUAN_TRACKING_TRIES_PER_HOUR")
        if throttle.is_over(self.request, "track", limit) or throttle.is_over(
            self.request, "look", limit * TRIES
        ):
            form.add_error(None, _("Too many tries. Please wait an hour and try again."))
            return self._refuse(form, 429)
        throttle.count(self.request, "look")
        data = form.cleaned_data
        complaint = actions.find(data["ticket"], data["code"])
        if complaint is None:
            throttle.count(self.request, "track")
            form.add_error(
                None, _("Number and code don't belong together. Check both and try again.")
            )
            return self._refuse(form, 400)
        # A new session id, which nobody can have planted, that ends with the window.
        self.request.session.cycle_key()
        self.request.session[TRACKED] = {"pk": complaint.pk, "at": time.time()}
        self.request.session.set_expiry(0)
        action = followup.ACTIONS.get(data.get("kept_word"))
        if action is None:
            return render_tracked(self.request, complaint)
        kept = followup.form_of(complaint, action, text=data["kept_text"])
        return render_tracked(self.request, complaint, action, kept)

    def form_invalid(self, form):
        return self._refuse(form, 400)

    def _refuse(self, form, status):
        response = self.render_to_response(self.get_context_data(form=form))
        response.status_code = status
        return response


def tracked_complaint(request) -> Complaint | None:
    """The complaint whose number and code were right in this session, for half an hour."""
    tracked = request.session.get(TRACKED)
    if not tracked or time.time() - tracked["at"] > TRACKED_SECONDS:
        return None
    complaints = Complaint.objects.select_related("agency", "duplicate_of__page", "page")
    return complaints.filter(pk=tracked["pk"]).first()


def render_tracked(request, complaint, action=None, form=None, status=200, **context):
    """The reporter's page; `form` is one of its forms that was sent and came back."""
    context |= tracking.reporter_view(complaint)
    context |= followup.context_of(complaint, action, form)
    context["complaint"] = complaint
    return render(request, "pengaduan_app/tracked.html", context, status=status)


def tracked_attachment(request, pk):
    """An attachment for its own reporter, after number and code were right."""
    attachment = get_object_or_404(Attachment, pk=pk, complaint=tracked_complaint(request))
    return attachment_response(attachment)
