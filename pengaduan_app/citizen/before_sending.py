"""What comes between writing a complaint and sending it: the same advice in two ways.

Without scripts it is a step of its own, shown only if there is advice and only to those who
filled in our own page (`advise`). With scripts it appears during typing, from `/lapor/saran/`.
The text is read and never stored. It comes by POST, because addresses end up in logs.
"""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import Complaint
from . import advice, upload_store
from .forms.submission import AgencyChoiceForm, SubmitForm

# The step's page sends every other field again as it was.
_NOT_CARRIED = {"attachments", "advise", "kept", "key"}


def notes_of(form: SubmitForm) -> list[str]:
    """What the form's page says about its files, which a browser doesn't send again."""
    notes = []
    if form.files:
        notes.append(
            _("Please attach your photos or documents again: the browser does not keep them.")
        )
    if number := upload_store.count(form["kept"].value() or "", _key_in(form)):
        notes.append(_stored_note(number))
    return notes


def store_files(form: SubmitForm) -> None:
    """Store the files of a form that comes back with errors elsewhere, if there is room.

    The form must have been validated. Without consent nothing is stored.
    """
    files, key = form.cleaned_data.get("attachments"), form.cleaned_data.get("key")
    if not (form.files and files and key and form.cleaned_data.get("consent")):
        return
    if ticket := upload_store.store(files, key):
        upload_store.discard(form.cleaned_data.get("kept", ""), key)
        form.show_ticket(ticket)
        form.files.clear()


def _stored_note(number: int) -> str:
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


def step_before(form: SubmitForm, key: UUID) -> dict[str, object] | None:
    """The step's context; None if there is no advice, no room to store the files, or the
    form was sent before."""
    data = form.cleaned_data
    chosen = data["agency"]
    found = advice.advise(
        data["subject"], data["body"], data["category"], chosen.pk if chosen else None
    )
    if not found or Complaint.objects.filter(submission_key=key).exists():
        return None
    files = data["attachments"]
    ticket = upload_store.store(files, key) if files else ""
    if ticket is None:
        return None
    choice = AgencyChoiceForm(chosen, found.suggestion)["agency"] if found.suggestion else None
    asked = _NOT_CARRIED | ({"agency"} if choice else set())
    carried = {name: form[name].value() for name in form.fields if name not in asked}
    return {
        # A box that isn't ticked sends nothing, as in any form.
        "carried": {name: value for name, value in carried.items() if value}
        | {
            "key": key,
            "kept": ticket,
        },
        "answers": found.answers,
        "choice": choice,
        "note": _stored_note(len(files)) if files else None,
    }
