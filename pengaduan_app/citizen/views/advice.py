"""`/lapor/saran/`: advice on what is being written."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View

from ... import conf, throttle
from ...models import Category
from ...presentation import read_key
from .. import advice
from ..forms.submission import MAX_BODY

MAX_SUBJECT = 120
# Requests from one address in an hour, for each complaint that it may send.
LOOKS = 20


@method_decorator(never_cache, name="dispatch")
@method_decorator(sensitive_post_parameters(), name="dispatch")
class AdviceView(View):
    """`/lapor/saran/`: advice on what is being written, as a fragment of HTML; 204 if none."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        limit = conf.get("PENGADUAN_SUBMISSIONS_PER_HOUR") * LOOKS
        if throttle.is_over(request, "advice", limit):
            return HttpResponse(status=429)
        throttle.count(request, "advice")
        found = advice.advise(
            request.POST.get("subject", "")[:MAX_SUBJECT],
            request.POST.get("body", "")[:MAX_BODY],
            self._category(),
            read_key(request.POST.get("agency", "")),
        )
        if not found:
            return HttpResponse(status=204)
        context = {"answers": found.answers, "suggestion": found.suggestion}
        return render(request, "pengaduan_app/citizen/advice.html", context)

    def _category(self) -> Category | None:
        key = read_key(self.request.POST.get("category", ""))
        return Category.objects.filter(pk=key).first() if key else None
