"""Turns a refused action into a sentence on the screen, wherever it was raised."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from .actions import ActionRefused


class ActionRefusedMiddleware:
    """For Wagtail's own views, which call a workflow task and know nothing of refusals."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception) -> HttpResponse | None:
        if not isinstance(exception, ActionRefused):
            return None
        messages.error(request, str(exception) or _("This is not possible now."))
        back = self._back(request)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # The answer that Wagtail's workflow dialog understands: close and go there.
            return JsonResponse({"step": "success", "redirect": back})
        return redirect(back)

    def _back(self, request) -> str:
        referrer = request.headers.get("referer", "")
        if url_has_allowed_host_and_scheme(referrer, {request.get_host()}, request.is_secure()):
            return referrer
        return reverse("wagtailadmin_home")
