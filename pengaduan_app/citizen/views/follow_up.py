"""The tracking page's forms, for the complaint that number and code have opened."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from ... import actions, conf, throttle
from ...models import Complaint
from .. import upload_store
from ..follow_up import BY_WORD, FollowUp, form_of
from ..forms.attaching import AttachingForm, attach_again
from ..forms.follow_up import FollowUpForm
from ..forms.tracking import TrackForm
from ..session import (
    TRIES,
    forget_typed,
    is_too_heavy,
    look_through,
    take_back,
    too_heavy,
    tracked_complaint,
)
from ..upload_handler import has_lost_files
from .lost_token import FilledInAgain, lost
from .tracking import render_tracked


@method_decorator(never_cache, name="dispatch")
@method_decorator(sensitive_post_parameters(), name="dispatch")
class FollowUpView(FilledInAgain):
    """`/lacak/<word>/`: one form of the tracking page."""

    http_method_names = ["post", "get"]
    follow_up: FollowUp
    complaint: Complaint

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if kwargs["word"] not in BY_WORD:
            raise Http404
        self.follow_up = BY_WORD[kwargs["word"]]

    def get(self, request: HttpRequest, word: str) -> HttpResponse:
        """A reload, or an entry of the browser's history: shows the tracking page."""
        return redirect("pengaduan:tracked")

    def post(self, request: HttpRequest, word: str) -> HttpResponse:
        if refused := self._refused():
            return refused
        form = self._form()
        is_valid = look_through(request, form)
        return self._carry_out(form) if is_valid else self._show_again(form, 400)

    def without_token(self) -> HttpResponse:
        if refused := self._refused():
            return refused
        form = self._form()
        look_through(self.request, form)
        return self._show_again(form, 403, refusal=lost(self.request))

    def _form(self) -> FollowUpForm:
        request = self.request
        return form_of(self.complaint, self.follow_up, request.POST, request.FILES)

    def _refused(self) -> HttpResponse | None:
        """The answer to what isn't looked at; None for what is."""
        request = self.request
        complaint = tracked_complaint(request)
        if complaint is None or complaint.ticket != request.POST.get("ticket"):
            return self._ask_again()
        self.complaint = complaint
        limit = conf.get("PENGADUAN_SUBMISSIONS_PER_HOUR")
        # Before the form is validated: checking attachments is expensive.
        if throttle.is_over(request, "follow", limit) or self._is_over():
            return self._refuse(
                _("Too much came from your connection. Please try again in an hour."), 429
            )
        throttle.count(request, "follow-post")
        if is_too_heavy(request):
            return self._refuse(too_heavy(), 429)
        if has_lost_files(request):
            return self._refuse(actions.not_stored(), 503)
        return None

    def _is_over(self) -> bool:
        limit = conf.get("PENGADUAN_SUBMISSIONS_PER_HOUR")
        return throttle.is_over(self.request, "follow-post", limit * TRIES)

    def _refuse(self, refusal: str, status: int) -> HttpResponse:
        """The form as it was typed, with one sentence and without validation."""
        form = form_of(self.complaint, self.follow_up, typed=self._typed())
        return self._show(form, status, refusal=refusal)

    def _carry_out(self, form: FollowUpForm) -> HttpResponse:
        try:
            self.follow_up.perform(self.complaint.pk, **form.action_arguments())
        except actions.ActionRefused as refusal:
            form.add_error(None, str(refusal))
            # Show what the database holds, without the changes that the action began.
            self.complaint.refresh_from_db()
            status = 503 if isinstance(refusal, actions.NotStored) else 409
            return self._show_again(form, status)
        throttle.count(self.request, "follow")
        forget_typed(self.request)
        upload_store.discard(form.cleaned_data.get("kept", ""), form.cleaned_data["key"])
        messages.success(self.request, str(self.follow_up.done))
        return redirect("pengaduan:tracked")

    def _typed(self) -> dict[str, str]:
        """What was typed, for a form that is shown again without validation."""
        posted = self.request.POST
        names = ("text", "score", "key", "kept")
        return {name: posted[name] for name in names if name in posted}

    def _show_again(self, form: FollowUpForm, status: int, **context: object) -> HttpResponse:
        """The form with its errors, and with those of its files that can be used."""
        if isinstance(form, AttachingForm):
            take_back(self.request, form)
        return self._show(form, status, **context)

    def _show(self, form: FollowUpForm, status: int, **context: object) -> HttpResponse:
        notes = form.notes() if isinstance(form, AttachingForm) else []
        if self.request.FILES and not form.is_bound:
            notes = [*notes, attach_again()]
        context |= {"notes": notes}
        return render_tracked(
            self.request, self.complaint, self.follow_up, form, status=status, **context
        )

    def _ask_again(self) -> HttpResponse:
        """Asks for number and code again, and carries along what was typed: the half hour is
        over, or another complaint was opened since."""
        request, posted = self.request, self.request.POST
        again = self.follow_up.form(posted, request.FILES, was_said=lambda _key, _text: False)
        notes = []
        if isinstance(again, AttachingForm):
            if request.FILES and not (self._is_over() or is_too_heavy(request)):
                throttle.count(request, "follow-post")
                look_through(request, again)
                take_back(request, again)
            notes = again.notes()
        form = TrackForm.carrying(posted.get("ticket", "")[:24], self.follow_up.word, again)
        context = {"form": form, "is_over": True, "notes": notes}
        return render(request, "pengaduan_app/citizen/track.html", context, status=403)
