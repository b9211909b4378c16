"""What comes between writing a complaint and sending it: the same advice on two ways.

Without scripts it is a step of its own, only where there is advice and only in answer to our
own page (`advise`). With scripts it appears while somebody writes, from `/lapor/saran/`. What
is typed there is read and forgotten: it comes by POST, because addresses land in logs.
"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View

from . import advice, conf, kept_files, throttle
from .citizen_forms import MAX_BODY, AgencyChoiceForm, SubmitForm
from .models import Category, Complaint

MAX_SUBJECT = 120
# Looks from one address in an hour, for each complaint that it may send.
LOOKS = 20
# All others go through the step as they came.
_NOT_CARRIED = {"attachments", "advise", "kept", "key"}


def notes_of(form: SubmitForm) -> list[str]:
    """What the form's page says of files: a browser doesn't keep them, and we may."""
    notes = []
    if form.files:
        notes.append(
            _("Please attach your photos or documents again: the browser does not keep them.")
        )
    if number := kept_files.count(form["kept"].value() or "", _key_in(form)):
        notes.append(_kept_note(number))
    return notes


def keep_files(form: SubmitForm) -> None:
    """A form that comes back with an error elsewhere hasn't lost its files, where there is
    room for them; called with a form that was judged. Without consent nothing is kept."""
    files, key = form.cleaned_data.get("attachments"), form.cleaned_data.get("key")
    if not (form.files and files and key and form.cleaned_data.get("consent")):
        return
    if ticket := kept_files.keep(files, key):
        kept_files.discard(form.cleaned_data.get("kept", ""), key)
        form.data = form.data.copy()
        form.data["kept"] = ticket
        form.files.clear()


def _kept_note(number: int) -> str:
    return ngettext(
        "Your file is kept here safely for two hours and goes along when you send.",
        "Your %(count)d files are kept here safely for two hours and go along when you send.",
        number,
    ) % {"count": number}


def _key_in(form: SubmitForm) -> UUID | None:
    try:
        return UUID(str(form["key"].value()))
    except ValueError:
        return None


def step_before(form: SubmitForm, key: UUID) -> dict | None:
    """The step's context; None when there is nothing to say, or no room to keep the files,
    or the form was sent already."""
    data = form.cleaned_data
    chosen = data["agency"]
    found = advice.advise(
        data["subject"], data["body"], data["category"], chosen.pk if chosen else None
    )
    if not found or Complaint.objects.filter(submission_key=key).exists():
        return None
    files, ticket = data["attachments"], ""
    if files and not (ticket := kept_files.keep(files, key)):
        return None
    choice = [AgencyChoiceForm(chosen, found.suggestion)["agency"]] if found.suggestion else []
    asked = _NOT_CARRIED | ({"agency"} if choice else set())
    carried = {name: form[name].value() for name in form.fields if name not in asked}
    return {
        # What wasn't ticked isn't sent, as in any form.
        "carried": {name: value for name, value in carried.items() if value}
        | {
            "key": key,
            "kept": ticket,
        },
        "answers": found.answers,
        "choice": choice,
        "notes": [_kept_note(len(files))] if files else [],
    }


@method_decorator(never_cache, name="dispatch")
@method_decorator(sensitive_post_parameters(), name="dispatch")
class AdviceView(View):
    """`/lapor/saran/`: advice on what is being written, as a piece of a page; else nothing."""

    http_method_names = ["post"]

    def post(self, request):
        limit = conf.get("PENGADUAN_SUBMISSIONS_PER_HOUR") * LOOKS
        if throttle.is_over(request, "advice", limit):
            return HttpResponse(status=429)
        throttle.count(request, "advice")
        found = advice.advise(
            request.POST.get("subject", "")[:MAX_SUBJECT],
            request.POST.get("body", "")[:MAX_BODY],
            self._category(),
            _number(request.POST.get("agency", "")),
        )
        if not found:
            return HttpResponse(status=204)
        context = {
            "answers": found.answers,
            "suggestions": [found.suggestion] if found.suggestion else [],
        }
        return render(request, "pengaduan_app/advice.html", context)

    def _category(self) -> Category | None:
        number = _number(self.request.POST.get("category", ""))
        return Category.objects.filter(pk=number).first() if number else None


def _number(text: str) -> int | None:
    """A primary key as a browser sends it; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
