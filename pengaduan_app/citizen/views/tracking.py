"""The tracking page: number and code, then the complaint's way and its answer."""

from __future__ import annotations

import time

from django.contrib import messages
from django.middleware.csrf import rotate_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django.views.generic import FormView, View

from ... import actions, conf, throttle
from ...models import Attachment
from ...presentation import attachment_response
from .. import follow_up, tracked_page
from ..forms.tracking import TrackForm
from ..session import TRACKED, TRIES, tracked_complaint


@method_decorator(never_cache, name="dispatch")
@method_decorator(sensitive_post_parameters(), name="dispatch")
class TrackView(FormView):
    """`/lacak/`: state, timeline and answer, for who has the number and the code."""

    form_class = TrackForm
    template_name = "pengaduan_app/citizen/track.html"

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
        action = follow_up.ACTIONS.get(data.get("kept_word"))
        if action is None:
            return render_tracked(self.request, complaint)
        kept = follow_up.form_of(complaint, action, text=data["kept_text"])
        return render_tracked(self.request, complaint, action, kept)

    def form_invalid(self, form):
        return self._refuse(form, 400)

    def _refuse(self, form, status):
        response = self.render_to_response(self.get_context_data(form=form))
        response.status_code = status
        return response


def render_tracked(request, complaint, action=None, form=None, status=200, **context):
    """The reporter's page; `form` is one of its forms that was sent and came back."""
    context |= tracked_page.reporter_view(complaint)
    context |= follow_up.context_of(complaint, action, form)
    context["complaint"] = complaint
    return render(request, "pengaduan_app/citizen/tracked.html", context, status=status)


def tracked_attachment(request, pk):
    """An attachment for its own reporter, after number and code were right."""
    attachment = get_object_or_404(Attachment, pk=pk, complaint=tracked_complaint(request))
    return attachment_response(attachment)


@method_decorator(never_cache, name="dispatch")
class TrackedView(View):
    """`/lacak/aduan/`: the complaint that this session has opened."""

    def get(self, request):
        complaint = tracked_complaint(request)
        return render_tracked(request, complaint) if complaint else redirect("pengaduan:track")


@never_cache
@require_POST
def leave(request):
    """`/lacak/keluar/`: on a borrowed device the next person finds nothing open."""
    request.session.pop(TRACKED, None)
    request.session.cycle_key()
    # Number and code are still in the form that the browser's "back" would send again.
    rotate_token(request)
    messages.success(request, _("You have left your complaint. Nothing about it has changed."))
    return redirect("pengaduan:track")
