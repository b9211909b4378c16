"""The desk's actions: what each one asks, what carries it out, how its screens differ.

One row an action, in the order of `sop.DESK_ACTIONS`. The word in an action's URL is its
value.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ... import actions, permissions
from ...models import Complaint, OutboxMessage
from ...presentation import person_name
from ...procedure import Action, Role, labels
from ...workflow import ActionForm
from . import action_forms as forms
from . import assigning_forms
from .complaint_ends import ended, joined, undone
from .complaint_facts import Row, inspectorate, misrouting, reminding, state_now


def _nothing(complaint: Complaint) -> list[Row]:
    return []


def _possible(complaint: Complaint) -> str:
    return ""


def _no_official(complaint: Complaint) -> str:
    """Why it can't be forwarded: nobody is there who could study it."""
    if permissions.staff_of(Role.OFFICIAL, [complaint.agency_id]):
        return ""
    return _(
        "This agency has no official yet, so nothing can be forwarded. Ask the complaint "
        "administrator to add one."
    )


def _agency_reminded(complaint: Complaint) -> str:
    return _("%(agency)s is reminded of %(ticket)s.") % {
        "agency": complaint.agency,
        "ticket": complaint.ticket,
    }


def _sent_to_agency(complaint: Complaint) -> str:
    return _("%(ticket)s was sent to %(agency)s.") % {
        "ticket": complaint.ticket,
        "agency": complaint.agency,
    }


def _reporter_asked(complaint: Complaint) -> str:
    return _("The reporter of %(ticket)s is told of your question.") % {"ticket": complaint.ticket}


def _part_done(complaint: Complaint) -> str:
    return _("%(agency)s is told that your part of %(ticket)s is done.") % {
        "agency": complaint.agency,
        "ticket": complaint.ticket,
    }


def _classified(complaint: Complaint) -> str:
    return _("Kind, category and village of %(ticket)s are kept.") % {"ticket": complaint.ticket}


def _assigned(complaint: Complaint) -> str:
    person = person_name(complaint.holder)
    if not person:
        return _("%(ticket)s waits for all of its role again.") % {"ticket": complaint.ticket}
    return _("%(person)s has this step of %(ticket)s now.") % {
        "person": person,
        "ticket": complaint.ticket,
    }


@dataclass(frozen=True)
class DeskAction:
    """One action of the complaint's own screen."""

    action: Action
    form: type[ActionForm]
    # Takes the complaint's key, the user, `seen`, and the form's `action_arguments`.
    perform: Callable[..., Complaint]
    template: str = "pengaduan_app/desk/action.html"
    # Leads out of the procedure, or back to its beginning.
    is_exit: bool = False
    # What the user should know beforehand, besides the citizen's words.
    about: Callable[[Complaint], list[Row]] = _nothing
    # What the user reads afterwards.
    done: Callable[[Complaint], str] = state_now
    # The answer may start from a reply template.
    offers_canned_answers: bool = False
    # The complaint's page has a button that does it, with no form before.
    at_once: bool = False
    # The SOP has the user print the sheet as well (A2), or somebody carries it on.
    prints_sheet: bool = False
    # It ends the complaint, so the user is asked once more, with the message to the reporter.
    tells: OutboxMessage.Kind | None = None
    # Why it can't be done although the procedure has it; empty where it can.
    hindrance: Callable[[Complaint], str] = _possible
    # Its word and label, where it is more than the action of one name.
    name: str = ""
    title: str | Promise = ""

    @property
    def word(self) -> str:
        """What stands in its URL."""
        return self.name or self.action.value

    @property
    def label(self) -> str | Promise:
        return self.title or labels.ACTIONS[self.action]


DESK_ROWS = (
    DeskAction(
        Action.VERIFY,
        forms.VerifyForm,
        actions.verify,
        template="pengaduan_app/desk/verify.html",
    ),
    DeskAction(
        Action.FORWARD,
        forms.ForwardForm,
        actions.forward,
        prints_sheet=True,
        hindrance=_no_official,
    ),
    DeskAction(
        Action.ANSWER,
        forms.AnswerForm,
        actions.answer,
        template="pengaduan_app/desk/answer.html",
        offers_canned_answers=True,
    ),
    DeskAction(Action.MISROUTED, forms.MisroutedForm, actions.misrouted, is_exit=True),
    DeskAction(
        Action.TRANSFER,
        forms.TransferForm,
        actions.transfer,
        template="pengaduan_app/desk/transfer.html",
        about=misrouting,
        done=_sent_to_agency,
    ),
    DeskAction(
        Action.DECLINE,
        forms.DeclineForm,
        actions.decline,
        template="pengaduan_app/desk/ending.html",
        is_exit=True,
        done=ended,
        tells=OutboxMessage.Kind.DECLINED,
    ),
    DeskAction(
        Action.REFER,
        forms.ReferForm,
        actions.refer,
        template="pengaduan_app/desk/ending.html",
        is_exit=True,
        about=inspectorate,
        done=ended,
        prints_sheet=True,
        tells=OutboxMessage.Kind.REFERRED,
    ),
    DeskAction(
        Action.DUPLICATE,
        forms.DuplicateForm,
        actions.duplicate,
        template="pengaduan_app/desk/join.html",
        is_exit=True,
        done=joined,
    ),
    DeskAction(
        Action.REMIND,
        forms.RemindForm,
        actions.remind,
        template="pengaduan_app/desk/remind.html",
        about=reminding,
        done=_agency_reminded,
    ),
    DeskAction(Action.ASK, forms.AskForm, actions.ask, done=_reporter_asked),
    DeskAction(Action.CONTRIBUTE, forms.ContributeForm, actions.contribute, done=_part_done),
    DeskAction(Action.CORRECT, forms.CorrectForm, actions.correct, is_exit=True),
    DeskAction(Action.KEEP, forms.KeepForm, actions.keep, is_exit=True),
    DeskAction(
        Action.CLASSIFY,
        forms.ClassifyForm,
        actions.classify,
        template="pengaduan_app/desk/with_words.html",
        done=_classified,
    ),
    DeskAction(Action.TAKE, assigning_forms.BareForm, actions.take, done=_assigned),
    DeskAction(Action.GIVE, assigning_forms.GiveForm, actions.give, done=_assigned),
    DeskAction(Action.RELEASE, assigning_forms.BareForm, actions.release, done=_assigned),
    DeskAction(
        Action.UNDO,
        forms.UndoForm,
        actions.undo,
        template="pengaduan_app/desk/undo.html",
        at_once=True,
        done=undone,
    ),
)
# A1 and A2 in one go (SOP A1, A2), where somebody is there to forward it to.
VERIFY_AND_FORWARD = DeskAction(
    Action.VERIFY,
    forms.ForwardForm,
    actions.verify_and_forward,
    template="pengaduan_app/desk/with_words.html",
    prints_sheet=True,
    hindrance=_no_official,
    name="verify_and_forward",
    title=gettext_lazy("Verify and forward"),
)
# Buttons that do more than one action, by the one that they begin with.
FURTHER = {Action.VERIFY: VERIFY_AND_FORWARD}
BY_WORD = {row.word: row for row in (*DESK_ROWS, *FURTHER.values())}
