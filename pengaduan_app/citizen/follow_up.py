"""What a reporter may do on the tracking page, and what has been said there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .. import actions
from ..models import Complaint
from ..procedure import Action, labels
from .forms import follow_up as forms

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class FollowUp:
    """One of the reporter's actions, with its form and the words around it."""

    action: Action
    word: str  # the last part of its form's address
    form: type[forms.FollowUpForm]
    perform: Callable[..., None]  # takes the complaint's key and what the form holds
    lead: StrOrPromise
    done: StrOrPromise

    @property
    def title(self) -> StrOrPromise:
        return labels.ACTIONS[self.action]

    @property
    def url(self) -> str:
        return reverse("pengaduan:follow_up", args=[self.word])


# In the order of the page, which is that of sop.REPORTER_ACTIONS.
FOLLOW_UPS = (
    FollowUp(
        Action.REPLY,
        "jawab",
        forms.ReplyForm,
        actions.reply,
        lead=_("The agency needs this to go on. Your answer is not published."),
        done=_("Thank you. Your answer has reached the agency."),
    ),
    FollowUp(
        Action.INFORM,
        "tambah",
        forms.InformForm,
        actions.inform,
        lead=_("The people who handle your complaint are told. It is not published."),
        done=_("Thank you. We have received what you added."),
    ),
    FollowUp(
        Action.RATE,
        "nilai",
        forms.RateForm,
        actions.rate,
        lead=_("The agency sees your rating. You may correct it until midnight."),
        done=_("Thank you for your rating."),
    ),
    FollowUp(
        Action.REOPEN,
        "buka-lagi",
        forms.ReopenForm,
        actions.reopen,
        lead=_(
            "If the answer does not help you, ask once to have your complaint handled again. "
            "An answer that is published stays on the website until the new one replaces it."
        ),
        done=_("Your complaint has been reopened. The agency reviews it again."),
    ),
    FollowUp(
        Action.RETRACT,
        "tarik",
        forms.RetractForm,
        actions.retract,
        lead=_(
            "What happens: nobody handles your complaint any further, it gets no answer, and "
            "nothing of it is published.\n\nWhat does not happen: it is not deleted. What you "
            "wrote and its steps stay with the office, not for the public, and you can go on "
            "reading them here.\n\nThis can't be undone; should the matter come up again, send a "
            "new complaint. If you only want to correct or add something, use “Add information”."
        ),
        done=_("Your complaint has been withdrawn."),
    ),
)
BY_WORD = {follow_up.word: follow_up for follow_up in FOLLOW_UPS}


@dataclass(frozen=True)
class Panel:
    """A form of the tracking page: folded up, unless it is what the reporter came for."""

    follow_up: FollowUp
    form: forms.FollowUpForm
    is_open: bool


def form_of(
    complaint: Complaint,
    follow_up: FollowUp,
    data: Mapping[str, Any] | None = None,
    files: Mapping[str, Any] | None = None,
    typed: Mapping[str, str] | None = None,
) -> forms.FollowUpForm:
    """The action's form for this complaint; its ids are unique on the page.

    `typed` fills an unbound form with what was typed before.
    """
    return follow_up.form(
        data,
        files,
        initial={"ticket": complaint.ticket, **(typed or {})},
        auto_id=f"id_{follow_up.action.value}_%s",
        was_said=partial(actions.was_said, complaint.pk, follow_up.action),
    )


def context_of(
    complaint: Complaint,
    returned: FollowUp | None = None,
    form: forms.FollowUpForm | None = None,
) -> dict[str, object]:
    """The thread, and the forms that the reporter may use now.

    `returned` was sent and not accepted, and `form` holds what was typed: it is shown even if
    the action is no longer possible, so that the text isn't lost.
    """
    shown = [*allowed(complaint), *([returned] if returned else [])]
    panels = [
        Panel(
            follow_up,
            form if follow_up == returned and form else form_of(complaint, follow_up),
            is_open=follow_up == returned or follow_up.action == Action.REPLY,
        )
        for follow_up in FOLLOW_UPS
        if follow_up in shown
    ]
    thread = list(complaint.thread.prefetch_related("attachments"))
    return {
        "thread": thread,
        "has_talk": bool(thread or panels),
        "panels": panels,
        "question": next((p for p in panels if p.follow_up.action == Action.REPLY), None),
    }


def allowed(complaint: Complaint) -> list[FollowUp]:
    """What the procedure lets the reporter do now, in the order of the page."""
    return [
        follow_up
        for follow_up in FOLLOW_UPS
        if complaint.move_for(follow_up.action) and _has_occasion(complaint, follow_up.action)
    ]


def _has_occasion(complaint: Complaint, action: Action) -> bool:
    if action == Action.REPLY:
        return complaint.thread.open_question() is not None
    if action == Action.RATE:
        rating = actions.rating_of(complaint)
        return rating is None or rating.is_of_today
    return True
