"""What comes between writing a complaint and sending it: the same advice on two ways.

Without scripts it is a step of its own, only where there is advice and only in answer to our
own page (`advise`). With scripts it appears while somebody writes, from `/lapor/saran/`. What
is typed there is read and forgotten: it comes by POST, because addresses land in logs.
"""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import Complaint
from . import advice, upload_store
from .forms.submission import AgencyChoiceForm, SubmitForm

# All others go through the step as they came.
_NOT_CARRIED = {"attachments", "advise", "kept", "key"}


def notes_of(form: SubmitForm) -> list[str]:
    """What the form's page says of files: a browser doesn't keep them, and we may."""
    notes = []
    if form.files:
        notes.append(
            _("Please attach your photos or documents again: the browser does not keep them.")
        )
    if number := upload_store.count(form["kept"].value() or "", _key_in(form)):
        notes.append(_kept_note(number))
    return notes


def keep_files(form: SubmitForm) -> None:
    """A form that comes back with an error elsewhere hasn't lost its files, where there is
    room for them; called with a form that was judged. Without consent nothing is kept."""
    files, key = form.cleaned_data.get("attachments"), form.cleaned_data.get("key")
    if not (form.files and files and key and form.cleaned_data.get("consent")):
        return
    if ticket := upload_store.keep(files, key):
        upload_store.discard(form.cleaned_data.get("kept", ""), key)
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
    if files and not (ticket := upload_store.keep(files, key)):
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
