"""The tracking page after number and code were right, and the forms on it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View

from ... import actions, conf, throttle
from ...procedure import Action
from .. import follow_up
from ..forms.tracking import TrackForm
from ..session import TRIES, tracked_complaint
from .tracking import render_tracked

# The action that a form's address names, and the function that carries it out.
CARRY_OUT = {
    Action.REPLY: actions.reply,
    Action.INFORM: actions.inform,
    Action.RATE: actions.rate,
    Action.REOPEN: actions.reopen,
    Action.RETRACT: actions.retract,
}


@method_decorator(never_cache, name="dispatch")
@method_decorator(sensitive_post_parameters(), name="dispatch")
class FollowUpView(View):
    """`/lacak/<word>/`: one form of the tracking page."""

    http_method_names = ["post", "get"]

    def dispatch(self, request, *args, **kwargs):
        if kwargs["word"] not in follow_up.ACTIONS:
            raise Http404
        self.action = follow_up.ACTIONS[kwargs["word"]]
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, word):
        """Reloaded, or opened from the browser's history: there is only the page to show."""
        return redirect("pengaduan:tracked")

    def post(self, request, word):
        self.complaint = tracked_complaint(request)
        if self.complaint is None or self.complaint.ticket != request.POST.get("ticket"):
            return self._ask_again()
        limit = conf.get("PENGADUAN_SUBMISSIONS_PER_HOUR")
        # Before the form is read: judging attachments is the costly part.
        if throttle.is_over(request, "follow", limit) or throttle.is_over(
            request, "follow-post", limit * TRIES
        ):
            form = self._form(**self._typed())
            refusal = _("Too much came from your connection. Please try again in an hour.")
            return self._show(form, 429, refusal=refusal)
        throttle.count(request, "follow-post")
        form = self._form(request.POST, request.FILES)
        return self._carry_out(form) if form.is_valid() else self._show(form, 400)

    def _carry_out(self, form):
        try:
            CARRY_OUT[self.action](self.complaint.pk, **form.action_arguments())
        except actions.ActionRefused as refusal:
            form.add_error(None, str(refusal))
            # What stands in the database now, and not what the action had begun to change.
            self.complaint.refresh_from_db()
            return self._show(form, 409)
        throttle.count(self.request, "follow")
        messages.success(self.request, follow_up.DONE[self.action])
        return redirect("pengaduan:tracked")

    def _form(self, data=None, files=None, **initial):
        return follow_up.form_of(self.complaint, self.action, data, files, **initial)

    def _typed(self) -> dict:
        """What was typed, for a form that is shown again without being judged."""
        posted = self.request.POST
        return {name: posted[name] for name in ("text", "score") if name in posted}

    def _show(self, form, status, **context):
        context |= {"had_files": bool(self.request.FILES)}
        return render_tracked(
            self.request, self.complaint, self.action, form, status=status, **context
        )

    def _ask_again(self):
        """The half hour is over, or another complaint was opened: number and code again,
        and the words that were typed go along."""
        posted = self.request.POST
        kept = {"kept_word": self.kwargs["word"], "kept_text": posted.get("text", "")}
        form = TrackForm(initial={"ticket": posted.get("ticket", "")[:24], **kept})
        return render(
            self.request,
            "pengaduan_app/citizen/track.html",
            {"form": form, "is_over": True},
            status=403,
        )
