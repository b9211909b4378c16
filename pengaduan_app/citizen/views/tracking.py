"""The tracking page: number and code, then the complaint's progress and its answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import rotate_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, View

from ... import actions, conf, throttle
from ...models import Attachment, Complaint, PictureFile
from ...presentation import attachment_response, picture_response
from .. import receipts, session
from ..follow_up import BY_WORD, FollowUp, context_of, form_of
from ..forms.attaching import AttachingForm
from ..forms.follow_up import FollowUpForm
from ..forms.tracking import TrackForm
from ..session import TRACKED, TRIES, tracked_complaint
from ..tracked_page import given_answer, reporter_view
from .lost_token import FilledInAgain, lost


@method_decorator(never_cache, name="dispatch")
@method_decorator(sensitive_post_parameters(), name="dispatch")
class TrackView(FilledInAgain, FormView):
    """`/lacak/`: state, timeline and answer, for anyone with the number and the code."""

    form_class = TrackForm
    template_name = "pengaduan_app/citizen/track.html"

    def get_initial(self) -> dict[str, Any]:
        return {"ticket": self.request.GET.get("ticket", "")[:24]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        opened = tracked_complaint(self.request)
        sent = receipts.open_receipts(self.request)
        return super().get_context_data(opened=opened, sent=sent, **kwargs)

    def form_valid(self, form: TrackForm) -> HttpResponse:
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
        word = data.get("kept_word")
        typed = {**form.carried(), "word": word} if word in BY_WORD else {}
        session.open_tracked(self.request, complaint, typed)
        # A reload or the browser's "back" sends number and code no second time.
        return redirect("pengaduan:tracked")

    def form_invalid(self, form: TrackForm) -> HttpResponse:
        return self._refuse(form, 400)

    def without_token(self) -> HttpResponse:
        form = TrackForm(initial=self.request.POST.dict())
        context = self.get_context_data(form=form, refusal=lost(self.request))
        return self.render_to_response(context, status=403)

    def _refuse(self, form: TrackForm, status: int) -> HttpResponse:
        response = self.render_to_response(self.get_context_data(form=form))
        response.status_code = status
        return response


def render_tracked(
    request: HttpRequest,
    complaint: Complaint,
    returned: FollowUp | None = None,
    form: FollowUpForm | None = None,
    status: int = 200,
    **context: object,
) -> HttpResponse:
    """The reporter's page; `form` belongs to `returned`, which was sent and not accepted."""
    complaint = actions.shown_to_reporter(complaint)
    context |= reporter_view(complaint)
    context |= context_of(complaint, returned, form)
    context["complaint"] = complaint
    return render(request, "pengaduan_app/citizen/tracked.html", context, status=status)


def tracked_attachment(request: HttpRequest, pk: int) -> FileResponse:
    """An attachment for its own reporter, after number and code were right."""
    attachment = get_object_or_404(Attachment, pk=pk, complaint=tracked_complaint(request))
    return attachment_response(attachment)


def tracked_picture(request: HttpRequest, key: int, width: int, suffix: str) -> HttpResponseBase:
    """A picture of the answer for its own reporter, also where the answer isn't public."""
    complaint = tracked_complaint(request)
    page = given_answer(complaint) if complaint else None
    if page is None:
        raise Http404
    files = PictureFile.objects.filter(picture__shown_in__page=page)
    found = get_object_or_404(files.at(key, width, suffix))
    return picture_response(request, found, is_public=False)


@method_decorator(never_cache, name="dispatch")
class TrackedView(View):
    """`/lacak/aduan/`: the complaint that this session has opened."""

    def get(self, request: HttpRequest) -> HttpResponse:
        complaint = tracked_complaint(request)
        if complaint is None:
            return redirect("pengaduan:track")
        typed = session.typed_before(request)
        if not typed:
            return render_tracked(request, complaint)
        follow_up = BY_WORD[typed.pop("word")]
        form = form_of(complaint, follow_up, typed=typed)
        notes = form.notes() if isinstance(form, AttachingForm) else []
        return render_tracked(request, complaint, follow_up, form, notes=notes)


@method_decorator(never_cache, name="dispatch")
class LeaveView(FilledInAgain):
    """`/lacak/keluar/`: on a shared device the next person finds nothing open."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        request.session.pop(TRACKED, None)
        receipts.forget(request)
        request.session.cycle_key()
        # The browser's "back" could send the form with number and code again: its token expires.
        rotate_token(request)
        messages.success(request, _("You have left your complaint. Nothing about it has changed."))
        return redirect("pengaduan:track")

    def without_token(self) -> HttpResponse:
        messages.error(self.request, _("You have not left yet. Please press the button once more."))
        if tracked_complaint(self.request) is None and receipts.open_receipts(self.request):
            return redirect("pengaduan:receipt")
        return redirect("pengaduan:tracked")
