"""What comes between writing a complaint and sending it: the same advice in two ways.

Without scripts it is a step of its own, shown only if there is advice and only to those who
filled in our own page (`advise`). With scripts it appears during typing, from `/lapor/saran/`.
The text is read and never stored. It comes by POST, because addresses end up in logs.
"""

from __future__ import annotations

from uuid import uuid4

from . import advice, upload_store
from .forms.attaching import stored_note
from .forms.submission import AgencyChoiceForm, SubmitForm

# The step's page sends every other field again as it was.
_NOT_CARRIED = {"attachments", "advise", "kept", "key"}


def step_before(form: SubmitForm) -> dict[str, object] | None:
    """The step's context; None if there is no advice, no room to store the files, or the
    form was sent before."""
    data = form.cleaned_data
    chosen = data["agency"]
    found = advice.advise(
        data["subject"], data["body"], data["category"], chosen.pk if chosen else None
    )
    if not found or form.was_sent():
        return None
    files, key = data["attachments"], data["key"] or uuid4()
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
        "note": stored_note([file.name for file in files]) if files else None,
    }
