"""The citizen's views: complain, receipt, follow up."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.utils.crypto import salted_hmac
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView

from . import actions, conf, limits, throttle, tracking
from .actions.intake import code_of
from .citizen_forms import SubmitForm, TrackForm
from .models import Attachment, Complaint

RECEIPT = "pengaduan_receipt"
TRACKED = "pengaduan_tracked"


@method_decorator(never_cache, name="dispatch")
@method_decorator(sensitive_post_parameters(), name="dispatch")
class SubmitView(FormView):
    """`/lapor/`: one form, one complaint."""

    form_class = SubmitForm
    template_name = "pengaduan_app/submit.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(privacy_url=conf.get("PENGADUAN_PRIVACY_URL"), **kwargs)

    def form_valid(self, form):
        if form.is_trapped:
            form.add_error(None, _("Please leave the field “website” empty and send again."))
            return self.form_invalid(form)
        if throttle.is_over(self.request, "submit", conf.get("PENGADUAN_SUBMISSIONS_PER_HOUR")):
            form.add_error(
                None,
                _("Too many complaints came from your connection. Please try again in an hour."),
            )
            return self.form_invalid(form, status=429)
        receipt = self._submit(form.cleaned_data)
        if receipt.is_new:
            throttle.count(self.request, "submit")
        self.request.session[RECEIPT] = str(receipt.complaint.submission_key)
        return redirect("pengaduan:receipt")

    def form_invalid(self, form, status=400):
        response = super().form_invalid(form)
        response.status_code = status
        return response

    def _submit(self, data) -> actions.Receipt:
        identity = actions.Identity(data["name"], data["phone"], data["email"], data["address"])
        return actions.submit(
            data["key"] or self._key_of(data),
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
        key = request.session.pop(RECEIPT, None)
        complaint = key and (
            Complaint.objects.filter(submission_key=key).select_related("agency").first()
        )
        if not complaint:
            return redirect("pengaduan:track")
        now_limits = limits.current_limits()
        context = self.get_context_data(
            complaint=complaint,
            code=code_of(UUID(key)),
            due_at=complaint.steps.open().values_list("due_at", flat=True).first(),
            upcoming=tracking.upcoming_steps(complaint, now_limits),
        )
        return self.render_to_response(context)


@method_decorator(never_cache, name="dispatch")
class TrackView(FormView):
    """`/lacak/`: state, timeline and answer, for who has the number and the code."""

    form_class = TrackForm
    template_name = "pengaduan_app/track.html"

    def get_initial(self):
        return {"ticket": self.request.GET.get("ticket", "")[:24]}

    def form_valid(self, form):
        limit = conf.get("PENGADUAN_TRACKING_TRIES_PER_HOUR")
        if throttle.is_over(self.request, "track", limit):
            form.add_error(None, _("Too many tries. Please wait an hour and try again."))
            return self._refuse(form, 429)
        complaint = actions.find(**form.cleaned_data)
        if complaint is None:
            throttle.count(self.request, "track")
            form.add_error(
                None, _("Number and code don't belong together. Check both and try again.")
            )
            return self._refuse(form, 400)
        self.request.session[TRACKED] = complaint.pk
        self.request.session.set_expiry(30 * 60)
        return render(
            self.request,
            "pengaduan_app/tracked.html",
            {"complaint": complaint, **tracking.reporter_view(complaint)},
        )

    def form_invalid(self, form):
        return self._refuse(form, 400)

    def _refuse(self, form, status):
        response = self.render_to_response(self.get_context_data(form=form))
        response.status_code = status
        return response


def attachment_response(attachment: Attachment) -> FileResponse:
    """The file, so that a browser neither guesses its type nor runs anything in it."""
    suffix = attachment.file.name.rpartition(".")[2]
    response = FileResponse(
        attachment.file.open("rb"),
        content_type=attachment.content_type,
        as_attachment=not attachment.is_image,
        filename=f"lampiran-{attachment.pk}.{suffix}",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


def tracked_attachment(request, pk):
    """An attachment for its own reporter, after number and code were right."""
    attachment = Attachment.objects.filter(pk=pk, complaint=request.session.get(TRACKED)).first()
    if attachment is None:
        raise Http404
    return attachment_response(attachment)
