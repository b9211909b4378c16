"""What every action shares: lock the row, check, save, write the ledger, log, tell."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from .. import permissions
from ..messaging import notifications
from ..models import Complaint, StepRecord, known_names
from ..permissions import Staff
from ..privacy import redaction
from ..procedure import Action, State, Step, Transition, labels, sop, transitions
from ..text import is_blank, kept
from . import ledger, next_holder, telling


class ActionRefused(Exception):
    """An action that the procedure doesn't allow; the message tells the person why."""


class NotYours(ActionRefused):
    """The procedure has this move, but another role makes it."""


class NotNow(ActionRefused):
    """The complaint has moved on, or what was given doesn't fit."""


@dataclass
class Move:
    """A transition under way: filled in by the action, carried out by `transition`."""

    complaint: Complaint
    rule: Transition
    # When it is made, by the ledger.
    at: datetime
    note: str = ""
    # Fields of the complaint that the action changed, besides the state.
    changed: set[str] = field(default_factory=set)
    # What the log keeps of it, besides the states.
    noted: dict[str, object] = field(default_factory=dict)
    # The same person makes the next move at once: nobody is told of the step in between.
    goes_on: bool = False
    # The closed row of the step that goes on, if an end is undone.
    resumed: StepRecord | None = None
    # The keys of the complaints that followed this one before it moved; None: its duplicates.
    followers: list[int] | None = None

    def set(self, **values: object) -> None:
        """Change fields of the complaint; they are saved with the new state."""
        for name, value in values.items():
            setattr(self.complaint, name, value)
        self.changed |= set(values)


def require_text(text: str, message: str) -> None:
    """Raises NotNow with the message where a reader would see nothing."""
    if is_blank(text):
        raise NotNow(message)


def require_no_personal_data(complaint: Complaint, text: str) -> None:
    """Raises NotNow where a colleague's text, which others will read, names the reporter."""
    if redaction.find_personal_data(text, complaint.reporter.name, known=known_names()):
        raise NotNow(_("Leave out names, telephone numbers and other data of the reporter."))


def check(complaint: Complaint, action: Action, user: Staff | None) -> Transition:
    """The move that `user` may make; None is the reporter. Raises NotNow or NotYours."""
    rule = complaint.move_for(action)
    if rule is None and action == Action.UNDO and complaint.state in transitions.UNDOABLE_STATES:
        raise NotNow(
            _(
                "This can't be undone any more: ten minutes are over, or its reporter has learnt "
                "of it. If it was a mistake, the reporter may send the complaint again."
            )
        )
    if rule is None:
        raise NotNow(
            _("“%(action)s” is not possible now: this complaint is in the state “%(state)s”.")
            % {"action": labels.ACTIONS[action], "state": labels.STATES[State(complaint.state)]}
        )
    if not permissions.makes(user, rule, complaint):
        whose = _(
            "“%(action)s” belongs to the role %(role)s of the agency that has this complaint."
        )
        if rule.called:
            whose = _("“%(action)s” belongs to the role %(role)s of an agency that was called.")
        raise NotYours(
            whose % {"action": labels.ACTIONS[action], "role": labels.role_label(rule.role)}
        )
    return rule


def check_workflow_step(complaint: Complaint, user: Staff) -> None:
    """Raises NotNow or NotYours for whoever does not hold the open step of the workflow."""
    moves = [action for action in sop.WORKFLOW_ACTIONS if complaint.move_for(action)]
    # A step is one role's, whichever of its buttons is meant.
    check(complaint, moves[0] if moves else Action.APPROVE, user)


@contextmanager
def transition(
    complaint_id: int,
    action: Action,
    user: Staff | None,
    *,
    step: Step | None = None,
    seen: int | None = None,
) -> Iterator[Move]:
    """One move of the procedure, whole or not at all.

    The complaint's row is locked first, so if two people press the same button, one acts
    and the other gets NotNow. `step` is the one that the button was shown for: in the next
    step the same button means something else. `seen` is the key of the ledger row that was
    open when the user opened the form. Inside the block the new state is already set on
    the complaint and saved: Wagtail's workflow follows the state, never the other way. An
    action that leaves the complaint in its state leaves the ledger alone too. `user` is
    None for the reporter, who has no account.
    """
    with transaction.atomic():
        complaint = Complaint.locked.get(pk=complaint_id)
        if step and complaint.open_step != step:
            raise NotNow(_("Somebody else has already done this step. Look at it again."))
        move = Move(complaint, check(complaint, action, user), _moment(complaint))
        check_seen(complaint, seen)
        complaint.state = move.rule.target.value
        complaint.is_public = transitions.stays_public(move.rule, complaint.is_public)
        if move.rule.moves:
            # It is closed when it is first answered, or ended otherwise: no correction and no
            # withdrawal changes how long that took.
            ended = complaint.is_answered or not complaint.is_open
            complaint.closed_at = (complaint.closed_at or move.at) if ended else None
        complaint.save(update_fields=["state", "closed_at", "is_public"])
        yield move
        if move.changed:
            complaint.save(update_fields=move.changed)
        _record(move, user)


def _moment(complaint: Complaint) -> datetime:
    """Now; or when the complaint last moved, if a clock was set back since then.

    No step ends before it began, and none begins before the one ahead of it ended.
    """
    record = complaint.open_record
    ended = None if record else complaint.steps.closed().first()
    last = record.started_at if record else ended and ended.finished_at
    now = timezone.now()
    return max(now, last) if last else now


def check_seen(complaint: Complaint, seen: int | None) -> None:
    """Raises NotNow if colleagues have moved the complaint on since the form was opened.

    `seen` is the key of the ledger row that was open then; None where no form was shown.
    """
    record = complaint.open_record if seen else None
    if record and record.pk != seen:
        raise NotNow(
            _(
                "Since you opened this form the complaint has come to another step, “%(step)s”. "
                "Nothing was done. Look at it again, and send the form once more if it still fits."
            )
            % {"step": labels.STEPS[Step(record.step)]}
        )


def _record(move: Move, user: Staff | None) -> None:
    complaint, rule, now = move.complaint, move.rule, move.at
    if rule.moves:
        if rule.source in sop.OPEN_STATES:
            closed = ledger.close(complaint, user, rule, now, kept(move.note))
            if rule.action in transitions.UNDOABLE_ACTIONS:
                telling.remember_end(complaint, closed, _followers_of(move))
        if move.resumed:
            # Its people were told when it began.
            ledger.resume_step(complaint, move.resumed, now)
        opened = (
            ledger.open_step(complaint, now) if complaint.is_open and not move.resumed else None
        )
        next_holder.settle(complaint, rule.action, opened or move.resumed, now)
        if not move.goes_on:
            notifications.after_move(complaint, opened, is_news=not rule.corrects)
    log(
        instance=complaint,
        action=f"pengaduan_app.{rule.action.value}",
        user=user,
        data={"from": rule.source.value, "to": rule.target.value, **move.noted},
    )


def _followers_of(move: Move) -> list[int]:
    """The complaints whose reporters learn of this move, too."""
    if move.followers is not None:
        return move.followers
    return list(move.complaint.duplicates.values_list("pk", flat=True))
