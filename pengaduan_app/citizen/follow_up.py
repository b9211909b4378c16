"""What a reporter may do on the tracking page, and what has been said there."""

from __future__ import annotations

from dataclasses import dataclass

from django.forms import Form
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .. import actions
from ..models import Complaint
from ..procedure import Action, labels, sop
from .forms.follow_up import FORMS

# The last word of each form's address.
WORDS = {
    Action.REPLY: "jawab",
    Action.INFORM: "tambah",
    Action.RATE: "nilai",
    Action.REOPEN: "buka-lagi",
    Action.RETRACT: "tarik",
}
ACTIONS = {word: action for action, word in WORDS.items()}
LEADS = {
    Action.REPLY: _("The agency needs this to go on. Your answer is not published."),
    Action.INFORM: _("The people who handle your complaint are told. It is not published."),
    Action.RATE: _("The agency sees your rating. You may correct it until midnight."),
    Action.REOPEN: _(
        "If the answer does not help you, ask once to have your complaint handled again. "
        "An answer that is published stays on the website until the new one replaces it."
    ),
    Action.RETRACT: _("Your complaint ends without an answer. This can't be undone."),
}
DONE = {
    Action.REPLY: _("Thank you. Your answer has reached the agency."),
    Action.INFORM: _("Thank you. We have received what you added."),
    Action.RATE: _("Thank you for your rating."),
    Action.REOPEN: _("Your complaint has been reopened. The agency studies it anew."),
    Action.RETRACT: _("Your complaint has been withdrawn."),
}


@dataclass(frozen=True)
class Panel:
    """One form of the tracking page: folded up, unless it is what the reporter came for."""

    action: Action
    form: Form
    is_open: bool

    @property
    def word(self) -> str:
        return WORDS[self.action]

    @property
    def title(self):
        return labels.ACTIONS[self.action]

    @property
    def lead(self):
        return LEADS[self.action]

    @property
    def url(self) -> str:
        return reverse("pengaduan:follow_up", args=[self.word])


def form_of(complaint: Complaint, action: Action, data=None, files=None, **initial) -> Form:
    """The form of an action on this complaint, with ids of its own on the page."""
    return FORMS[action](
        data,
        files,
        initial={"ticket": complaint.ticket, **initial},
        auto_id=f"id_{action.value}_%s",
    )


def context_of(complaint: Complaint, action: Action | None = None, form: Form | None = None):
    """The thread and the forms that are the reporter's now. `form` is the one of `action`
    that was sent and came back: it is shown even where its moment has passed, so that
    what was written isn't lost."""
    shown = [*allowed(complaint), *([action] if action else [])]
    panels = [
        Panel(
            known,
            form if known == action and form else form_of(complaint, known),
            known in (action, Action.REPLY),
        )
        for known in sop.REPORTER_ACTIONS
        if known in shown
    ]
    thread = list(complaint.thread.prefetch_related("attachments"))
    return {
        "thread": thread,
        "has_talk": bool(thread or panels),
        "panels": panels,
        "questions": [panel for panel in panels if panel.action == Action.REPLY],
    }


def allowed(complaint: Complaint) -> list[Action]:
    """What the procedure lets the reporter do now, in the order of the page."""
    return [
        action
        for action in sop.REPORTER_ACTIONS
        if complaint.move_for(action) and _has_occasion(complaint, action)
    ]


def _has_occasion(complaint: Complaint, action: Action) -> bool:
    if action == Action.REPLY:
        return complaint.thread.open_question() is not None
    if action == Action.RATE:
        rating = actions.rating_of(complaint)
        return rating is None or rating.is_of_today
    return True
